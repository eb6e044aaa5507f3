//! `/api/openapi.json`: the description of this API, in two versions of OpenAPI from one source.

mod document;
mod downgrade;
pub(crate) mod headers;
pub(crate) mod operation;
pub(crate) mod parameters;
mod responses;
pub(crate) mod schema;
pub(crate) mod schemas;
mod security;
mod version;

use std::hash::{DefaultHasher, Hash, Hasher};

use http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, HeaderValue};
use http::{Response, StatusCode};
use serde_json::{Map, Value, json};

use self::operation::{Operation, answer, body as described_body};
use self::version::Variant;
use crate::body::Body;
use crate::cache::Validator;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::Encoding;
use crate::web::format::json::to_vec;
use crate::web::problem::Problem;
use crate::web::request::{Parameters, negotiation};

/// The parameters of this path.
const NAMES: [&str; 2] = ["lang", "f"];

/// The description of the `paths`, which takes a while to make, in the version of `OpenAPI` the client accepts. It does not depend on the data: it stays
/// valid when they change, and is available without them.
pub(crate) fn show(context: &Context<'_>, paths: fn() -> Map<String, Value>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    // Checked as everywhere else, although the description is in English only.
    negotiation::language(context.headers, &mut parameters);
    let variant = Variant::negotiate(context.headers, &mut parameters)?;
    let vary = vary(&parameters);
    parameters.finish()?;

    let document = document::document(&context.base.to_string(), &paths());
    let body = to_vec(&variant.version().convert(document))?;
    let validator = validator(variant, &body);
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(variant.content_type()));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static("en"));
    Ok(Answer::public(response, validator, &vary))
}

/// The description of these paths, as a document that names no server.
#[cfg(feature = "pages")]
pub(crate) fn document(paths: &Map<String, Value>) -> Value {
    document::document("", paths)
}

/// The request headers that decided the answer.
fn vary(parameters: &Parameters<'_>) -> Vec<&'static str> {
    let accept = parameters.text("f").is_none().then_some("accept");
    accept.into_iter().chain(Encoding::is_possible().then_some("accept-encoding")).collect()
}

/// A hash of the text, so that all processes with the same description agree.
fn validator(variant: Variant, body: &[u8]) -> Validator {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    Validator::new(&format!("openapi-{:016x}-{}", hasher.finish(), variant.name()), None)
}

/// Describes [`show`].
pub(crate) fn describe() -> Operation {
    let description = "This description, in OpenAPI 3.0 by default and 3.1 for those who ask for it.";
    let names = Variant::ALL.map(Variant::name);
    let f = "The version: `json` is 3.0 under the media type of JSON. Wins over `Accept`.";
    let content =
        Variant::ALL.map(|variant| (variant.content_type(), described_body("OpenApi", &example(variant))));
    Operation::new("getOpenApi", "service", "This description", description)
        .taking(&["lang", "Accept-Language", "If-None-Match"])
        .taking_own(parameters::formats(&names, f))
        .failing(&[StatusCode::NOT_MODIFIED, StatusCode::BAD_REQUEST, StatusCode::NOT_ACCEPTABLE])
        .failing(&[StatusCode::INTERNAL_SERVER_ERROR])
        .answering(StatusCode::OK, answer("An OpenAPI document.", &headers::CACHED, &content))
}

fn example(variant: Variant) -> Value {
    let info = json!({"title": "World Heritage sites", "version": env!("CARGO_PKG_VERSION")});
    variant.version().convert(json!({"openapi": "3.1.0", "info": info, "paths": {}}))
}
