//! The least a hyper server can be: what `load` measures `whc` against. `bare_hyper PORT BYTES` answers every request with
//! so many bytes.

use std::convert::Infallible;
use std::error::Error;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<usize>());
    let (Some(port), Some(bytes)) = (arguments.next().transpose()?, arguments.next().transpose()?) else {
        return Err("usage: bare_hyper PORT BYTES".into());
    };
    let body = Bytes::from(vec![b'x'; bytes]);
    let listener = TcpListener::bind(("127.0.0.1", u16::try_from(port)?)).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let body = body.clone();
        tokio::spawn(async move {
            let answer = service_fn(move |_: Request<Incoming>| {
                let body = body.clone();
                async move { Ok::<_, Infallible>(Response::new(Full::new(body))) }
            });
            http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await
        });
    }
}
