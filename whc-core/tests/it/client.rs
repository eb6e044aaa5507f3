//! Requests to the service over the embedded list.

use std::sync::Arc;

use bytes::Bytes;
use http::request::Builder;
use http::{Request, Response};
use serde_json::Value;
use whc_core::web::{Body, handle};
use whc_core::{App, MemorySites};

/// A new service, with an empty cache.
pub(crate) fn app() -> App {
    App::new(Arc::new(MemorySites::embedded().unwrap()))
}

/// With a fixed request id, for golden files.
pub(crate) async fn send(app: &App, request: Builder) -> Response<Body> {
    handle(app, request.header("x-request-id", "test-1").body(Bytes::new()).unwrap()).await
}

pub(crate) async fn get(path: &str) -> Response<Body> {
    send(&app(), Request::get(path)).await
}

pub(crate) fn json(response: Response<Body>) -> Value {
    serde_json::from_slice(&response.into_body().into_bytes()).unwrap()
}
