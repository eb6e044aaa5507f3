//! One invocation: an event comes in, the service is asked, an answer goes out.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::uri::Uri;
use http::{Request, Response};
use http_body_util::BodyDataStream;
use lambda_runtime::{Context, Diagnostic, FunctionResponse, LambdaEvent, StreamResponse};
use serde_json::value::RawValue;
use tokio::time::sleep;
use tracing::Instrument as _;
use whc_core::config::InvokeMode;
use whc_core::web::{self, Body, Problem};
use whc_core::{App, Config, SnapshotSites};

use crate::event::{Door, Event};
use crate::reply::{self, Reply};
use crate::{mount, request};

/// How long asking the database may hold up a request that the picture in memory could answer.
const PATIENCE: Duration = Duration::from_millis(200);
/// The same while there is no picture to answer from.
const FIRST_PATIENCE: Duration = Duration::from_secs(5);

/// What fits through a load balancer (1 MB) and through the other doors (6 MB), with room for the headers, where a
/// body takes four bytes for three.
const BALANCER_BYTES: usize = (1_000_000 - HEADER_BYTES) / 4 * 3;
const BUFFERED_BYTES: usize = (6_000_000 - HEADER_BYTES) / 4 * 3;
const HEADER_BYTES: usize = 16 << 10;

/// An answer to an event: whole or, where the door is set up for it, in pieces.
pub type Answer = FunctionResponse<Reply, BodyDataStream<Body>>;

/// The service as a function. Made once for each sandbox.
#[derive(Debug)]
pub struct Function {
    app: App,
    balanced: App,
    buffered: App,
    streams: bool,
    public_path: String,
    snapshot: Option<Arc<SnapshotSites>>,
    age: Duration,
    max_body_bytes: usize,
}

impl Function {
    /// The function that answers with `app`. `snapshot` is what the sites come from, where that must be kept fresh.
    #[must_use]
    pub fn new(app: App, snapshot: Option<Arc<SnapshotSites>>, config: &Config) -> Self {
        let public_path = config.web.public_url.parse::<Uri>().ok();
        let public_path = public_path.map(|url| url.path().trim_end_matches('/').to_owned());
        Self {
            balanced: app.at_most(BALANCER_BYTES),
            buffered: app.at_most(BUFFERED_BYTES),
            app,
            streams: config.lambda.invoke_mode == InvokeMode::ResponseStream,
            public_path: public_path.unwrap_or_default(),
            snapshot,
            age: config.snapshot.poll,
            max_body_bytes: config.server.max_body_bytes,
        }
    }

    /// Answers an event. Whatever is wrong with a request becomes an answer that says so.
    ///
    /// # Errors
    /// The event is not from API Gateway, a load balancer or a Function URL.
    pub async fn invoke(&self, event: LambdaEvent<Box<RawValue>>) -> Result<Answer, Diagnostic> {
        let (event, context) = event.into_parts();
        let Some(door) = Door::of(&event) else {
            tracing::error!(aws_request_id = context.request_id, "an event that is no request");
            return Err("not a request of API Gateway, a load balancer or a Function URL".into());
        };
        let trace = context.xray_trace_id.as_deref();
        let span = tracing::info_span!("invocation", aws_request_id = context.request_id, trace);
        let response = self.respond(door, &event, &context).instrument(span).await;
        if !self.streams(door) {
            return Ok(FunctionResponse::BufferedResponse(Reply::new(door, response)));
        }
        let (parts, body) = response.into_parts();
        let metadata_prelude = reply::prelude(parts.status, parts.headers);
        let stream = BodyDataStream::new(body);
        Ok(FunctionResponse::StreamingResponse(StreamResponse { metadata_prelude, stream }))
    }

    async fn respond(&self, door: Door, event: &RawValue, context: &Context) -> Response<Body> {
        match self.read(door, event, context) {
            Ok((app, request)) => {
                self.refresh().await;
                web::unless_it_panics(async { web::handle(&app, request).await }).await
            }
            Err(problem) => {
                let response = problem.into_response();
                tracing::info!(status = response.status().as_u16(), "refused");
                response
            }
        }
    }

    /// The request of an event, and the service as its client sees it.
    fn read(
        &self,
        door: Door,
        event: &RawValue,
        context: &Context,
    ) -> Result<(App, Request<Bytes>), Problem> {
        let mut event: Event = serde_json::from_str(event.get())
            .map_err(|error| request::refused(format!("the event cannot be read: {error}")))?;
        let (prefix, path) = mount::split(door, &event, &self.public_path);
        let (prefix, path) = (request::encoded(prefix).into_owned(), path.to_owned());
        let mut request = request::request(door, &mut event, &path, self.max_body_bytes)?;
        request::name(&mut request, &context.request_id);
        Ok((self.app(door, &prefix), request))
    }

    fn app(&self, door: Door, prefix: &str) -> App {
        let app = match door {
            _ if self.streams(door) => &self.app,
            Door::Balancer { .. } => &self.balanced,
            Door::Rest | Door::Http => &self.buffered,
        };
        // Where the operator said how clients come in, links say that and nothing else.
        if prefix.is_empty() || !app.web().public_url.is_empty() {
            return app.clone();
        }
        app.under(prefix).unwrap_or_else(|_| app.clone())
    }

    fn streams(&self, door: Door) -> bool {
        self.streams && !matches!(door, Door::Balancer { .. })
    }

    /// A sandbox sleeps between invocations, so this is the time to look whether the data has moved.
    async fn refresh(&self) {
        let Some(snapshot) = &self.snapshot else { return };
        let patience = if self.app.sites().picture().is_some() { PATIENCE } else { FIRST_PATIENCE };
        snapshot.refresh_if_older_than(self.age, sleep(patience)).await;
    }
}
