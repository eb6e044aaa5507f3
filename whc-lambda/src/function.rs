//! One invocation: from an event to a request, to `handle`, to a reply.

use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response};
use lambda_runtime::{Diagnostic, LambdaEvent};
use serde_json::value::RawValue;
use tokio::time::sleep;
use tracing::Instrument as _;
use whc_core::web::{self, Body, Problem};
use whc_core::{App, ReplicatedSites};

use crate::config::{Config, InvokeMode};
use crate::event::{Event, EventSource};
use crate::reply::{self, Answer};
use crate::{mount, request};

/// How long a check of the database may delay a request that the snapshot in memory can answer.
const PATIENCE: Duration = Duration::from_millis(200);
/// The same while there is no snapshot to answer from.
const FIRST_PATIENCE: Duration = Duration::from_secs(5);

/// The size limits of a load balancer (1 MB) and of other event sources (6 MB), less headers, and with base64, which takes
/// four bytes for three.
const BALANCER_BYTES: usize = (1_000_000 - HEADER_BYTES) / 4 * 3;
const BUFFERED_BYTES: usize = (6_000_000 - HEADER_BYTES) / 4 * 3;
const HEADER_BYTES: usize = 16 << 10;

/// The service as a function. Made once for each sandbox.
#[derive(Debug)]
pub struct Function {
    app: App,
    replica: Option<Arc<ReplicatedSites>>,
    config: Config,
}

impl Function {
    /// The function that answers with `app`. `replica` is the store of `app` where that must be kept up to date.
    #[must_use]
    pub fn new(app: App, replica: Option<Arc<ReplicatedSites>>, config: Config) -> Self {
        Self { app, replica, config }
    }

    /// Answers an event. An invalid request is answered with a problem.
    ///
    /// # Errors
    /// The event is not from API Gateway, a load balancer or a Function URL.
    pub async fn invoke(&self, event: LambdaEvent<Box<RawValue>>) -> Result<Answer, Diagnostic> {
        let (id, trace) = (&*event.context.request_id, event.context.xray_trace_id.as_deref());
        let parsed = serde_json::from_str::<Event<'_>>(event.payload.get()).ok();
        let Some((source, parsed)) = parsed.and_then(|event| Some((event.source()?, event))) else {
            tracing::error!(aws_request_id = id, trace, "an event that is no request");
            let error_message = "not a request of API Gateway, a load balancer or a Function URL".to_owned();
            return Err(Diagnostic { error_type: "NoRequest".to_owned(), error_message });
        };
        let span = tracing::info_span!("invocation", aws_request_id = id, trace);
        let response = self.respond(source, &parsed, id).instrument(span).await;
        Ok(if self.streams(source) { reply::stream(response) } else { reply::whole(source, response) })
    }

    async fn respond(&self, source: EventSource, event: &Event<'_>, id: &str) -> Response<Body> {
        let (app, request) = match self.read(source, event, id) {
            Ok(read) => read,
            Err(problem) => return web::refuse_unread(&self.app, Some(id), problem),
        };
        let body = match request::body(event, self.config.lambda.max_body_bytes) {
            Ok(body) => body,
            Err(problem) => return web::refuse(&app, &request, problem),
        };
        self.refresh().await;
        web::handle_with(&app, request, &body).await
    }

    /// The request of an event without its body, and the service as its client sees it.
    fn read(&self, source: EventSource, event: &Event<'_>, id: &str) -> Result<(App, Request<()>), Problem> {
        let (prefix, path) =
            mount::split(source, event, self.config.core.web.public_path()).map_err(request::unreadable)?;
        let mut request = request::request(source, event, &path, id)?.map(drop);
        if let Some(client) = request::client(source, event, request.headers()) {
            request.extensions_mut().insert(client);
        }
        let app = match source {
            _ if self.streams(source) => self.app.clone(),
            EventSource::Balancer { .. } => self.app.with_size_limit(BALANCER_BYTES),
            EventSource::Rest | EventSource::Http => self.app.with_size_limit(BUFFERED_BYTES),
        };
        // `PUBLIC_URL` of the operator takes precedence over the prefix of the event.
        let told = prefix.is_empty() || !self.config.core.web.public_url.is_empty();
        let prefixed = if told { None } else { app.mounted_at(&web::encoded_path(&prefix)).ok() };
        Ok((prefixed.unwrap_or(app), request))
    }

    fn streams(&self, source: EventSource) -> bool {
        self.config.lambda.invoke_mode == InvokeMode::ResponseStream
            && !matches!(source, EventSource::Balancer { .. })
    }

    /// Checks the database: a sandbox is frozen between invocations, so this is the only time to do it.
    async fn refresh(&self) {
        let Some(replica) = &self.replica else { return };
        let patience = if self.app.sites().snapshot().is_some() { PATIENCE } else { FIRST_PATIENCE };
        replica.refresh_if_older_than(self.config.core.snapshot.poll, sleep(patience)).await;
    }
}
