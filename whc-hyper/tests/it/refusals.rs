//! What the server refuses before the service sees it: an answer as every other, with an id and a line in the log.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::Request;
use http::header::{HOST, HeaderValue};
use http_body_util::{BodyExt as _, Empty};
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::{TcpListener, TcpStream};
use tracing_subscriber::fmt::MakeWriter;
use whc_hyper::serve;

use crate::desk::desk;
use crate::support::{Client, config, milliseconds};

/// The lines of a log.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

async fn service() -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut config = config();
    (config.max_body_bytes, config.body_timeout) = (10, milliseconds(100));
    tokio::spawn(async move { serve(listener, desk(), &config, std::future::pending()).await });
    address
}

#[tokio::test]
async fn every_refusal_has_an_id_and_a_line() {
    let lines = Lines::default();
    let log = tracing_subscriber::fmt().with_writer(lines.clone()).with_ansi(false).finish();
    let _log = tracing::subscriber::set_default(log);
    let address = service().await;
    let post =
        "PUT /api/cases/7/contact HTTP/1.1\r\nhost: a\r\nauthorization: contacts:write\r\nx-request-id:";
    for (id, request, status) in [
        ("long", format!("{post} long\r\ncontent-length: 11\r\n\r\n"), 413),
        ("longer", format!("{post} longer\r\ncontent-length: {}\r\n\r\n", u64::MAX - 2), 413),
        ("slow", format!("{post} slow\r\ncontent-length: 5\r\n\r\nhi"), 408),
        ("broken", format!("{post} broken\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"), 400),
        ("nowhere", "GET / HTTP/1.1\r\nx-request-id: nowhere\r\n\r\n".to_owned(), 400),
    ] {
        let mut client = Client::connect(address).await.unwrap();
        client.send(request).await;
        let answer = client.answer().await;
        assert_eq!((answer.status, answer.closes()), (status, true), "{id}");
        assert!(answer.head.contains(&format!("x-request-id: {id}\r\n")), "{}", answer.head);
        let body = String::from_utf8(answer.body).unwrap();
        assert!(body.contains(&format!(r#""request_id":"{id}""#)), "{body}");
        let line = lines
            .text()
            .lines()
            .find(|line| line.contains(&format!("request_id=\"{id}\"")))
            .map(str::to_owned);
        assert!(line.is_some_and(|line| line.contains(&format!("status={status}"))), "{}", lines.text());
    }
}

#[tokio::test]
async fn an_authority_is_a_host() {
    let address = service().await;
    for (target, host, status) in [
        ("http://a/livez", None, 200),
        ("http://a/livez", Some("a"), 200),
        ("http://a/livez", Some("b"), 400),
        ("http://me@a/livez", None, 400),
    ] {
        let stream = TcpStream::connect(address).await.unwrap();
        let (mut sender, connection) =
            http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        let mut request = Request::get(target).body(Empty::<Bytes>::new()).unwrap();
        request.headers_mut().extend(host.map(|host| (HOST, HeaderValue::from_static(host))));
        let response = sender.send_request(request).await.unwrap();
        assert_eq!(response.status(), status, "{target}");
        let _ = response.into_body().collect().await.unwrap();
    }
    let mut client = Client::connect(address).await.unwrap();
    for host in ["[::1", "a:x", "%zz", "[]"] {
        client.send(format!("GET /livez HTTP/1.1\r\nhost: {host}\r\n\r\n")).await;
        assert_eq!(client.answer().await.status, 400, "{host}");
    }
}

#[tokio::test]
async fn what_is_no_request_is_refused_with_an_id_and_a_line_too() {
    let lines = Lines::default();
    let log = tracing_subscriber::fmt().with_writer(lines.clone()).with_ansi(false).finish();
    let _log = tracing::subscriber::set_default(log);
    let address = service().await;
    let post = "POST / HTTP/1.1\r\nhost: a\r\n";
    for (request, status, why) in [
        ("garbage\r\n\r\n".to_owned(), 400, "not a request"),
        (format!("{post}no colon\r\n\r\n"), 400, "line 2 of the header is broken"),
        (format!("{post}a: b\r\na space: b\r\n\r\n"), 400, "line 3 of the header is broken"),
        (format!("{post}a: b\r\n: b\r\n\r\n"), 400, "line 3 of the header is broken"),
        (format!("{post}a: \u{1}\r\n\r\n"), 400, "line 2 of the header is broken"),
        (format!("{post}content-length: 1, 2\r\n\r\n"), 400, "the header is broken: "),
        ("GET / HTTP/2.5\r\nhost: a\r\n\r\n".to_owned(), 400, "not a request"),
        (format!("{post}{}\r\n", "x: y\r\n".repeat(101)), 431, "more than 100 fields"),
        (format!("{post}Content-Length: {}\r\n\r\n", u64::MAX), 413, "as long as its Content-Length"),
        (format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "x".repeat(70_000)), 414, "too long"),
    ] {
        let mut client = Client::connect(address).await.unwrap();
        // Behind an answer of the service, which is written together with this one.
        client.send(format!("GET /livez HTTP/1.1\r\nhost: a\r\n\r\n{request}")).await;
        assert_eq!(client.answer().await.status, 200);
        let answer = client.answer().await;
        assert_eq!((answer.status, answer.closes()), (status, true), "{}", answer.head);
        let count = |name: &str| answer.head.lines().filter(|line| line.starts_with(name)).count();
        assert_eq!(
            (count("date: "), count("content-length: "), count("connection: ")),
            (1, 1, 1),
            "{}",
            answer.head
        );
        let body = String::from_utf8(answer.body).unwrap();
        assert!(body.contains(why) && body.contains("request_id"), "{request:.80}: {body}");
        let id = answer.head.lines().find_map(|line| line.strip_prefix("x-request-id: ")).unwrap().to_owned();
        assert!(body.contains(&id) && lines.text().contains(&id), "{body}");
        assert!(client.is_closed_within(milliseconds(500)).await);
    }
}
