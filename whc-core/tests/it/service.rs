//! The app as a tower service.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::Request;
use http_body::{Body, Frame};
use http_body_util::Full;
use tower_service::Service;
use whc_core::{AppService, MemoryContacts};

use crate::access;

fn service() -> AppService {
    AppService::new(access::service().contacts(Arc::new(MemoryContacts::new())).build())
}

/// A request that writes a contact, if its token may.
fn put<B>(token: &str, body: B) -> Request<B> {
    let request = Request::put("/api/cases/7/contact").header("content-type", "application/json");
    request.header("authorization", format!("Bearer {token}")).body(body).unwrap()
}

async fn status<B>(mut service: AppService, request: Request<B>) -> u16
where
    AppService: Service<Request<B>, Response = http::Response<whc_core::web::Body>, Error = Infallible>,
{
    service.call(request).await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_limit_counts_to_the_byte() {
    let body = br#"{"first_name":"first"}"#;
    for (most, expected) in [(body.len(), 201), (body.len() - 1, 413)] {
        let service = service().with_max_body_bytes(most);
        assert_eq!(status(service, put("contacts:write", Full::<Bytes>::from(&body[..]))).await, expected);
    }
    let large = Full::<Bytes>::from(vec![b' '; (1 << 20) + 1]);
    assert_eq!(status(service(), put("contacts:write", large)).await, 413);
}

/// A body that is broken for whoever receives it.
struct Untouched;

impl Body for Untouched {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        Poll::Ready(Some(Err(std::io::Error::other("somebody receives it"))))
    }
}

#[tokio::test]
async fn it_receives_nothing_of_what_it_refuses() {
    assert_eq!(status(service(), Request::get("/api/whcsites/1").body(Untouched).unwrap()).await, 200);
    assert_eq!(status(service(), Request::post("/api/whcsites").body(Untouched).unwrap()).await, 405);
    assert_eq!(status(service(), put("contacts:read", Untouched)).await, 403);
    assert_eq!(status(service(), put("nonsense", Untouched)).await, 401);
    assert_eq!(status(service(), put("contacts:write", Untouched)).await, 400);
}
