//! Asks the service within this process, as a client would: so commands say what the API says.

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use whc_core::web::{self, Body};
use whc_core::{App, Error, MemorySites, PostgresSites, Result, SiteRepository};
use whc_hyper::Config;

/// The sites of the database, or those compiled in where none is configured.
pub(super) async fn app(config: &Config) -> Result<App> {
    let sites: Arc<dyn SiteRepository> = match &config.core.database {
        Some(database) => Arc::new(PostgresSites::new(database)?),
        None => Arc::new(MemorySites::embedded()?),
    };
    sites.ready().await?;
    Ok(App::new(sites))
}

/// The body of the answer.
///
/// # Errors
/// What the service says is wrong with the request.
pub(super) async fn get(app: &App, path: &str) -> Result<Body> {
    let unasked = |error| Error::invalid("this cannot be asked").with_source(error);
    let request = Request::get(path).header("host", "localhost").body(Bytes::new()).map_err(unasked)?;
    let response = web::handle(app, request).await;
    let (status, body) = (response.status(), response.into_body());
    if status.is_success() {
        return Ok(body);
    }
    let problem: serde_json::Value = serde_json::from_slice(&body.into_bytes()).unwrap_or_default();
    let violations =
        problem["errors"].as_array().into_iter().flatten().filter_map(|error| error["detail"].as_str());
    let all: Vec<_> = problem["detail"].as_str().into_iter().chain(violations).collect();
    let message = all.join("; ");
    Err(if status.is_server_error() { Error::unavailable(message) } else { Error::invalid(message) })
}
