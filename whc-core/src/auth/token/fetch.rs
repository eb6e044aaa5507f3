//! Fetches a JWK set: one GET, within narrow limits.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, StatusCode, header};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::config::JwksUrl;
use crate::error::{Error, Result};
use crate::future::driven_by;
use crate::tls::{client_config, system_roots};

/// The time limit for everything, from the name of the host to the last byte. A caller waits for it.
const TIMEOUT: Duration = Duration::from_secs(2);

/// The greatest set.
const MAX_BYTES: usize = 256 << 10;

/// Where the keys of an issuer come from.
#[async_trait]
pub trait JwksSource: fmt::Debug + Send + Sync + 'static {
    /// The JWK set as JSON (RFC 7517).
    ///
    /// # Errors
    /// It cannot be had now. The error is for the log.
    async fn fetch(&self) -> Result<Bytes>;
}

/// A set behind a URL.
#[derive(Debug)]
pub(super) struct HttpJwks {
    url: JwksUrl,
    /// `None` without encryption, which is for this machine only.
    tls: Option<Arc<rustls::ClientConfig>>,
}

impl HttpJwks {
    pub(super) fn new(url: JwksUrl) -> Result<Self> {
        let tls = url.is_encrypted().then(|| client_config(system_roots()).map(Arc::new)).transpose()?;
        Ok(Self { url, tls })
    }

    async fn get(&self) -> Result<Bytes> {
        let socket = self.connect().await?;
        let Some(tls) = &self.tls else { return self.request(socket).await };
        let name = ServerName::try_from(self.url.host().to_owned()).map_err(failed("no name for TLS"))?;
        let socket = TlsConnector::from(Arc::clone(tls)).connect(name, socket).await;
        self.request(socket.map_err(failed("TLS cannot be set up"))?).await
    }

    async fn connect(&self) -> Result<TcpStream> {
        let default = if self.tls.is_some() { 443 } else { 80 };
        let port = self.url.uri().port_u16().unwrap_or(default);
        let addresses = lookup_host((self.url.host(), port)).await.map_err(failed("the host is unknown"))?;
        // A name of this machine must not lead elsewhere, where nothing is encrypted.
        let allowed = |address: &SocketAddr| self.tls.is_some() || address.ip().is_loopback();
        let addresses: Vec<_> = addresses.filter(allowed).collect();
        TcpStream::connect(&*addresses).await.map_err(failed("there is no connection"))
    }

    async fn request(&self, socket: impl AsyncRead + AsyncWrite + Send + Unpin + 'static) -> Result<Bytes> {
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(socket)).await.map_err(failed("there is no connection"))?;
        let request = self.message()?;
        let exchange = async {
            let response = sender.send_request(request).await.map_err(failed("there is no answer"))?;
            if response.status() != StatusCode::OK {
                // A redirect would let whoever can write the first address choose another.
                let status = response.status();
                return Err(Error::unavailable(format!(
                    "the answer is {status}; redirects are not followed"
                )));
            }
            let body = Limited::new(response.into_body(), MAX_BYTES).collect().await;
            let body = body.map_err(|error| {
                Error::unavailable("the answer breaks off or is over 256 KiB").with_source(error)
            })?;
            Ok(body.to_bytes())
        };
        driven_by(connection, exchange).await
    }

    fn message(&self) -> Result<Request<Empty<Bytes>>> {
        let uri = self.url.uri();
        let (path, host) = (uri.path_and_query(), uri.authority());
        Request::get(path.map_or("/", |path| path.as_str()))
            .header(header::HOST, host.map_or("", |host| host.as_str()))
            .header(header::USER_AGENT, concat!("whc/", env!("CARGO_PKG_VERSION")))
            .header(header::ACCEPT, "application/jwk-set+json, application/json")
            .body(Empty::new())
            .map_err(failed("the URL is none"))
    }
}

#[async_trait]
impl JwksSource for HttpJwks {
    async fn fetch(&self) -> Result<Bytes> {
        let fetched = timeout(TIMEOUT, self.get()).await;
        let fetched = fetched.unwrap_or_else(|_| Err(Error::unavailable("there is no answer within 2 s")));
        fetched.map_err(|error| error.within(self.url.uri()))
    }
}

fn failed<E: std::error::Error + Send + Sync + 'static>(why: &'static str) -> impl Fn(E) -> Error {
    move |error| Error::unavailable(why).with_source(error)
}
