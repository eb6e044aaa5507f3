//! Lambda's runtime API over HTTP: hands events to a function and receives its replies.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc, oneshot};

/// A runtime API, which ends with the test.
pub(crate) struct RuntimeApi {
    address: SocketAddr,
    shared: Arc<Shared>,
    events: mpsc::UnboundedSender<(String, Bytes)>,
    numbers: AtomicU64,
}

struct Shared {
    waiting: tokio::sync::Mutex<mpsc::UnboundedReceiver<(String, Bytes)>>,
    outcomes: Mutex<HashMap<String, oneshot::Sender<Outcome>>>,
    /// The function requested its first event: its init is over.
    ready: Notify,
    /// It registered an extension.
    registered: Notify,
}

/// The outcome of an event.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// Whether the function failed instead of answering.
    pub(crate) failed: bool,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl RuntimeApi {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (events, waiting) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            waiting: tokio::sync::Mutex::new(waiting),
            outcomes: Mutex::default(),
            ready: Notify::new(),
            registered: Notify::new(),
        });
        let served = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&served);
                let service = service_fn(move |request| answer(Arc::clone(&shared), request));
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        Self { address, shared, events, numbers: AtomicU64::new(0) }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until the function requests its first event.
    pub(crate) async fn ready(&self) {
        self.shared.ready.notified().await;
    }

    /// Waits until the function has registered an extension.
    pub(crate) async fn registered(&self) {
        self.shared.registered.notified().await;
    }

    /// Hands an event to the function and waits for the outcome.
    pub(crate) async fn invoke(&self, event: impl Into<Bytes>) -> Outcome {
        let id = format!("invocation-{}", self.numbers.fetch_add(1, Ordering::Relaxed));
        let (sender, outcome) = oneshot::channel();
        self.shared.outcomes.lock().unwrap().insert(id.clone(), sender);
        self.events.send((id, event.into())).unwrap();
        outcome.await.expect("an outcome")
    }
}

async fn answer(
    shared: Arc<Shared>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let segments: Vec<_> = path.trim_matches('/').split('/').collect();
    Ok(match segments.as_slice() {
        ["2018-06-01", "runtime", "invocation", "next"] => {
            shared.ready.notify_one();
            // Dropped by a function that goes away: then the event must stay for the next one, and no test has two.
            let (id, event) = shared.waiting.lock().await.recv().await.unwrap();
            Response::builder()
                .header("lambda-runtime-aws-request-id", &id)
                .header("lambda-runtime-deadline-ms", "4102444800000")
                .header("lambda-runtime-trace-id", format!("Root=1-{id}"))
                .header("lambda-runtime-invoked-function-arn", "arn:aws:lambda:eu-central-1:1:function:whc")
                .body(event.into())
                .unwrap()
        }
        ["2018-06-01", "runtime", "invocation", id, what @ ("response" | "error")] => {
            let body = body.collect().await.unwrap().to_bytes();
            let outcome = Outcome { failed: *what == "error", headers: parts.headers, body };
            let sender = shared.outcomes.lock().unwrap().remove(*id).expect("one outcome for each event");
            let _ = sender.send(outcome);
            status(StatusCode::ACCEPTED)
        }
        ["2020-01-01", "extension", "register"] => {
            shared.registered.notify_one();
            Response::builder()
                .header("lambda-extension-identifier", "extension-1")
                .body(Full::default())
                .unwrap()
        }
        ["2020-01-01", "extension", "event", "next"] => std::future::pending().await,
        _ => status(StatusCode::NOT_FOUND),
    })
}

fn status(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response
}
