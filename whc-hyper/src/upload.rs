//! The body of a request: received when it is asked for, within limits, and out of the way of the next request afterwards.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;

use bytes::Bytes;
use http::header::EXPECT;
use http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use tokio::sync::Mutex;
use tokio::time::timeout;
use whc_core::async_trait;
use whc_core::web::{Problem, RequestBody};

use crate::ServerConfig;

/// How often it is looked whether what nobody asked for is here already: once for each buffer that the connection has read.
const LOOKS: usize = 16;

/// The body of a request. hyper sends `100 Continue` when it is first asked for.
pub(crate) struct Upload<'a> {
    incoming: Mutex<Incoming>,
    config: &'a ServerConfig,
    /// Whether the client sends it only if it is asked to.
    waits: bool,
    /// Whether it was asked for and could not be had.
    failed: AtomicBool,
}

impl<'a> Upload<'a> {
    pub(crate) fn new(headers: &HeaderMap, incoming: Incoming, config: &'a ServerConfig) -> Self {
        let waits = !incoming.is_end_stream() && headers.contains_key(EXPECT);
        Self { incoming: Mutex::new(incoming), config, waits, failed: AtomicBool::new(false) }
    }

    /// Makes way for the next request, and says whether it can follow. What is left of the body and here already is received for that;
    /// what is not is not waited for, since it is of no use and may be endless.
    pub(crate) async fn drain(self) -> bool {
        let mut incoming = self.incoming.into_inner();
        if incoming.is_end_stream() {
            return true;
        }
        if self.waits || self.failed.into_inner() {
            return false;
        }
        let mut looks = 0;
        poll_fn(|context| {
            loop {
                match Pin::new(&mut incoming).poll_frame(context) {
                    Poll::Ready(Some(Ok(_))) => {}
                    Poll::Ready(end) => return Poll::Ready(end.is_none()),
                    Poll::Pending if looks == LOOKS => return Poll::Ready(false),
                    Poll::Pending => {
                        looks += 1;
                        // The connection reads on between two looks.
                        context.waker().wake_by_ref();
                        return Poll::Pending;
                    }
                }
            }
        })
        .await
    }
}

#[async_trait]
impl RequestBody for Upload<'_> {
    async fn read(&self) -> Result<Bytes, Problem> {
        self.receive().await.inspect_err(|_| self.failed.store(true, Ordering::Relaxed))
    }
}

impl Upload<'_> {
    async fn receive(&self) -> Result<Bytes, Problem> {
        let mut incoming = self.incoming.lock().await;
        let (bytes, time) = (self.config.max_body_bytes, self.config.body_timeout);
        // A declared length counts before a byte is read.
        if incoming.size_hint().lower() > bytes as u64 {
            return Err(Problem::content_too_large(bytes));
        }
        match timeout(time, Limited::new(&mut *incoming, bytes).collect()).await {
            Ok(Ok(collected)) => Ok(collected.to_bytes()),
            Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Problem::content_too_large(bytes)),
            Ok(Err(error)) => {
                tracing::debug!(%error, "request body broken");
                let detail = "the request body is malformed or ended before it was whole";
                Err(Problem::new(StatusCode::BAD_REQUEST, detail))
            }
            Err(_) => {
                let detail = format!("the request body did not arrive within {time:?}");
                Err(Problem::new(StatusCode::REQUEST_TIMEOUT, detail))
            }
        }
    }
}
