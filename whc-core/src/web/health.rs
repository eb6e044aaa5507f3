//! Whether the service lives and is ready, for machines that ask every few seconds.

use http::{Response, StatusCode};
use serde::Serialize;

use super::response::{json, no_content, text, uncached};
use crate::app::App;
use crate::body::Body;
use crate::repository::Freshness;

/// `OK` as long as the process answers. Touches no store, so a dead database never kills the service.
pub(super) fn healthz() -> Response<Body> {
    uncached(text("OK"))
}

/// The same for those who read JSON.
pub(super) fn livez() -> Response<Body> {
    uncached(json(r#"{"status":"ok"}"#))
}

pub(super) fn status() -> Response<Body> {
    uncached(json(r#"{"info":"pong"}"#))
}

pub(super) fn heartbeat() -> Response<Body> {
    uncached(no_content())
}

#[derive(Serialize)]
struct Readiness {
    status: &'static str,
    checks: Checks,
}

#[derive(Serialize)]
struct Checks {
    sites: Check,
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

/// What the sites are answered from, where it is a snapshot of a store.
#[derive(Serialize)]
struct Snapshot {
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    source: &'static str,
    /// How long ago the store confirmed it.
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
    fn of(result: Result<(), String>) -> Self {
        Self { status: word(result.is_ok()), reason: result.err(), snapshot: None }
    }

    fn passed(&self) -> bool {
        self.reason.is_none()
    }
}

fn word(ok: bool) -> &'static str {
    if ok { "ok" } else { "unavailable" }
}

/// Whether requests should be sent here: the store answers and no shutdown is under way.
pub(super) async fn readyz(app: &App) -> Response<Body> {
    let sites = app.sites().ready().await.map_err(|error| {
        tracing::warn!(error = error.report(), "not ready");
        error.to_string()
    });
    let shutdown = if app.is_draining() { Err("the service is shutting down".to_owned()) } else { Ok(()) };
    let snapshot = app.sites().freshness().map(Snapshot::from);
    let checks = Checks { sites: Check { snapshot, ..Check::of(sites) }, shutdown: Check::of(shutdown) };
    let ready = checks.sites.passed() && checks.shutdown.passed();
    // Texts and one number: nothing in it can fail to become JSON.
    let body = serde_json::to_vec(&Readiness { status: word(ready), checks }).unwrap_or_default();
    let mut response = uncached(json(body));
    if !ready {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    }
    response
}
