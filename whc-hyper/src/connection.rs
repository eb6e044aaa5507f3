//! One connection from its acceptance to its end.

mod activity;
mod client;
mod socket;
mod stage;
mod unread;

use std::convert::Infallible;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response, Version};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::TcpStream;
use tokio::time::sleep;
use whc_core::web::{Body, ClientAddress};

use self::activity::Overdue;
pub(crate) use self::activity::{Activity, Idle};
use self::client::client;
use self::socket::Socket;
pub(crate) use self::stage::{CurrentStage, Stage};
use crate::ServerConfig;
use crate::answer::{answer, close_after};
use crate::handler::Handler;

/// What hyper buffers of one HTTP/1.1 header, and of answers before it writes them. Over what the handler accepts, so
/// that it can say so itself, and room for the pieces of a page of 100 sites, so that they go out in one write.
const BUFFER: usize = 192 * 1024;
/// The same for the decoded header of an HTTP/2 request.
const HEADER_LIST: u32 = 32 * 1024;
/// HTTP/2 requests at once on one connection.
const CONCURRENT_STREAMS: u32 = 128;
/// HTTP/2 streams a client may reset before they were handled (rapid reset, CVE-2023-44487), and streams we may have to
/// reset for its errors, before the connection is given up.
const RESET_STREAMS: (usize, usize) = (20, 1024);
/// How often an HTTP/2 client is pinged, and how long it may take to answer.
const PING: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(10));

/// What all connections have in common.
#[derive(Debug)]
pub(crate) struct Shared<H> {
    pub(crate) handler: H,
    pub(crate) config: ServerConfig,
    pub(crate) stage: CurrentStage,
    protocol: Builder<TokioExecutor>,
}

impl<H> Shared<H> {
    pub(crate) fn new(handler: H, config: ServerConfig) -> Self {
        Self { handler, config, stage: CurrentStage::new(), protocol: protocol() }
    }
}

/// What the requests of one connection need to know of it.
struct Connection<H> {
    shared: Arc<Shared<H>>,
    activity: Arc<Activity>,
    /// Who is connected; unknown where they have gone already.
    peer: Option<IpAddr>,
}

/// Serves one connection; says whether it was cut in its work.
pub(crate) async fn drive<H: Handler>(
    stream: TcpStream,
    activity: Arc<Activity>,
    shared: Arc<Shared<H>>,
) -> bool {
    let peer = stream.peer_addr().ok().map(|peer| peer.ip());
    let refusing = Arc::clone(&shared);
    let refuse = Box::new(move |problem| refusing.handler.refuse_unread(problem));
    let socket = TokioIo::new(Socket::new(stream, Arc::clone(&activity), refuse));
    let requests =
        Arc::new(Connection { shared: Arc::clone(&shared), activity: Arc::clone(&activity), peer });
    let service = service_fn(|request| respond(request, Arc::clone(&requests)));
    let mut connection = pin!(shared.protocol.serve_connection(socket, service));
    let mut timer = pin!(sleep(shared.config.keep_alive));
    // In this order: what the connection did in a poll decides what is overdue after it.
    loop {
        tokio::select! {
            biased;
            result = connection.as_mut() => {
                if let Err(error) = result {
                    tracing::debug!(%error, "connection broken");
                }
                return false;
            }
            overdue = activity.overdue(timer.as_mut()) => match overdue {
                Overdue::Closing => connection.as_mut().graceful_shutdown(),
                Overdue::Cut => return activity.is_working(),
                Overdue::Idle => {
                    tracing::debug!("connection idles");
                    activity.end();
                    if activity.is_http2() {
                        connection.as_mut().graceful_shutdown();
                    }
                }
                _ => {
                    tracing::debug!(?overdue, "connection took too long");
                    return false;
                }
            },
        }
    }
}

/// Answers one request of a connection, and says goodbye where that is due.
async fn respond<H: Handler>(
    mut request: Request<Incoming>,
    connection: Arc<Connection<H>>,
) -> Result<Response<Body>, Infallible> {
    let http2 = request.version() == Version::HTTP_2;
    let Connection { shared, activity, peer } = &*connection;
    let client = peer.and_then(|peer| client(peer, &shared.config.trusted_proxies, request.headers()));
    if let Some(client) = client {
        request.extensions_mut().insert(ClientAddress(client));
    }
    let _busy = activity.begin(http2);
    let response = answer(&shared.handler, request, &shared.config).await;
    let last = !http2 && (shared.stage.is_stopping() || activity.is_ended());
    Ok(if last { close_after(response) } else { response })
}

/// HTTP/1.1 and HTTP/2 as spoken here. No timer for HTTP/1.1: it would close connections that idle ([`activity`]).
fn protocol() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().header_read_timeout(None).half_close(true).max_buf_size(BUFFER);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(HEADER_LIST)
        .max_concurrent_streams(CONCURRENT_STREAMS)
        .max_pending_accept_reset_streams(RESET_STREAMS.0)
        .max_local_error_reset_streams(RESET_STREAMS.1)
        .keep_alive_interval(PING.0)
        .keep_alive_timeout(PING.1);
    builder
}
