//! Liveness and readiness, for load balancers and orchestrators.

use http::{Response, StatusCode};
use serde::Serialize;
use serde_json::json;

use super::openapi::operation::{Operation, answer, body, plain};
use super::openapi::{headers, schemas};
use super::typed;
use crate::app::App;
use crate::body::Body;
use crate::repository::Freshness;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::json::to_vec;
use crate::web::problem::Problem;

/// `OK` as long as the process answers; with `detailed=true` also how it is. Touches no store, so a dead database never
/// kills the service.
pub(crate) fn healthz(context: &Context<'_>) -> Result<Answer, Problem> {
    let query = context.request.uri().query().unwrap_or_default();
    // Probes send any parameters; only this one is read.
    if !query.split('&').any(|pair| pair == "detailed=true") {
        return Ok(Answer::no_store(typed("text/plain; charset=utf-8", "OK")));
    }
    let (sites, shutdown) = (Check::from_memory(context.app), Check::new(shutdown(context.app)));
    let valkey = Check::of_shared(context.app);
    let document = Readiness { status: word(true), checks: Checks { sites, valkey, shutdown } };
    Ok(Answer::no_store(typed("application/json", to_vec(&document)?)))
}

/// The same as JSON.
pub(crate) fn livez() -> Answer {
    Answer::no_store(typed("application/json", r#"{"status":"ok"}"#))
}

/// The same, as `pong`.
pub(crate) fn status() -> Answer {
    Answer::no_store(typed("application/json", r#"{"info":"pong"}"#))
}

/// The same without a body.
pub(crate) fn heartbeat() -> Answer {
    Answer::no_store(Response::new(Body::default())).with_status(StatusCode::NO_CONTENT)
}

#[derive(Serialize)]
struct Readiness {
    status: &'static str,
    checks: Checks,
}

#[derive(Serialize)]
struct Checks {
    sites: Check,
    /// Never keeps anybody away: what is shared can be done without.
    #[serde(skip_serializing_if = "Option::is_none")]
    valkey: Option<Check>,
    shutdown: Check,
}

#[derive(Serialize)]
struct Check {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snapshot: Option<Snapshot>,
}

/// The snapshot that is served, where the sites are a replica.
#[derive(Serialize)]
struct Snapshot {
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    source: &'static str,
    /// How long ago the store confirmed its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    checked_seconds_ago: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
}

impl From<Freshness> for Snapshot {
    fn from(freshness: Freshness) -> Self {
        Self {
            version: freshness.version.map(|version| version.to_string()),
            source: if freshness.embedded { "embedded" } else { "store" },
            checked_seconds_ago: freshness.age.map(|age| (age.as_secs_f64() * 1000.0).round() / 1000.0),
            failure: freshness.failure,
        }
    }
}

impl Check {
    fn new(result: Result<(), String>) -> Self {
        Self { status: word(result.is_ok()), reason: result.err(), snapshot: None }
    }

    /// The state of the sites, without a request to their store.
    fn from_memory(app: &App) -> Self {
        let snapshot = app.sites().freshness().map(Snapshot::from);
        let status = match (app.sites().snapshot(), &snapshot) {
            (Some(_), _) => word(true),
            (None, Some(_)) => word(false),
            // Unknown without a request to the store.
            (None, None) => "unknown",
        };
        Self { status, reason: None, snapshot }
    }

    /// What processes share, where they do.
    fn of_shared(app: &App) -> Option<Self> {
        let health = app.shared_cache()?.health();
        Some(Self { status: word(health.answers), reason: health.failure, snapshot: None })
    }

    fn passed(&self) -> bool {
        self.reason.is_none()
    }
}

fn shutdown(app: &App) -> Result<(), String> {
    if app.is_draining() { Err("the service is shutting down".to_owned()) } else { Ok(()) }
}

fn word(ok: bool) -> &'static str {
    if ok { "ok" } else { "unavailable" }
}

/// Whether requests should be sent here: the store answers and no shutdown is in progress.
pub(crate) async fn readyz(context: &Context<'_>) -> Answer {
    let app = context.app;
    let sites = app.sites().ready().await.map_err(|error| {
        tracing::warn!(error = error.report(), "not ready");
        error.to_string()
    });
    let snapshot = app.sites().freshness().map(Snapshot::from);
    let shutdown = Check::new(shutdown(app));
    let valkey = Check::of_shared(app);
    let checks = Checks { sites: Check { snapshot, ..Check::new(sites) }, valkey, shutdown };
    let ready = checks.sites.passed() && checks.shutdown.passed();
    // Serialization cannot fail: there are texts and numbers only.
    let body = serde_json::to_vec(&Readiness { status: word(ready), checks }).unwrap_or_default();
    let answer = Answer::no_store(typed("application/json", body));
    if ready { answer } else { answer.with_status(StatusCode::SERVICE_UNAVAILABLE) }
}

/// Describes [`healthz`].
pub(crate) fn describe_healthz() -> Operation {
    let detail = body("Readiness", &schemas::examples::readiness());
    let content = [("text/plain", plain("The word.", "OK")), ("application/json", detail)];
    let description =
        "`OK`; touches no store. With `detailed=true` also what `/readyz` tells, as far as it is known.";
    Operation::probe("getHealthz", "Whether the process answers, in a word", description)
        .answering(StatusCode::OK, answer("It does.", &headers::UNCACHED, &content))
}

/// Describes [`livez`].
pub(crate) fn describe_livez() -> Operation {
    let content = [("application/json", body("Liveness", &json!({"status": "ok"})))];
    Operation::probe("getLivez", "Whether the process answers", "Touches no store: restart on this one.")
        .answering(StatusCode::OK, answer("It does.", &headers::UNCACHED, &content))
}

/// Describes [`readyz`].
pub(crate) fn describe_readyz() -> Operation {
    let ready = [("application/json", body("Readiness", &schemas::examples::readiness()))];
    // A range of media types: generators that know one kind of failure of an operation take the problems for it.
    let unready = [("application/*", body("Readiness", &schemas::examples::unreadiness()))];
    Operation::probe(
        "getReadyz",
        "Whether to send requests here",
        "Checks the store and says why not: route by this one.",
    )
    .answering(StatusCode::OK, answer("Ready.", &headers::UNCACHED, &ready))
    .answering(StatusCode::SERVICE_UNAVAILABLE, answer("Not ready.", &headers::UNCACHED, &unready))
}

/// Describes [`status`].
pub(crate) fn describe_status() -> Operation {
    describe_pong("getStatus")
}

/// Describes [`status`] under its other address.
pub(crate) fn describe_ping() -> Operation {
    describe_pong("getPing")
}

fn describe_pong(id: &str) -> Operation {
    let content = [("application/json", body("Pong", &json!({"info": "pong"})))];
    Operation::probe(id, "A ping", "Touches no store.")
        .answering(StatusCode::OK, answer("The pong.", &headers::UNCACHED, &content))
}

/// Describes [`heartbeat`].
pub(crate) fn describe_heartbeat() -> Operation {
    let nothing = json!({"description": "It does.", "headers": headers::references(&headers::UNCACHED)});
    Operation::probe("getHeartbeat", "Whether the process answers, without a word", "Touches no store.")
        .answering(StatusCode::NO_CONTENT, nothing)
}
