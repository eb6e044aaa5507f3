//! The same requests through `handle`, a server and every front door of Lambda: nobody can tell the difference.

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use whc_core::{Config, web};

use crate::support::{Asked, DOORS, Door, Got, app, function, invoke};

/// What must differ: how long it took; what servers add; and whether the same was asked before, since two ways to write a
/// query are one behind a door that reads it first.
const DIFFERENT: [&str; 3] = ["server-timing", "date", "x-cache"];

#[tokio::test]
async fn nobody_can_tell_the_function_from_a_server() {
    let requests = requests();
    assert!(requests.len() >= 200, "{} requests", requests.len());
    let direct = app();
    let mut server = Server::start().await;
    let functions = DOORS.map(|door| (door, function(&[])));
    let mut differences = Vec::new();
    for asked in requests {
        let expected = stable(web::handle(&direct, request(&asked)).await.map(web::Body::into_bytes));
        let served = stable(server.ask(request(&asked)).await);
        if expected != served {
            differences.push(format!("{asked:?} of the server: {expected:?} or {served:?}"));
        }
        for (door, function) in &functions {
            // Set up so, a load balancer passes the last of several values on and forgets the others.
            if *door == Door::Balancer && asked.repeats_itself() {
                continue;
            }
            let got = stable_got(Got::from_reply(&invoke(function, &asked.event(*door)).await));
            if expected != got {
                differences.push(format!("{asked:?} through {door:?}: {expected:?} or {got:?}"));
            }
        }
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// All paths, formats, languages, encodings, conditions, ranges, methods, mistakes and odd ways to write them. The names
/// of parameters are in alphabetical order: two doors keep no order, and mistakes are told in that of the request.
fn requests() -> Vec<Asked> {
    let mut targets: Vec<String> = Vec::new();
    let fixed = [
        "/",
        "/healthz",
        "/livez",
        "/readyz",
        "/status",
        "/api/heartbeat",
        "/api/whcsites",
        "/api/countries",
        "/api/criteria",
        "/api/changes",
        "/api/whcsites/facets",
        "/api/whcsites/1",
        "/api/whcsites/174/nearby",
        "/api/whcsites/0",
        "/api/whcsites/999999",
        "/api/whcsites/",
        "/api/whcsites/abc",
        "/api/whcsites/1/nearbyy",
        "/api/whcsites/1567/nearby",
        "/api/downloads/whcsites.xml",
        "/nowhere",
        "/api",
        "/api/",
        "//api/whcsites",
        "/api/whcsites/../whcsites",
        "/api/./whcsites",
        "/API/whcsites",
        "/api/whcsites/%31",
        "/api/%77hcsites",
        "/api/whcsites/%E4%B8%96%E7%95%8C",
        "/%F0%9F%8F%9B",
        "/a%20b",
        "/a%2Fb",
        "/%00",
        "/%zz",
        "/%ff",
        "/a+b",
        "/a;b=c",
        "/'quoted'",
        "/a:b@c",
        "/~user",
        "/-._~!$&'()*+,;=",
    ];
    targets.extend(fixed.map(str::to_owned));
    for format in ["json", "geojson", "csv", "ndjson", "geojsonseq", "xml"] {
        for path in ["/api/whcsites", "/api/whcsites/2", "/api/countries", "/api/whcsites/1/nearby"] {
            targets.push(format!("{path}?f={format}"));
        }
        targets.push(format!("/api/downloads/whcsites.{format}?status=delisted"));
    }
    for language in ["en", "fr", "es", "ru", "ar", "zh", "xx"] {
        for path in ["/api/whcsites", "/api/whcsites/527", "/api/criteria"] {
            targets.push(format!("{path}?lang={language}"));
        }
    }
    let queries = [
        "",
        "country=it",
        "country=it,fr",
        "country=it&country=fr",
        "category=natural&limit=5",
        "limit=0",
        "limit=5&offset=1270",
        "limit=99999&offset=1000",
        "limit=abc",
        "offset=-1",
        "q=temple",
        "q=%E5%B1%B1",
        "q=caf%C3%A9",
        "q=galapgos",
        "q=a+b",
        "q=a%20b",
        "q=a%2Bb",
        "q=%22quito%22",
        "q=%ff",
        "q=%zz",
        "q=",
        "q",
        "&&",
        "=",
        "=x",
        "q=a%26b%3Dc",
        "q=%3Cscript%3E",
        "criterion=i,iv",
        "criterion=i&criterion=iv",
        "danger=yes",
        "danger=maybe",
        "region=europe",
        "bbox=0,40,20,50",
        "bbox=0,40",
        "near=12.5,41.9&radius=100",
        "near=12.5",
        "sort=-date_inscribed",
        "sort=nme",
        "fields=id,name",
        "fields=nme",
        "id=1&id=2",
        "id=1,2,3",
        "inscribed=1978..1980",
        "status=all",
        "categroy=natural",
        "limit=3&limit=4",
        "utm_source=x",
        "f=csv&fields=id,name&limit=2&sort=name",
        "q=%F0%9F%8F%9B",
        "q=\u{5c71}",
    ];
    targets.extend(queries.map(|query| format!("/api/whcsites?{query}")));
    targets.extend(
        ["q=temple", "country=it&lang=fr", "limit=5", "q=%F0%9F"]
            .map(|query| format!("/api/whcsites/facets?{query}")),
    );
    targets.extend(
        ["?limit=1", "?since=2026-01-01", "?id=1&since=yesterday"]
            .map(|query| format!("/api/changes{query}")),
    );
    let mut requests: Vec<_> = targets.into_iter().map(Asked::get).collect();
    requests.extend(with_headers());
    for method in ["HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"] {
        for path in ["/api/whcsites", "/healthz", "/nowhere"] {
            requests.push(Asked { method, ..Asked::get(path) });
        }
    }
    let bodies = [&b"{\"name\":\"x\"}"[..], b"\xff\xfe\0", "\u{4e16}\u{754c}".as_bytes()];
    requests.extend(bodies.map(|body| Asked {
        method: "POST",
        body: body.to_vec(),
        ..Asked::get("/api/whcsites")
    }));
    requests.push(Asked::get(format!("/api/whcsites?q={}", "x".repeat(9000))));
    requests.push(Asked::get("/api/whcsites").with("x-filler", "x".repeat(17_000)));
    requests
}

fn with_headers() -> Vec<Asked> {
    let list = || Asked::get("/api/whcsites?limit=20");
    let download = || Asked::get("/api/downloads/whcsites.csv?status=delisted");
    let mut requests = Vec::new();
    for encodings in
        ["gzip", "br", "zstd", "gzip, br", "identity", "br;q=0, gzip", "*", "*;q=0", "nonsense", ""]
    {
        requests.push(list().with("accept-encoding", encodings));
        requests.push(Asked::get("/api/whcsites/2").with("accept-encoding", encodings));
    }
    for languages in ["fr", "de, fr;q=0.5", "zh-Hant-TW", "*", "xx", "en;q=0, ar", ";;;"] {
        requests.push(list().with("accept-language", languages));
    }
    for accepted in
        ["*/*", "application/geo+json", "text/csv", "text/html", "application/json;q=0", "text/*", "x"]
    {
        requests.push(list().with("accept", accepted));
    }
    requests.push(list().with("accept", "text/csv").with("accept", "application/geo+json;q=0.5"));
    requests.push(Asked::get("/api/whcsites?limit=2000").with("accept-encoding", "gzip"));
    requests.push(Asked::get("/api/downloads/whcsites.geojson").with("accept-encoding", "br"));
    for tag in ["*", "\"other\"", "W/\"other\", *", "nonsense"] {
        requests.push(list().with("if-none-match", tag));
    }
    requests.push(list().with("if-modified-since", "Sun, 01 Nov 2026 00:00:00 GMT"));
    for range in ["bytes=0-9", "bytes=-10", "bytes=99999-", "bytes=1-2,4-5", "lines=1-2"] {
        requests.push(download().with("range", range));
    }
    requests.push(download().with("range", "bytes=0-9").with("if-range", "\"other\""));
    for host in ["heritage.example", "[2001:db8::1]:8080", "bad host", "a/b", "<x>"] {
        requests.push(Asked::get("/healthz").with("host", host));
    }
    requests.push(list().with("x-forwarded-proto", "gopher://").with("x-forwarded-host", "evil.example"));
    requests.push(list().with("cookie", "a=b; c=d").with("origin", "https://elsewhere.example"));
    requests
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
            whc_hyper::serve(listener, app(), &Config::default().server, std::future::pending()).await
        });
        let stream = TcpStream::connect(address).await.unwrap();
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        Self { sender }
    }

    async fn ask(&mut self, request: Request<Bytes>) -> Response<Bytes> {
        self.sender.ready().await.unwrap();
        let response = self.sender.send_request(request.map(Full::new)).await.unwrap();
        let (parts, body) = response.into_parts();
        Response::from_parts(parts, body.collect().await.unwrap().to_bytes())
    }
}
