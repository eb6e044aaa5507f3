//! Malformed and hostile requests.

use crate::support::{Server, config, milliseconds};

/// Sends `bytes` and expects 400, the end of the connection, and a server that still answers.
async fn is_refused(bytes: &[u8]) {
    let server = Server::start(config()).await;
    let mut client = server.connect().await;
    client.send(bytes).await;
    let answer = client.answer().await;
    assert_eq!((answer.status, answer.closes()), (400, true), "{:?}", String::from_utf8_lossy(bytes));
    assert!(client.is_closed_within(milliseconds(500)).await);
    assert_eq!(server.connect().await.get("/").await.status, 200);
}

#[tokio::test]
async fn garbage() {
    is_refused(b"\x00\x01\x02\x03garbage\r\n\r\n").await;
    is_refused(b"GET\r\n\r\n").await;
    is_refused(b"GET / HTTP/1.1\r\nno colon\r\n\r\n").await;
}

#[tokio::test]
async fn no_host() {
    is_refused(b"GET / HTTP/1.1\r\n\r\n").await;
    is_refused(b"GET http://a/ HTTP/1.1\r\n\r\n").await;
}

#[tokio::test]
async fn tls_on_the_plain_port() {
    is_refused(b"\x16\x03\x01\x00\xf8\x01\x00\x00\xf4\x03\x03 and so on").await;
}

#[tokio::test]
async fn contradicting_lengths() {
    let post = "POST /echo HTTP/1.1\r\nhost: a\r\n";
    for head in [
        "content-length: 2\r\ncontent-length: 3\r\n",
        "content-length: 2, 3\r\n",
        "content-length: +2\r\n",
        "transfer-encoding: gzip\r\n",
        "transfer-encoding: chunked, identity\r\n",
        "transfer-encoding : chunked\r\n",
    ] {
        is_refused(format!("{post}{head}\r\nhi").as_bytes()).await;
    }
}

#[tokio::test]
async fn broken_chunks() {
    is_refused(b"POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhi\r\n0\r\n\r\n")
        .await;
}

/// RFC 9112, 6.3: such a request may be served by its chunks, but the connection must not be used again.
#[tokio::test]
async fn a_length_beside_chunks_smuggles_nothing() {
    let server = Server::start(config()).await;
    for heads in [
        "content-length: 5\r\ntransfer-encoding: chunked\r\n",
        "transfer-encoding: chunked\r\ncontent-length: 5\r\n",
    ] {
        let mut client = server.connect().await;
        let smuggled = "GET /panic HTTP/1.1\r\nhost: a\r\n\r\n";
        client.send(format!("POST /echo HTTP/1.1\r\nhost: a\r\n{heads}\r\n0\r\n\r\n{smuggled}")).await;
        let answer = client.answer().await;
        assert_eq!((answer.status, answer.body.len(), answer.closes()), (200, 0, true));
        assert!(client.is_closed_within(milliseconds(500)).await);
    }
}
