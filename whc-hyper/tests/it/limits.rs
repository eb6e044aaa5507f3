//! Limits and timeouts.

use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::time::{Instant, sleep};

use crate::support::{Server, config, milliseconds};

#[tokio::test]
async fn a_slow_header_ends_in_time() {
    let mut config = config();
    config.header_timeout = milliseconds(600);
    let server = Server::start(config).await;
    let mut client = server.connect().await;
    assert_eq!(client.get("/").await.status, 200);
    let start = Instant::now();
    client.send("GET / HTTP/1.1\r\nhost: a\r\n").await;
    for n in 0..4 {
        sleep(milliseconds(50)).await;
        client.send(format!("x-{n}: drip\r\n")).await;
    }
    assert!(client.is_closed_within(milliseconds(3000)).await);
    assert!(start.elapsed() >= milliseconds(590), "{:?}", start.elapsed());
}

#[tokio::test]
async fn an_idle_connection_lives_as_long_as_promised() {
    let mut config = config();
    config.header_timeout = milliseconds(100);
    config.keep_alive = milliseconds(1000);
    let server = Server::start(config).await;
    let mut client = server.connect().await;
    for _ in 0..3 {
        assert_eq!(client.get("/").await.status, 200);
        sleep(milliseconds(400)).await;
    }
    assert_eq!(client.get("/").await.status, 200);
    let start = Instant::now();
    assert!(client.is_closed_within(milliseconds(3000)).await);
    assert!(start.elapsed() >= milliseconds(990), "{:?}", start.elapsed());
}

#[tokio::test]
async fn an_eternity_is_a_valid_timeout() {
    let mut config = config();
    config.header_timeout = Duration::MAX;
    config.body_timeout = Duration::MAX;
    config.keep_alive = Duration::MAX;
    let server = Server::start(config).await;
    let mut client = server.connect().await;
    client.send("POST /echo HTTP/1.1\r\nhost: a\r\n").await;
    sleep(milliseconds(50)).await;
    client.send("content-length: 2\r\n\r\n").await;
    sleep(milliseconds(50)).await;
    client.send("hi").await;
    assert_eq!(client.answer().await.body, b"hi");
}

#[tokio::test]
async fn a_connection_has_as_long_for_its_first_header_as_every_request() {
    let mut config = config();
    config.header_timeout = milliseconds(200);
    let server = Server::start(config).await;
    assert!(server.connect().await.is_closed_within(milliseconds(1000)).await);
    let mut late = server.connect().await;
    sleep(milliseconds(150)).await;
    late.send("GET / HTTP/1.1\r\nhost: a\r\n").await;
    let begun = Instant::now();
    assert!(late.is_closed_within(milliseconds(1000)).await);
    assert!(begun.elapsed() < milliseconds(150), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_slow_reader_is_not_idle() {
    let mut config = config();
    config.keep_alive = milliseconds(300);
    let server = Server::start(config).await;
    let mut client = server.connect().await;
    client.send("GET /big HTTP/1.1\r\nhost: a\r\n\r\n").await;
    sleep(milliseconds(900)).await;
    assert_eq!(client.answer().await.body.len(), 16 << 20);
}

/// Tokio's time is paused and advances whenever all tasks wait, so half a minute passes at once.
#[tokio::test]
async fn a_client_that_reads_nothing_is_dropped() {
    let server = Server::start(config()).await;
    let mut client = server.connect().await;
    client.send("GET /big HTTP/1.1\r\nhost: a\r\n\r\n").await;
    sleep(milliseconds(300)).await;
    tokio::time::pause();
    sleep(Duration::from_secs(31)).await;
    tokio::time::resume();
    assert!(client.try_answer().await.is_err());
}

#[tokio::test]
async fn a_declared_length_over_the_limit_is_refused_unread() {
    let mut config = config();
    config.max_body_bytes = 10;
    let server = Server::start(config).await;
    let mut client = server.connect().await;
    client.send("POST /echo HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 11\r\n\r\n").await;
    let answer = client.answer().await;
    assert_eq!((answer.status, answer.closes()), (413, true));
    assert!(answer.head.contains("content-type: application/problem+json"));
    assert!(client.is_closed_within(milliseconds(500)).await);
}

#[tokio::test]
async fn a_refusal_reaches_a_client_that_goes_on_sending() {
    let mut config = config();
    config.max_body_bytes = 10;
    let server = Server::start(config).await;
    for head in ["content-length: 8000000", "transfer-encoding: chunked"] {
        let mut client = server.connect().await;
        client.send(format!("POST /echo HTTP/1.1\r\nhost: a\r\n{head}\r\n\r\n")).await;
        // As chunks: 1000 bytes each, without end.
        let chunk = format!("3e8\r\n{}\r\n", "x".repeat(1000));
        for _ in 0..2000 {
            client.send(&chunk).await;
        }
        let answer = client.answer().await;
        assert_eq!((answer.status, answer.closes()), (413, true), "{head}");
    }
}

#[tokio::test]
async fn a_slow_body_ends_with_408() {
    let mut config = config();
    config.body_timeout = milliseconds(200);
    let server = Server::start(config).await;
    let mut client = server.connect().await;
    client.send("POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nhi").await;
    let answer = client.answer().await;
    assert_eq!((answer.status, answer.closes()), (408, true));
    assert!(client.is_closed_within(milliseconds(500)).await);
}

#[tokio::test]
async fn a_flood_of_headers_is_cut_off() {
    let server = Server::start(config()).await;
    let mut client = server.connect().await;
    client.send("GET / HTTP/1.1\r\nhost: a\r\nx: ").await;
    client.send(vec![b'x'; 200_000]).await;
    assert_eq!(client.answer().await.status, 431);
    let mut client = server.connect().await;
    client.send(format!("GET / HTTP/1.1\r\nhost: a\r\n{}\r\n", "x: y\r\n".repeat(200))).await;
    assert_eq!(client.answer().await.status, 431);
}

#[tokio::test]
async fn what_the_handler_is_to_refuse_reaches_it() {
    let server = Server::start(config()).await;
    let mut client = server.connect().await;
    assert_eq!(client.get(&format!("/{}", "x".repeat(20_000))).await.status, 200);
    client.send(format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "x".repeat(40_000))).await;
    assert_eq!(client.answer().await.status, 200);
}

#[tokio::test]
async fn an_idle_http2_connection_is_closed_in_the_end() {
    let mut config = config();
    config.keep_alive = milliseconds(300);
    let server = Server::start(config).await;
    let mut client = server.connect().await;
    client.send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await;
    // One complete request: HEADERS with END_STREAM and END_HEADERS; :method GET, :scheme http, :path /, :authority a.
    client.send(b"\0\0\x06\x01\x05\0\0\0\x01\x82\x86\x84\x41\x01a").await;
    let mut received = Vec::new();
    while !received.ends_with(b"OK") {
        client.stream.read_buf(&mut received).await.unwrap();
    }
    // GOAWAY comes after `keep_alive`; nobody here answers the ping that comes with it, so the connection is dropped.
    tokio::time::pause();
    let start = Instant::now();
    client.stream.read_to_end(&mut received).await.unwrap();
    assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
}
