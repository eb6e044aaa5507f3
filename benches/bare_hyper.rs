//! The least a hyper server can be: what `load` measures `whc` against. `bare_hyper PORT BYTES [HEADER]…` answers every
//! request with so many bytes and these headers, each `name: value`, beside those that hyper sends anyway.

use std::convert::Infallible;
use std::error::Error;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [port, bytes, headers @ ..] = &*arguments else {
        return Err("usage: bare_hyper PORT BYTES [HEADER]…".into());
    };
    let mut answer = Response::new(Full::new(Bytes::from(vec![b'x'; bytes.parse()?])));
    *answer.headers_mut() = parsed(headers)?;
    let listener = TcpListener::bind(("127.0.0.1", port.parse()?)).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let answer = answer.clone();
        tokio::spawn(async move {
            let answer = service_fn(move |_: Request<Incoming>| {
                let answer = answer.clone();
                async move { Ok::<_, Infallible>(answer) }
            });
            http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await
        });
    }
}

fn parsed(headers: &[String]) -> Result<HeaderMap, Box<dyn Error>> {
    let mut map = HeaderMap::new();
    for header in headers {
        let (name, value) = header.split_once(": ").ok_or("a header is name: value")?;
        // Static, as the values of a service that knows them are: a copy of it counts nothing.
        let value = HeaderValue::from_static(value.to_owned().leak());
        map.append(HeaderName::try_from(name)?, value);
    }
    Ok(map)
}
