//! The app as a tower service.

use http::{Request, StatusCode};
use http_body_util::Full;
use std::sync::Arc;
use tower_service::Service;
use whc_core::AppService;
use whc_core::{App, MemorySites};

fn app() -> App {
    App::new(Arc::new(MemorySites::embedded().unwrap()))
}

async fn status(request: Request<Full<bytes::Bytes>>) -> StatusCode {
    app().call(request).await.unwrap().status()
}

#[tokio::test]
async fn answers_and_bounds_the_body() {
    let get = Request::get("/api/whcsites/1").body(Full::default()).unwrap();
    assert_eq!(status(get).await, StatusCode::OK);
    let large = Request::post("/api/whcsites").body(Full::from(vec![0; (1 << 20) + 1])).unwrap();
    assert_eq!(status(large).await, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_limit_of_its_own_counts_to_the_byte() {
    let mut service = AppService::new(app()).with_max_body_bytes(10);
    for (bytes, expected) in [(10, StatusCode::METHOD_NOT_ALLOWED), (11, StatusCode::PAYLOAD_TOO_LARGE)] {
        let request =
            Request::post("/api/whcsites").body(Full::<bytes::Bytes>::from(vec![0; bytes])).unwrap();
        assert_eq!(service.call(request).await.unwrap().status(), expected);
    }
}
