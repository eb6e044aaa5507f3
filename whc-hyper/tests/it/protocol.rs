//! HTTP as well-behaved clients use it.

use std::future::pending;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Version};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use whc_core::{App, MemorySites};
use whc_hyper::{healthcheck, serve};

use crate::support::{PATIENCE, Server, config, milliseconds};

#[tokio::test]
async fn a_connection_carries_many_requests() {
    let server = Server::start(config()).await;
    let mut client = server.connect().await;
    for _ in 0..100 {
        let answer = client.get("/").await;
        assert_eq!((answer.status, answer.body.as_slice(), answer.closes()), (200, b"OK".as_slice(), false));
    }
}

/// As `nc -N` and `printf … | openssl s_client` do it.
#[tokio::test]
async fn who_has_no_more_to_say_is_still_answered() {
    let server = Server::start(config()).await;
    for _ in 0..3 {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        tokio::time::timeout(PATIENCE, stream.read_to_end(&mut answer)).await.unwrap().unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{answer:?}");
    }
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_order() {
    let server = Server::start(config()).await;
    let mut client = server.connect().await;
    let requests: Vec<_> = (0..50)
        .map(|n| format!("POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n{n:02}"))
        .collect();
    client.send(requests.concat()).await;
    for n in 0..50 {
        assert_eq!(client.answer().await.body, format!("{n:02}").as_bytes());
    }
}

#[tokio::test]
async fn http2_needs_no_upgrade() {
    let server = Server::start(config()).await;
    let stream = TcpStream::connect(server.address).await.unwrap();
    let (sender, connection) = http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let requests: Vec<_> = (0..300)
        .map(|n| {
            let mut sender = sender.clone();
            tokio::spawn(async move {
                let body = Full::new(Bytes::from(format!("{n}")));
                let request = Request::post("http://a/echo").body(body).unwrap();
                sender.ready().await.unwrap();
                let response = sender.send_request(request).await.unwrap();
                assert_eq!(response.version(), Version::HTTP_2);
                let body = response.into_body().collect().await.unwrap().to_bytes();
                assert_eq!(body, format!("{n}"));
            })
        })
        .collect();
    for request in requests {
        request.await.unwrap();
    }
}

#[tokio::test]
async fn an_offer_to_upgrade_is_ignored() {
    let server = Server::start(config()).await;
    let mut client = server.connect().await;
    client
        .send("GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: \r\n\r\n")
        .await;
    assert_eq!(client.answer().await.status, 200);
    assert_eq!(client.get("/").await.status, 200);
}

#[tokio::test]
async fn head_has_the_length_and_no_body() {
    let server = Server::start(config()).await;
    let mut client = server.connect().await;
    client.send("HEAD / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(client.head().await.unwrap().unwrap().contains("content-length: 2\r\n"));
    assert_eq!(client.get("/").await.body, b"OK");
}

#[tokio::test]
async fn a_proxy_may_send_the_whole_url() {
    let server = Server::start(config()).await;
    let mut client = server.connect().await;
    client
        .send("POST http://a.example/echo HTTP/1.1\r\nhost: a.example\r\ncontent-length: 2\r\n\r\nhi")
        .await;
    assert_eq!(client.answer().await.body, b"hi");
}

#[tokio::test]
async fn a_client_that_waits_for_continue_gets_it() {
    let server = Server::start(config()).await;
    let mut client = server.connect().await;
    client.send("POST /echo HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n").await;
    assert!(client.head().await.unwrap().unwrap().starts_with("HTTP/1.1 100"));
    client.send("hi").await;
    assert_eq!(client.answer().await.body, b"hi");
}

#[tokio::test]
async fn an_old_client_is_answered_and_closed() {
    let server = Server::start(config()).await;
    let mut client = server.connect().await;
    client.send("GET / HTTP/1.0\r\n\r\n").await;
    assert_eq!(client.answer().await.body, b"OK");
    assert!(client.is_closed_within(milliseconds(500)).await);
}

#[tokio::test]
async fn a_panic_is_answered_and_harms_nobody() {
    let server = Server::start(config()).await;
    let mut client = server.connect().await;
    let answer = client.get("/panic").await;
    assert_eq!(answer.status, 500);
    assert!(answer.head.contains("content-type: application/problem+json"));
    assert_eq!(client.get("/").await.status, 200);
}

#[tokio::test]
async fn the_health_check_asks_a_real_service() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = App::new(Arc::new(MemorySites::new([])));
    let server = tokio::spawn(async move { serve(listener, app, &config(), pending()).await });
    healthcheck(address, PATIENCE).await.unwrap();
    server.abort();
    let _ = server.await;
    healthcheck(address, PATIENCE).await.unwrap_err();
}

#[tokio::test]
async fn the_health_check_does_not_wait_forever() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let error = healthcheck(listener.local_addr().unwrap(), milliseconds(100)).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
}
