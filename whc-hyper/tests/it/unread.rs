//! What is refused by the head of a request alone: no stranger is asked for a body, and none is waited for.

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use whc_hyper::serve;

use crate::desk::desk;
use crate::support::{Client, config, milliseconds};

async fn service() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { serve(listener, desk(), &config(), std::future::pending()).await });
    address
}

const BODY: &str = r#"{"first_name":"first"}"#;
/// Far less than a body may take, far more than an answer does.
const SOON: Duration = Duration::from_secs(5);

/// Heads of requests with a body, and what answers them.
const REFUSED: [(&str, u16); 9] = [
    ("POST /nowhere HTTP/1.1\r\n", 404),
    ("POST /api/whcsites HTTP/1.1\r\n", 405),
    ("PUT /api/cases/7/contact HTTP/1.1\r\nsec-fetch-site: same-origin\r\n", 401),
    ("PUT /api/cases/7/contact HTTP/1.1\r\nauthorization: nonsense\r\n", 401),
    ("PUT /api/cases/7/contact HTTP/1.1\r\nauthorization: contacts:read\r\n", 403),
    ("PUT /api/cases/7/contact HTTP/1.1\r\nsec-fetch-site: cross-site\r\n", 403),
    ("PUT /api/cases/7/contact?a=b HTTP/1.1\r\nauthorization: contacts:write\r\n", 400),
    (
        "PUT /api/cases/7/contact HTTP/1.1\r\nauthorization: contacts:write\r\ncontent-type: text/plain\r\n",
        415,
    ),
    ("GET /livez HTTP/1.1\r\n", 200),
];

#[tokio::test]
async fn nobody_is_asked_for_a_body_that_is_refused() {
    let address = service().await;
    for (head, status) in REFUSED {
        for more in
            ["expect: 100-continue\r\ncontent-length: 22", "content-length: 22", "transfer-encoding: chunked"]
        {
            let mut client = Client::connect(address).await.unwrap();
            client.send(format!("{head}host: a\r\n{more}\r\n\r\n")).await;
            let answer = timeout(SOON, client.answer()).await.expect("an answer without a body");
            assert_eq!((answer.status, answer.closes()), (status, true), "{head}{more}");
            assert!(client.is_closed_within(milliseconds(500)).await, "{head}{more}");
        }
    }
}

#[tokio::test]
async fn a_body_that_came_along_is_in_nobodys_way() {
    let address = service().await;
    let mut client = Client::connect(address).await.unwrap();
    for (head, status) in REFUSED {
        for body in [
            format!("content-length: {}\r\n\r\n{BODY}", BODY.len()),
            format!("transfer-encoding: chunked\r\n\r\n{:x}\r\n{BODY}\r\n0\r\n\r\n", BODY.len()),
        ] {
            client.send(format!("{head}host: a\r\n{body}GET /livez HTTP/1.1\r\nhost: a\r\n\r\n")).await;
            let answer = client.answer().await;
            assert_eq!((answer.status, answer.closes()), (status, false), "{head}{body}");
            assert_eq!(client.answer().await.status, 200);
        }
    }
}

#[tokio::test]
async fn who_may_is_asked_to_go_on() {
    let mut client = Client::connect(service().await).await.unwrap();
    let head =
        "PUT /api/cases/7/contact HTTP/1.1\r\nhost: a\r\nauthorization: contacts:read contacts:write\r\n";
    client.send(format!("{head}expect: 100-continue\r\ncontent-length: {}\r\n\r\n", BODY.len())).await;
    assert!(client.head().await.unwrap().unwrap().starts_with("HTTP/1.1 100"));
    client.send(BODY).await;
    let answer = client.answer().await;
    assert_eq!((answer.status, answer.closes()), (201, false));
    assert_eq!(client.get("/livez").await.status, 200);
}

#[tokio::test]
async fn a_refused_stream_harms_no_other() {
    let stream = TcpStream::connect(service().await).await.unwrap();
    let (mut sender, connection) =
        http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    for _ in 0..100 {
        let refused = Request::put("http://a/api/cases/7/contact").header("authorization", "contacts:read");
        // More than a window: it would stand still if nobody gave way.
        let refused = refused.body(Full::new(Bytes::from(vec![b' '; 100_000]))).unwrap();
        let response = timeout(SOON, sender.send_request(refused)).await.unwrap().unwrap();
        assert_eq!(response.status(), 403);
        assert!(!response.into_body().collect().await.unwrap().to_bytes().is_empty());
    }
    let alive = Request::get("http://a/livez").body(Full::default()).unwrap();
    assert_eq!(sender.send_request(alive).await.unwrap().status(), 200);
}
