//! What HTTP and URIs say at their edges (RFC 3986, RFC 9110), and that every refusal says what is wrong.

use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use whc_core::web::{Problem, handle, refuse_unread};

use crate::client::{app, get, json, send};

#[tokio::test]
async fn encoded_letters_are_letters_and_encoded_slashes_are_none() {
    for path in ["/api/%77hcsites/%31", "/%61%70%69/whcsites/1", "/api/whcsites/1", "/%6Civez", "/%6civez"] {
        assert_eq!(get(path).await.status(), StatusCode::OK, "{path}");
    }
    assert_eq!(json(get("/api/%77hcsites/%31").await)["data"]["id"], 1);
    for path in [
        "/api%2Fwhcsites",
        "/api%2fwhcsites/1",
        "/api/whcsites%2F1",
        "/api/whcsites/1%2Fnearby",
        "/api/x/%2e%2e/whcsites",
        "/api/whcsites/%2531",
        "/api/whcsites/%",
        "/api/whcsites/%7",
        "/%api/whcsites",
        "/api/whcsites%3Flimit=1",
        "/api/whcsites/1%00",
    ] {
        assert_eq!(get(path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_target_that_is_no_path_is_told_so() {
    for target in ["ping", "api", "localhost:4000"] {
        let response = send(&app(), Request::get(target)).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{target}");
        let problem = json(response);
        assert!(problem["detail"].as_str().unwrap().contains("begins with a slash"), "{problem}");
    }
    let connect = Request::builder().method(Method::CONNECT).uri("heritage.example:443");
    let response = send(&app(), connect).await;
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(response.headers()["allow"], "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
}

#[tokio::test]
async fn the_last_no_bytes_are_none() {
    let part = async |range: &str| {
        send(&app(), Request::get("/api/downloads/whcsites.csv").header("range", range)).await
    };
    let none = part("bytes=-0").await;
    assert_eq!(none.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    assert!(none.headers()["content-range"].to_str().unwrap().starts_with("bytes */"));
    let one = part("bytes=-1").await;
    assert_eq!((one.status(), one.body().len()), (StatusCode::PARTIAL_CONTENT, 1));
}

#[tokio::test]
async fn the_old_name_of_gzip_means_gzip() {
    for (accepted, encoding) in [
        ("x-gzip", Some("gzip")),
        ("X-GZIP;q=0.5", Some("gzip")),
        ("x-gzip;q=0", None),
        ("*, x-gzip;q=0, br;q=0, zstd;q=0", None),
        ("x-compress", None),
    ] {
        let response = send(&app(), Request::get("/api/whcsites").header("accept-encoding", accepted)).await;
        let found = response.headers().get("content-encoding").map(|value| value.to_str().unwrap());
        assert_eq!(found, encoding, "{accepted}");
    }
}

#[tokio::test]
async fn a_violation_is_about_a_parameter_that_was_sent() {
    let problem = json(get("/api/whcsites?=x&limit=2").await);
    assert!(problem["detail"].as_str().unwrap().contains("a parameter without a name"), "{problem}");
    let many: Vec<_> = (0..101).map(|number| format!("id={number}")).collect();
    let problem = json(get(&format!("/api/whcsites?{}", many.join("&"))).await);
    assert_eq!((&problem["code"], problem.get("errors")), (&"invalid-parameters".into(), None), "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("at most 100 parameters"), "{problem}");
}

#[tokio::test]
async fn the_title_of_a_problem_says_what_its_code_does() {
    let problem = Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too large");
    let problem = json(problem.into_response());
    assert_eq!(
        (&problem["title"], &problem["code"]),
        (&"Content Too Large".into(), &"content-too-large".into())
    );
}

#[tokio::test]
async fn a_panic_is_answered_under_the_id_of_the_request() {
    let app = whc_core::App::new(Arc::new(crate::web::Broken(|_| panic!("as the test wants it"))));
    let request = Request::get("/api/whcsites/1").header("x-request-id", "mine").body(Bytes::new()).unwrap();
    let response = handle(&app, request).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(response.headers()["x-request-id"], "mine");
    let problem = json(response);
    assert_eq!(problem["request_id"], "mine");
    let metrics = get_text(&app, "/metrics").await;
    assert!(metrics.contains(r#"whc_requests_total{class="5xx"} 1"#), "{metrics}");
}

#[tokio::test]
async fn what_is_no_request_is_refused_under_an_id() {
    for (given, kept) in
        [(Some("mine"), true), (Some("<script>"), false), (Some("a\nb"), false), (None, false)]
    {
        let response = refuse_unread(&app(), given, Problem::new(StatusCode::BAD_REQUEST, "no request"));
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        assert_eq!(given == Some(&*id), kept);
        assert_eq!(json(response)["request_id"], *id);
    }
}

async fn get_text(app: &whc_core::App, path: &str) -> String {
    let body = send(app, Request::get(path)).await.into_body().into_bytes();
    String::from_utf8(body.to_vec()).unwrap()
}
