//! Answer from an AWS Lambda function of your own on `lambda_http`, beside its other pages.
//!
//! For a function that is there already. One for these sites alone is `whc-lambda`, which reads events itself: a
//! malformed `Host` header makes `lambda_http` panic, and REST APIs and load balancers lose the order of parameters.

use std::sync::Arc;

use bytes::Bytes;
use http::Uri;
use http_body_util::Full;
use lambda_http::request::RequestContext;
use lambda_http::{Error, Request, RequestExt as _, Response, run, service_fn};
use whc_core::{App, MemorySites, web};

/// A load balancer takes 1 MB from a function, base64 included, which makes a body a third longer. Longer lists are cut
/// into pages.
const MOST_BYTES: usize = 700_000;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let app = App::new(Arc::new(MemorySites::embedded()?)).with_size_limit(MOST_BYTES);
    run(service_fn(|request| answer(&app, request))).await
}

async fn answer(app: &App, request: Request) -> Result<Response<Full<Bytes>>, Error> {
    let (stage, uri) = split(&request)?;
    if uri.path() == "/mine" {
        return Ok(Response::new(Full::from("my own page")));
    }
    let (parts, body) = request.into_parts();
    let mut request = http::Request::new(Bytes::copy_from_slice(&body));
    (*request.method_mut(), *request.uri_mut(), *request.headers_mut()) = (parts.method, uri, parts.headers);
    // Links have to lead through the gateway again, so they begin with the stage.
    let response = web::handle(&app.mounted_at(&stage)?, request).await;
    Ok(response.map(|body| Full::new(body.into_bytes())))
}

/// What clients see before our paths, `/prod` or nothing, and the rest of the URL.
fn split(request: &Request) -> Result<(String, Uri), Error> {
    let stage = match request.request_context_ref() {
        Some(RequestContext::ApiGatewayV1(context)) => context.stage.as_deref(),
        Some(RequestContext::ApiGatewayV2(context)) => context.stage.as_deref(),
        _ => None, // a load balancer has no stages
    };
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    // `lambda_http` puts the stage before the path, unless it is `$default` or AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH says
    // that clients do not see it, as behind a domain of your own.
    let prefix = stage.map(|stage| format!("/{stage}")).unwrap_or_default();
    match path.strip_prefix(&prefix) {
        Some(rest) if rest.starts_with('/') => Ok((prefix, rest.parse()?)),
        Some(rest) if rest.is_empty() || rest.starts_with('?') => Ok((prefix, format!("/{rest}").parse()?)),
        _ => Ok((String::new(), path.parse()?)),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use lambda_http::http::StatusCode;
    use lambda_http::{Body, IntoResponse as _, request};
    use whc_core::{App, MemorySites};

    const HTTP_API: &str = include_str!("../whc-lambda/tests/events/http-api.json");
    const REST_API: &str = include_str!("../whc-lambda/tests/events/rest-api.json");
    const LOAD_BALANCER: &str = include_str!("../whc-lambda/tests/events/load-balancer.json");

    /// The body as Lambda gets it. It would be base64 if it were taken for binary.
    async fn text(request: lambda_http::Request) -> String {
        let app = App::new(Arc::new(MemorySites::embedded().unwrap()));
        let response = super::answer(&app, request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        match response.into_response().await.into_body() {
            Body::Text(text) => text,
            other => panic!("{other:?} is no text"),
        }
    }

    #[tokio::test]
    async fn links_lead_through_the_gateway_again() {
        for (event, link) in [
            (HTTP_API, "/prod/api/whcsites?limit=2&offset=0&country=it%2Cfr"),
            (REST_API, "/prod/api/whcsites?limit=2&offset=0&country=it%2Cfr"),
            (LOAD_BALANCER, "/api/whcsites?limit=2&offset=0&q=caf%C3%A9"),
        ] {
            let page = text(request::from_str(event).unwrap()).await;
            assert!(page.contains(&format!(r#""self":"{link}""#)), "no {link} in {page}");
        }
    }

    #[tokio::test]
    async fn a_stage_that_clients_do_not_see_is_in_no_link() {
        let mut request = request::from_str(REST_API).unwrap();
        *request.uri_mut() = "/api/whcsites?limit=2".parse().unwrap();
        let page = text(request).await;
        assert!(page.contains(r#""next":"/api/whcsites?limit=2&offset=2""#), "{page}");
    }

    #[tokio::test]
    async fn other_pages_live_beside_it() {
        for path in ["/mine", "/prod/mine?at=all"] {
            let mut request = request::from_str(HTTP_API).unwrap();
            *request.uri_mut() = path.parse().unwrap();
            assert_eq!(text(request).await, "my own page");
        }
    }

    /// Why `whc-lambda` reads events itself. If this test fails one day, `lambda_http` can be used.
    #[test]
    fn a_host_that_is_none_makes_lambda_http_panic() {
        let event = HTTP_API.replace(r#""host": ""#, r#""host": "[::"#);
        let outcome = std::panic::catch_unwind(|| request::from_str(&event).is_ok());
        assert!(outcome.is_err());
    }

    /// The same: no handler gets such a request, so no client gets an explanation.
    #[test]
    fn a_header_that_is_none_makes_lambda_http_refuse_the_event() {
        let event = HTTP_API.replace(r#""accept": "#, r#""no header": "#);
        assert!(request::from_str(&event).is_err());
    }
}
