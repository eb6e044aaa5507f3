//! The same requests through `handle`, a server and every event source of Lambda give the same responses.

mod private;
mod requests;

use std::collections::BTreeSet;

use bytes::Bytes;
use http::{HeaderValue, Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use whc_core::{App, web};
use whc_hyper::ServerConfig;
use whc_lambda::Function;

use crate::support::{Asked, EVENT_SOURCES, EventSource, Got, app, function, invoke};

/// The headers that differ: the time taken, headers of servers, and the cache outcome, since some sources rewrite a query
/// so that two spellings of it have one cache key.
const DIFFERENT: [&str; 3] = ["server-timing", "date", "x-cache"];

/// In a header of a request: the state in which the contact was seen last. Every store has states of its own.
const STATE: &str = "\"state\"";

#[tokio::test]
async fn nobody_can_tell_the_function_from_a_server() {
    let requests = requests::requests();
    assert!(requests.len() >= 250, "{} requests", requests.len());
    let mut direct = Door::to(Kind::Direct(app()));
    let mut others = vec![Door::to(Kind::Socket(Server::start().await))];
    for source in EVENT_SOURCES {
        others.extend([false, true].map(|text| Door::to(Kind::Event(Box::new(function(&[])), source, text))));
    }
    let (mut differences, mut statuses) = (Vec::new(), BTreeSet::new());
    for asked in requests {
        let expected = direct.ask(&asked).await;
        statuses.insert(expected.status);
        for door in others.iter_mut().filter(|door| door.is_for(&asked)) {
            let got = door.ask(&asked).await;
            if expected != got {
                differences.push(format!("{asked:?} through {}: {expected:?} or {got:?}", door.name()));
            }
        }
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
    for status in [201, 204, 304, 401, 403, 409, 412, 415, 422, 428] {
        assert!(statuses.contains(&status), "nothing was answered with {status}");
    }
}

/// A way to the service.
struct Door {
    kind: Kind,
    /// The tag of the contact as it was seen last through it.
    state: String,
}

enum Kind {
    Direct(App),
    Socket(Server),
    /// With bodies as they are, or in base64.
    Event(Box<Function>, EventSource, bool),
}

impl Door {
    fn to(kind: Kind) -> Self {
        Self { kind, state: STATE.to_owned() }
    }

    fn name(&self) -> String {
        match &self.kind {
            Kind::Direct(_) => "nothing".to_owned(),
            Kind::Socket(_) => "a server".to_owned(),
            Kind::Event(_, source, text) => format!("{source:?}, body as text: {text}"),
        }
    }

    /// Without multi-value headers, a load balancer passes only the last of several values on. Where nothing depends on
    /// bodies, neither does it on how they come.
    fn is_for(&self, asked: &Asked) -> bool {
        match &self.kind {
            Kind::Event(_, EventSource::Balancer, _) if asked.repeats_itself() => false,
            Kind::Event(_, _, true) => !asked.body.is_empty() || asked.names("authorization"),
            _ => true,
        }
    }

    async fn ask(&mut self, asked: &Asked) -> Got {
        let mut asked = asked.clone();
        for (_, value) in &mut asked.headers {
            *value = value.replace(STATE, &self.state);
        }
        let got = match &mut self.kind {
            Kind::Direct(app) => web::handle(app, request(&asked)).await.map(web::Body::into_bytes).into(),
            Kind::Socket(server) => server.ask(request(&asked)).await.into(),
            Kind::Event(function, source, text) => {
                let event = if *text { asked.event_of_text(*source) } else { asked.event(*source) };
                Got::from_reply(&invoke(function, &event).await)
            }
        };
        self.stable(got)
    }

    fn stable(&mut self, mut got: Got) -> Got {
        for name in DIFFERENT {
            got.headers.remove(name);
        }
        let is_private = got.headers.get("cache-control").is_some_and(|value| value == "no-store");
        if let Some(etag) = got.headers.get_mut("etag").filter(|_| is_private) {
            self.state = std::mem::replace(etag, STATE.to_owned());
        }
        got
    }
}

fn request(asked: &Asked) -> Request<Bytes> {
    let mut builder = Request::builder().method(asked.method).uri(&asked.target);
    for (name, value) in &asked.headers {
        builder = builder.header(*name, value);
    }
    builder.body(Bytes::copy_from_slice(&asked.body)).unwrap()
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
