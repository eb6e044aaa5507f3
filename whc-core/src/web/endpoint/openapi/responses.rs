//! Responses that several paths share, among them the problems.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::headers;
use super::schema::named;
use crate::web::problem::{KINDS, title};

/// A problem: its name among the components, its status, its cause, and an example.
type Answer = (&'static str, StatusCode, &'static str, &'static str);

const PROBLEMS: [Answer; 19] = [
    (
        "BadRequest",
        StatusCode::BAD_REQUEST,
        "Parameters are unknown, given twice or not well formed; `errors` has all of them.",
        "there is no parameter categroy; did you mean category?",
    ),
    (
        "Unauthorized",
        StatusCode::UNAUTHORIZED,
        "There is no token, or it does not count; `WWW-Authenticate` says why (RFC 6750).",
        "the token has expired",
    ),
    (
        "Forbidden",
        StatusCode::FORBIDDEN,
        "The token lacks a scope or is for other cases, or a page of another site sent the request.",
        "this needs the scope contacts:read, which you do not have",
    ),
    (
        "NotFound",
        StatusCode::NOT_FOUND,
        "There is nothing like that.",
        "there is no site 1811; /api/whcsites lists all there are",
    ),
    (
        "MethodNotAllowed",
        StatusCode::METHOD_NOT_ALLOWED,
        "The list is read only here; `Allow` has the methods there are.",
        "PATCH is not possible here, since this list is read only; GET, HEAD and OPTIONS are",
    ),
    (
        "NotAcceptable",
        StatusCode::NOT_ACCEPTABLE,
        "`Accept` rules out every format there is, and there is no `f`.",
        "the Accept header rules out all there is: application/json, application/geo+json",
    ),
    (
        "RequestTimeout",
        StatusCode::REQUEST_TIMEOUT,
        "The request did not arrive in time.",
        "the request body did not arrive within 30 seconds",
    ),
    (
        "Conflict",
        StatusCode::CONFLICT,
        "There is one already, or it does not fit what is there, or a request with the same `Idempotency-Key` is under way.",
        "case 7 has a contact already, at /api/cases/7/contact; PUT or PATCH it with its ETag",
    ),
    (
        "PreconditionFailed",
        StatusCode::PRECONDITION_FAILED,
        "It is in another state than the request demands; `ETag` names it, where there is one.",
        "the contact has changed since; GET it, see what is new, and send the change with its ETag",
    ),
    (
        "ContentTooLarge",
        StatusCode::PAYLOAD_TOO_LARGE,
        "The request has a body that is too large.",
        "a request body has at most 1048576 bytes",
    ),
    (
        "UriTooLong",
        StatusCode::URI_TOO_LONG,
        "Path and query are over 8 KiB.",
        "path and query have 9000 bytes; at most 8192 are accepted",
    ),
    (
        "UnsupportedMediaType",
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "The body is of another type than those in `Accept`.",
        "the body is a JSON object, sent as application/json",
    ),
    (
        "UnprocessableContent",
        StatusCode::UNPROCESSABLE_ENTITY,
        "The body is not what it should be; `errors` has all of it. Or its `Idempotency-Key` came with another one.",
        "first_nam is no field of a contact; first_name is",
    ),
    (
        "PreconditionRequired",
        StatusCode::PRECONDITION_REQUIRED,
        "The request would change what another client may have changed since.",
        "send If-Match with the ETag of the contact, which GET answers, so that nobody's change is lost",
    ),
    (
        "RangeNotSatisfiable",
        StatusCode::RANGE_NOT_SATISFIABLE,
        "The part asked for is not in the file; `Content-Range` has its length.",
        "the Range header asks for none of the 1400000 bytes there are",
    ),
    (
        "HeaderTooLarge",
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        "The header of the request is over 16 KiB.",
        "the header has 17000 bytes; at most 16384 are accepted",
    ),
    (
        "TooManyRequests",
        StatusCode::TOO_MANY_REQUESTS,
        "The client has used up what it may ask for in so much time; `Retry-After` says when to go on.",
        "these requests are limited to 60/minute for each client; the next one is answered in 1 s",
    ),
    (
        "InternalError",
        StatusCode::INTERNAL_SERVER_ERROR,
        "A fault of the service.",
        "this is a fault of the service; it is in the log under this request_id",
    ),
    (
        "Unavailable",
        StatusCode::SERVICE_UNAVAILABLE,
        "The store of the sites does not answer.",
        "the store of the sites does not answer just now; try again in a few seconds",
    ),
];

/// The problems that any path may answer with.
pub(super) const ANYWHERE: [StatusCode; 5] = [
    StatusCode::REQUEST_TIMEOUT,
    StatusCode::PAYLOAD_TOO_LARGE,
    StatusCode::URI_TOO_LONG,
    StatusCode::TOO_MANY_REQUESTS,
    StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
];

/// All answers with a name.
pub(super) fn components() -> Map<String, Value> {
    let problems = PROBLEMS.iter().map(|problem| (problem.0.to_owned(), described(problem)));
    problems.chain([("NotModified".to_owned(), not_modified())]).collect()
}

/// The answer with this status, where it has a name.
pub(super) fn reference(status: StatusCode) -> Option<Value> {
    let problem = PROBLEMS.iter().find(|problem| problem.1 == status).map(|problem| problem.0);
    let name = problem.or((status == StatusCode::NOT_MODIFIED).then_some("NotModified"))?;
    Some(json!({"$ref": format!("#/components/responses/{name}")}))
}

fn described(&(_, status, description, detail): &Answer) -> Value {
    let headers: &[&str] = match status {
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => &["cache-control", "retry-after"],
        StatusCode::RANGE_NOT_SATISFIABLE => &["cache-control", "content-range"],
        StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            &["cache-control", "www-authenticate"]
        }
        StatusCode::METHOD_NOT_ALLOWED => &["cache-control", "allow"],
        StatusCode::CONFLICT => &["cache-control", "link"],
        StatusCode::PRECONDITION_FAILED => &["cache-control", "etag"],
        StatusCode::UNSUPPORTED_MEDIA_TYPE => &["cache-control", "accept", "accept-encoding"],
        _ => &headers::UNCACHED,
    };
    json!({
        "description": description,
        "headers": headers::references(headers),
        "content": {"application/problem+json": {"schema": named("Problem"), "example": example(status, detail)}}
    })
}

fn example(status: StatusCode, detail: &str) -> Value {
    let mut problem = json!({
        "type": format!("/problems/{}", code(status)),
        "title": title(status),
        "status": status.as_u16(),
        "code": code(status),
        "detail": detail,
        "request_id": "6f1c9d2a3b4e5f60-1a"
    });
    if status == StatusCode::UNPROCESSABLE_ENTITY {
        problem["errors"] = json!([{"pointer": "/first_nam", "detail": detail}]);
    }
    if status == StatusCode::BAD_REQUEST {
        problem["errors"] = json!([{"parameter": "categroy", "detail": detail, "nearest": "category"}]);
    }
    problem
}

/// The code of the problem that the description shows for a status.
fn code(status: StatusCode) -> &'static str {
    let last = KINDS.iter().rfind(|(known, _)| *known == status);
    let first = KINDS.iter().find(|(known, _)| *known == status);
    let with_errors = [StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY].contains(&status);
    let kind = if with_errors { last } else { first };
    kind.map_or("error", |(_, code)| *code)
}

fn not_modified() -> Value {
    let headers = headers::references(&["etag", "last-modified", "cache-control", "vary", "x-cache"]);
    json!({"description": "The client has it: the answer still has the tag in `If-None-Match`.", "headers": headers})
}
