//! The same requests through `handle`, a server and every event source of Lambda give the same responses.

mod requests;

use bytes::Bytes;
use http::{HeaderValue, Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use whc_core::web;
use whc_hyper::ServerConfig;

use crate::support::{Asked, EVENT_SOURCES, EventSource, Got, app, function, invoke};

/// The headers that differ: the time taken, headers of servers, and the cache outcome, since some sources rewrite a query
/// so that two spellings of it have one cache key.
const DIFFERENT: [&str; 3] = ["server-timing", "date", "x-cache"];

#[tokio::test]
async fn nobody_can_tell_the_function_from_a_server() {
    let requests = requests::requests();
    assert!(requests.len() >= 200, "{} requests", requests.len());
    let direct = app();
    let mut socket = Server::start().await;
    let functions = EVENT_SOURCES.map(|source| (source, function(&[])));
    let mut differences = Vec::new();
    for asked in requests {
        let expected = stable(web::handle(&direct, request(&asked)).await.map(web::Body::into_bytes));
        let served = stable(socket.ask(request(&asked)).await);
        if expected != served {
            differences.push(format!("{asked:?} of the server: {expected:?} or {served:?}"));
        }
        for (source, function) in &functions {
            // Without multi-value headers, a load balancer passes only the last of several values on.
            if *source == EventSource::Balancer && asked.repeats_itself() {
                continue;
            }
            let got = stable_got(Got::from_reply(&invoke(function, &asked.event(*source)).await));
            if expected != got {
                differences.push(format!("{asked:?} through {source:?}: {expected:?} or {got:?}"));
            }
        }
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

fn request(asked: &Asked) -> Request<Bytes> {
    let mut builder = Request::builder().method(asked.method).uri(&asked.target);
    for (name, value) in &asked.headers {
        builder = builder.header(*name, value);
    }
    builder.body(Bytes::copy_from_slice(&asked.body)).unwrap()
}

fn stable(response: Response<Bytes>) -> Got {
    stable_got(response.into())
}

fn stable_got(mut got: Got) -> Got {
    for name in DIFFERENT {
        got.headers.remove(name);
    }
    // Every store in memory has states of its own.
    if got.headers.get("cache-control").is_some_and(|value| value == "no-store") {
        got.headers.remove("etag");
    }
    got
}

/// A server of its own, on a socket.
struct Server {
    sender: http1::SendRequest<Full<Bytes>>,
}

impl Server {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            whc_hyper::serve(listener, app(), &ServerConfig::default(), std::future::pending()).await
        });
        let stream = TcpStream::connect(address).await.unwrap();
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        Self { sender }
    }

    async fn ask(&mut self, mut request: Request<Bytes>) -> Response<Bytes> {
        // A client of HTTP/1.1 names a host; events may lack one.
        request.headers_mut().entry("host").or_insert(HeaderValue::from_static("whc.example"));
        self.sender.ready().await.unwrap();
        let response = self.sender.send_request(request.map(Full::new)).await.unwrap();
        let (parts, body) = response.into_parts();
        Response::from_parts(parts, body.collect().await.unwrap().to_bytes())
    }
}
