//! Accepts connections until told to stop, then lets none of them down.

mod places;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::{Instant, sleep, timeout};
use whc_core::App;
use whc_core::web::Body;

use self::places::{Places, Source};
use crate::ServerConfig;
use crate::connection::{Activity, Shared, Stage, drive};
use crate::handler::{Function, Handler, Service};

/// After an error that accepting again at once would only repeat, such as no file descriptor left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// How often a connection that waits for a place looks whether another one has become idle.
const PLACE_PAUSE: Duration = Duration::from_millis(10);
/// How often the log says that places are short.
const WARNING_PAUSE: Duration = Duration::from_mins(1);
/// What a connection that is being cut gets to notice it.
const CUT_PAUSE: Duration = Duration::from_secs(1);

/// How the server stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stopped {
    /// Connections that were cut while a request was on them, because `shutdown_timeout` was over.
    pub cut: usize,
}

/// How to begin to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// With `shutdown_delay`, in which load balancers turn away.
    AfterDelay,
    /// Without it: nobody is in front.
    AtOnce,
}

/// Serves `app` on `listener` until `shutdown` resolves, then stops step by step as [`serve_with`] does; `/readyz` says
/// no from the first step on.
pub async fn serve(
    listener: TcpListener,
    app: App,
    config: &ServerConfig,
    shutdown: impl Future<Output = ()>,
) -> Stopped {
    serve_until(listener, app, config, after_delay(shutdown)).await
}

/// The same where the signal to stop says whether there is somebody to wait for.
pub async fn serve_until(
    listener: TcpListener,
    app: App,
    config: &ServerConfig,
    shutdown: impl Future<Output = Stop>,
) -> Stopped {
    let draining = app.clone();
    let shutdown = async move {
        let stop = shutdown.await;
        draining.drain();
        stop
    };
    run(listener, config, Service(app), shutdown).await
}

/// Serves `handler` on `listener` until `shutdown` resolves.
///
/// Then, for `shutdown_delay`, everything is still accepted and answered, but every HTTP/1.1 answer says
/// `connection: close`. After that the listener closes, idle connections end, requests under way are answered for up to
/// `shutdown_timeout`, and what is left is cut. Dropping the returned future cuts everything at once.
pub async fn serve_with<H, F>(
    listener: TcpListener,
    config: &ServerConfig,
    handler: H,
    shutdown: impl Future<Output = ()>,
) -> Stopped
where
    H: Fn(Request<Bytes>) -> F + Send + Sync + 'static,
    F: Future<Output = Response<Body>> + Send + 'static,
{
    run(listener, config, Function(handler), after_delay(shutdown)).await
}

async fn after_delay(shutdown: impl Future<Output = ()>) -> Stop {
    shutdown.await;
    Stop::AfterDelay
}

async fn run<H: Handler>(
    listener: TcpListener,
    config: &ServerConfig,
    handler: H,
    shutdown: impl Future<Output = Stop>,
) -> Stopped {
    let mut server = Server::new(handler, config);
    let stop = server.accept_until(&listener, shutdown).await;
    tracing::info!(connections = server.connections.len(), "draining");
    server.enter(Stage::Draining);
    let delay = if stop == Stop::AtOnce { Duration::ZERO } else { config.shutdown_delay };
    server.accept_until(&listener, sleep(delay)).await;
    server.accept_waiting(listener);
    tracing::info!(connections = server.connections.len(), "closing");
    server.enter(Stage::Closing);
    if timeout(config.shutdown_timeout, server.finish()).await.is_err() {
        server.enter(Stage::Cutting);
        // One that does not even notice blocks its thread; dropping the set is all that can be done.
        if timeout(CUT_PAUSE, server.finish()).await.is_err() {
            server.cut += server.connections.len();
        }
        tracing::warn!(cut = server.cut, "requests did not finish in time");
    }
    Stopped { cut: server.cut }
}

struct Server<H> {
    shared: Arc<Shared<H>>,
    connections: JoinSet<bool>,
    places: Places,
    /// Accepted, without a place yet.
    waiting: Option<(TcpStream, Option<Source>)>,
    /// When the log last said that places are short.
    warned: Option<Instant>,
    cut: usize,
}

impl<H: Handler> Server<H> {
    fn new(handler: H, config: &ServerConfig) -> Self {
        Self {
            shared: Arc::new(Shared::new(handler, config.clone())),
            connections: JoinSet::new(),
            places: Places::default(),
            waiting: None,
            warned: None,
            cut: 0,
        }
    }

