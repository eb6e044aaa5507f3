//! Accepts connections until told to stop, then lets none of them down.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};
use tokio::time::{sleep, timeout};
use whc_core::App;
use whc_core::web::{self, Body};

use crate::ServerConfig;
use crate::connection::{Shared, Stage, drive};

/// After an error that accepting again at once would only repeat, such as no file descriptor left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// What a connection that is being cut gets to notice it.
const CUT_PAUSE: Duration = Duration::from_secs(1);

/// How the server stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stopped {
    /// Connections that were cut while a request was on them, because `shutdown_timeout` was over.
    pub cut: usize,
}

/// Serves `app` on `listener` until `shutdown` resolves, then stops step by step as [`serve_with`] does; `/readyz` says
/// no from the first step on.
pub async fn serve(
    listener: TcpListener,
    app: App,
    config: &ServerConfig,
    shutdown: impl Future<Output = ()>,
) -> Stopped {
    let draining = app.clone();
    let shutdown = async move {
        shutdown.await;
        draining.drain();
    };
    let handler = move |request| {
        let app = app.clone();
        async move { web::handle(&app, request).await }
    };
    serve_with(listener, config, handler, shutdown).await
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
    let mut server = Server {
        shared: Arc::new(Shared::new(handler, config.clone())),
        stage: watch::Sender::new(Stage::Serving),
        connections: JoinSet::new(),
        cut: 0,
    };
    server.accept_until(&listener, shutdown).await;
    tracing::info!(connections = server.connections.len(), "draining");
    server.stage.send_replace(Stage::Draining);
    server.accept_until(&listener, sleep(config.shutdown_delay)).await;
    server.accept_waiting(listener);
    tracing::info!(connections = server.connections.len(), "closing");
    server.stage.send_replace(Stage::Closing);
    if timeout(config.shutdown_timeout, server.finish()).await.is_err() {
        server.stage.send_replace(Stage::Cutting);
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
    stage: watch::Sender<Stage>,
    connections: JoinSet<bool>,
    cut: usize,
}

impl<H, F> Server<H>
where
    H: Fn(Request<Bytes>) -> F + Send + Sync + 'static,
    F: Future<Output = Response<Body>> + Send + 'static,
{
    /// Accepts while there is room; over that, connections wait in the backlog of the listener.
    async fn accept_until(&mut self, listener: &TcpListener, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        loop {
            let room = self.connections.len() < self.shared.config.max_connections;
            tokio::select! {
                () = &mut stop => return,
                Some(ended) = self.connections.join_next() => self.count(ended),
                stream = accept(listener), if room => self.spawn(stream),
            }
        }
    }

    /// Accepts what the kernel has already established: closing the listener would reset it.
    fn accept_waiting(&mut self, listener: TcpListener) {
        // Past tokio, because only the kernel knows what came since its last event. What comes between the last of these
        // calls and the close, microseconds later, is reset: no call can do both at once.
        let Ok(listener) = listener.into_std() else { return };
        while let Ok(stream) = listener.accept().and_then(|(stream, _)| established(stream)) {
            self.spawn(stream);
        }
    }

    fn spawn(&mut self, stream: TcpStream) {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "no TCP_NODELAY");
        }
        let connection = drive(stream, Arc::clone(&self.shared), self.stage.subscribe());
        self.connections.spawn(connection);
    }

    /// Waits for all connections to end.
    async fn finish(&mut self) {
        while let Some(ended) = self.connections.join_next().await {
            self.count(ended);
        }
    }

    fn count(&mut self, ended: Result<bool, JoinError>) {
        match ended {
            Ok(cut) => self.cut += usize::from(cut),
            Err(error) => tracing::error!(%error, "a connection panicked"),
        }
    }
}

/// The next connection, however many attempts it takes.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if is_of_one_connection(&error) => tracing::debug!(%error, "connection gone"),
            Err(error) => {
                tracing::error!(%error, "cannot accept connections");
                sleep(ACCEPT_PAUSE).await;
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
