//! The app as a tower service.

use http::{Request, StatusCode};
use http_body_util::Full;
use std::sync::Arc;
use tower_service::Service;
use whc_core::{App, MemorySites};

async fn status(request: Request<Full<bytes::Bytes>>) -> StatusCode {
    let mut app = App::new(Arc::new(MemorySites::embedded().unwrap()));
    app.call(request).await.unwrap().status()
}

#[tokio::test]
async fn answers_and_bounds_the_body() {
    let get = Request::get("/api/whcsites/1").body(Full::default()).unwrap();
    assert_eq!(status(get).await, StatusCode::OK);
    let large = Request::post("/api/whcsites").body(Full::from(vec![0; (1 << 20) + 1])).unwrap();
    assert_eq!(status(large).await, StatusCode::PAYLOAD_TOO_LARGE);
}
