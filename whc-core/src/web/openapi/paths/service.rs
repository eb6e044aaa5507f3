//! What the service says of itself.

use http::StatusCode;
use serde_json::{Value, json};

use crate::web::openapi::edition::Edition;
use crate::web::openapi::operation::{Operation, answer, body, plain};
use crate::web::openapi::{headers, parameters, schemas};

pub(super) fn openapi() -> Operation {
    let description = "This description, in OpenAPI 3.0 by default and 3.1 for those who ask for it.";
    let names = Edition::ALL.map(Edition::name);
    let f = "The version: `json` is 3.0 under the media type of JSON. Wins over `Accept`.";
    let content = Edition::ALL.map(|edition| (edition.content_type(), body("OpenApi", &example(edition))));
    Operation::new("getOpenApi", "service", "This description", description)
        .taking(&["lang", "Accept-Language", "If-None-Match"])
        .taking_own(parameters::formats(&names, f))
        .failing(&[StatusCode::NOT_MODIFIED, StatusCode::BAD_REQUEST, StatusCode::NOT_ACCEPTABLE])
        .failing(&[StatusCode::INTERNAL_SERVER_ERROR])
        .answering(StatusCode::OK, answer("An OpenAPI document.", &headers::KEPT, &content))
}

fn example(edition: Edition) -> Value {
    let info = json!({"title": "World Heritage sites", "version": env!("CARGO_PKG_VERSION")});
    edition.version().of(json!({"openapi": "3.1.0", "info": info, "paths": {}}))
}

pub(super) fn healthz() -> Operation {
    let content = [("text/plain", plain("The word.", "OK"))];
    probe("getHealthz", "Whether the process answers, in a word", "`OK`; touches no store.")
        .answering(StatusCode::OK, answer("It does.", &headers::UNCACHED, &content))
}

pub(super) fn livez() -> Operation {
    let content = [("application/json", body("Liveness", &json!({"status": "ok"})))];
    probe("getLivez", "Whether the process answers", "Touches no store: restart on this one.")
        .answering(StatusCode::OK, answer("It does.", &headers::UNCACHED, &content))
}

pub(super) fn readyz() -> Operation {
    let ready = [("application/json", body("Readiness", &schemas::examples::readiness()))];
    let unready = [("application/json", body("Readiness", &schemas::examples::unreadiness()))];
    probe(
        "getReadyz",
        "Whether to send requests here",
        "Checks the store and says why not: route by this one.",
    )
    .answering(StatusCode::OK, answer("Ready.", &headers::UNCACHED, &ready))
    .answering(StatusCode::SERVICE_UNAVAILABLE, answer("Not ready.", &headers::UNCACHED, &unready))
}

pub(super) fn status() -> Operation {
    let content = [("application/json", body("Pong", &json!({"info": "pong"})))];
    probe("getStatus", "A ping", "Touches no store.")
        .answering(StatusCode::OK, answer("The pong.", &headers::UNCACHED, &content))
}

pub(super) fn heartbeat() -> Operation {
    let nothing = json!({"description": "It does.", "headers": headers::references(&headers::UNCACHED)});
    probe("getHeartbeat", "Whether the process answers, without a word", "Touches no store.")
        .answering(StatusCode::NO_CONTENT, nothing)
}

pub(super) fn metrics() -> Operation {
    let figures = "# HELP whc_requests_total Requests answered, by class of status.\n\
                   # TYPE whc_requests_total counter\nwhc_requests_total{class=\"2xx\"} 42\n";
    let content = [("text/plain", plain("Figures in the text format of Prometheus.", figures))];
    probe("getMetrics", "Figures for a monitor", "Counts and ages of this process; touches no store.")
        .answering(StatusCode::OK, answer("The figures.", &headers::UNCACHED, &content))
}

fn probe(id: &str, summary: &str, description: &str) -> Operation {
    Operation::new(id, "service", summary, description)
}