    /// Goes on to this stage, and tells all connections.
    fn enter(&self, stage: Stage) {
        self.shared.stage.set(stage);
        self.places.turn(stage);
    }

    /// Accepts connections; while one waits for a place, the others do in the backlog of the listener.
    async fn accept_until<T>(&mut self, listener: &TcpListener, stop: impl Future<Output = T>) -> T {
        let mut stop = std::pin::pin!(stop);
        loop {
            let crowded = self.waiting.is_some();
            tokio::select! {
                stop = &mut stop => return stop,
                Some(ended) = self.connections.join_next_with_id() => self.count(ended),
                accepted = accept(listener), if !crowded => match accepted {
                    Some((stream, address)) => self.admit(stream, address),
                    // It may be a file descriptor that lacks.
                    None => drop(self.places.make_room(None)),
                },
                () = sleep(PLACE_PAUSE), if crowded => drop(self.places.make_room(None)),
            }
        }
    }

    /// Gives a connection a place, if need be that of the longest idle one.
    fn admit(&mut self, stream: TcpStream, address: SocketAddr) {
        let config = &self.shared.config;
        let full = self.connections.len() >= config.max_connections;
        let source = Places::source(config, address.ip());
        if source.is_some_and(|source| self.places.count(source) >= config.max_connections_per_address) {
            self.warn(
                "an address has its share of the connections; a proxy belongs into TRUSTED_PROXIES",
                address,
            );
            if !self.places.make_room(source) {
                return;
            }
        } else if full {
            self.warn("all connections are taken; the longest idle ones are closed", address);
            self.places.make_room(None);
        }
        if full {
            self.waiting = Some((stream, source));
        } else {
            self.spawn(stream, source);
        }
    }

    /// Not at every connection: whoever fills the places would fill the log, too.
    fn warn(&mut self, what: &str, address: SocketAddr) {
        if self.warned.is_none_or(|warned| warned.elapsed() >= WARNING_PAUSE) {
            self.warned = Some(Instant::now());
            tracing::warn!(%address, connections = self.connections.len(), "{what}");
        }
    }

    /// Accepts what the kernel has already established: closing the listener would reset it.
    fn accept_waiting(&mut self, listener: TcpListener) {
        if let Some((stream, source)) = self.waiting.take() {
            self.spawn(stream, source);
        }
        // Past tokio, because only the kernel knows what came since its last event. What comes between the last of these
        // calls and the close, microseconds later, is reset: no call can do both at once.
        let Ok(listener) = listener.into_std() else { return };
        while let Ok(stream) = listener.accept().and_then(|(stream, _)| established(stream)) {
            self.spawn(stream, None);
        }
    }

    fn spawn(&mut self, stream: TcpStream, source: Option<Source>) {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "no TCP_NODELAY");
        }
        let activity = Arc::new(Activity::new(&self.shared.config));
        let connection = drive(stream, Arc::clone(&activity), Arc::clone(&self.shared));
        let task = self.connections.spawn(connection);
        self.places.take(task.id(), source, activity);
    }

    /// Waits for all connections to end.
    async fn finish(&mut self) {
        while let Some(ended) = self.connections.join_next_with_id().await {
            self.count(ended);
        }
    }

    fn count(&mut self, ended: Result<(Id, bool), JoinError>) {
        let id = match ended {
            Ok((id, cut)) => {
                self.cut += usize::from(cut);
                id
            }
            Err(error) => {
                tracing::error!(%error, "a connection panicked");
                error.id()
            }
        };
        self.places.leave(id);
        if let Some((stream, source)) = self.waiting.take() {
            self.spawn(stream, source);
        }
    }
}

/// The next connection, however many attempts it takes; nothing where none can be had just now.
async fn accept(listener: &TcpListener) -> Option<(TcpStream, SocketAddr)> {
    loop {
        match listener.accept().await {
            Ok(accepted) => return Some(accepted),
            Err(error) if is_of_one_connection(&error) => tracing::debug!(%error, "connection gone"),
            Err(error) => {
                tracing::error!(%error, "cannot accept connections");
                sleep(ACCEPT_PAUSE).await;
                return None;
            }
        }
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

fn established(stream: std::net::TcpStream) -> io::Result<TcpStream> {
    stream.set_nonblocking(true)?;
    TcpStream::from_std(stream)
}
