//! Who may do what: callers, their scopes and cases, pages of other sites.

mod authorization;
mod credentials;
mod cross_origin;
mod cross_site;
mod log;
mod unread;

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use serde_json::Value;
use whc_core::auth::{Actor, Authenticator, Caller, Credentials, Scopes, Unauthenticated};
use whc_core::config::WebConfig;
use whc_core::web::{Body, handle};
use whc_core::{App, AppBuilder, CaseId, MemorySites, async_trait};

use crate::client::json;

/// Takes scopes for a token: `contacts:read;7` is a caller with this scope for case 7.
#[derive(Debug)]
pub(crate) struct ScopesAsToken;

#[async_trait]
impl Authenticator for ScopesAsToken {
    async fn authenticate(&self, credentials: &Credentials<'_>) -> Result<Option<Caller>, Unauthenticated> {
        let Some(value) = credentials.authorization().next() else { return Ok(None) };
        let Some(token) = value.to_str().unwrap().strip_prefix("Bearer ") else {
            return Err(Unauthenticated::invalid_request("Authorization must be Bearer and a token"));
        };
        let (scopes, case) = token.split_once(';').unwrap_or((token, ""));
        if token == "down" {
            return Err(Unauthenticated::unavailable("the keys cannot be fetched"));
        }
        let scopes: Scopes = scopes
            .replace(',', " ")
            .parse()
            .map_err(|_| Unauthenticated::invalid_token("the token has expired"))?;
        let actor = Actor { issuer: Some("https://login.example".to_owned()), subject: "42".to_owned() };
        let caller = Caller::new(actor, scopes);
        let case: Option<CaseId> = case.parse().ok();
        Ok(Some(match case {
            Some(case) => caller.narrowed_to([case]),
            None => caller,
        }))
    }
}

/// A service that checks such tokens, without a store of contacts.
pub(crate) fn service() -> AppBuilder {
    App::builder(Arc::new(MemorySites::embedded().unwrap())).authenticator(Arc::new(ScopesAsToken))
}

/// Settings with one origin for scripts.
fn with_origin(public_url: &str, origin: &str) -> WebConfig {
    let mut web = WebConfig::at(public_url).unwrap();
    web.cors_origins = vec![origin.parse().unwrap()];
    web
}

/// A request with those of the headers that are not empty.
async fn ask(app: &App, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(path).header("x-request-id", "test-1");
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    handle(app, request.body(Bytes::copy_from_slice(body.as_bytes())).unwrap()).await
}

/// Every method of every path that is described, with its description.
async fn routes(app: &App) -> Vec<(String, String, Value)> {
    let document = json(ask(app, "GET", "/api/openapi.json?f=3.1", &[], "").await);
    let paths = document["paths"].as_object().unwrap().clone();
    let operations = paths.into_iter().flat_map(|(path, item)| {
        let item = item.as_object().unwrap().clone();
        item.into_iter().map(move |(method, operation)| (method, path.clone(), operation))
    });
    operations.collect()
}

/// This path with something that there is for each of its parameters.
fn filled(path: &str) -> String {
    path.replace("{provider}", "test")
        .replace("{case_id}", "7")
        .replace("{id}", "1")
        .replace("{field}", "name_fr")
}
