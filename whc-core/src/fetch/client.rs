//! One request on one connection.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, HOST, HeaderValue, USER_AGENT};
use http::{Request, Response, StatusCode, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::config::FetchUrl;
use crate::error::{Error, Result};
use crate::future::driven_by;
use crate::tls::{client_config, system_roots};

/// The greatest answer.
const MAX_BYTES: usize = 256 << 10;

/// Sends requests: over TLS, or to this machine. Redirects are not followed: whoever can write the first address would
/// choose another.
#[derive(Clone)]
pub(crate) struct Client {
    tls: Arc<rustls::ClientConfig>,
    timeout: Duration,
}

impl Client {
    /// A client that waits so long for everything, from the name of the host to the last byte.
    pub(crate) fn new(timeout: Duration) -> Result<Self> {
        Ok(Self { tls: Arc::new(client_config(system_roots())?), timeout })
    }

    /// What is at this address.
    pub(crate) async fn get(&self, url: &FetchUrl, accept: &'static str) -> Result<Bytes> {
        let mut request = Request::new(Bytes::new());
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static(accept));
        let response = self.send(url, request).await?;
        match response.status() {
            StatusCode::OK => Ok(response.into_body()),
            status => {
                let error = Error::unavailable(format!("the answer is {status}; redirects are not followed"));
                Err(error.within(url))
            }
        }
    }

    /// The answer to a request, whatever its status. Its target is this address.
    pub(crate) async fn send(&self, url: &FetchUrl, request: Request<Bytes>) -> Result<Response<Bytes>> {
        let answer = timeout(self.timeout, self.exchange(url, request)).await;
        let late = |_| Err(Error::unavailable(format!("there is no answer within {:?}", self.timeout)));
        answer.unwrap_or_else(late).map_err(|error| error.within(url))
    }

    async fn exchange(&self, url: &FetchUrl, request: Request<Bytes>) -> Result<Response<Bytes>> {
        let request = message(url, request)?;
        let socket = connect(url).await?;
        if !url.is_encrypted() {
            return send(socket, request).await;
        }
        let name = ServerName::try_from(url.host().to_owned()).map_err(failed("no name for TLS"))?;
        let socket = TlsConnector::from(Arc::clone(&self.tls)).connect(name, socket).await;
        send(socket.map_err(failed("TLS cannot be set up"))?, request).await
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

async fn connect(url: &FetchUrl) -> Result<TcpStream> {
    let default = if url.is_encrypted() { 443 } else { 80 };
    let port = url.uri().port_u16().unwrap_or(default);
    let addresses = lookup_host((url.host(), port)).await.map_err(failed("the host is unknown"))?;
    // A name of this machine must not lead elsewhere, where nothing is encrypted.
    let allowed = |address: &SocketAddr| url.is_encrypted() || address.ip().is_loopback();
    let addresses: Vec<_> = addresses.filter(allowed).collect();
    TcpStream::connect(&*addresses).await.map_err(failed("there is no connection"))
}

/// The request as the host at the address gets it.
fn message(url: &FetchUrl, mut request: Request<Bytes>) -> Result<Request<Full<Bytes>>> {
    let uri = url.uri();
    let host = uri.authority().map_or("", |host| host.as_str());
    let host = HeaderValue::try_from(host).map_err(failed("the URL is none"))?;
    request.headers_mut().insert(HOST, host);
    let agent = HeaderValue::from_static(concat!("whc/", env!("CARGO_PKG_VERSION")));
    request.headers_mut().insert(USER_AGENT, agent);
    *request.uri_mut() = uri.path_and_query().map_or(Uri::from_static("/"), |path| Uri::from(path.clone()));
    Ok(request.map(Full::new))
}

async fn send(
    socket: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    request: Request<Full<Bytes>>,
) -> Result<Response<Bytes>> {
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(socket)).await.map_err(failed("there is no connection"))?;
    let exchange = async {
        let response = sender.send_request(request).await.map_err(failed("there is no answer"))?;
        let (head, body) = response.into_parts();
        let body = Limited::new(body, MAX_BYTES).collect().await.map_err(|error| {
            Error::unavailable("the answer breaks off or is over 256 KiB").with_source(error)
        })?;
        Ok(Response::from_parts(head, body.to_bytes()))
    };
    driven_by(connection, exchange).await
}

fn failed<E: std::error::Error + Send + Sync + 'static>(why: &'static str) -> impl Fn(E) -> Error {
    move |error| Error::unavailable(why).with_source(error)
}
