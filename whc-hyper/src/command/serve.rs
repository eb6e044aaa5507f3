//! `whc serve`: the server, from the environment to the last connection.

use std::process::ExitCode;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinSet;
use tokio::time::sleep;
use whc_core::{App, Error, Result, repository};
use whc_hyper::{Config, Stop};

use super::log::Log;

/// How long the first snapshot may keep the server from listening.
const PATIENCE: Duration = Duration::from_secs(1);

pub(super) async fn run(config: &Config, log: &Log) -> Result<ExitCode> {
    let opened = repository::open(&config.core)?;
    if let Some(replica) = &opened.replica {
        replica.start(config.core.snapshot.start, sleep(PATIENCE)).await?;
    }
    let app = App::configured(&config.core, &opened)?.counter(log.lost()).build();
    // Before anybody can know that it listens: until then a signal ends the process.
    let stop = stop_signal(log.clone())?;
    let address = config.server.listen;
    let failed = |error| Error::unavailable(format!("cannot listen on {address}")).with_source(error);
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    tracing::info!("listening on http://{bound}, try http://localhost:{}/api/whcsites", bound.port());

    // A task of its own, so that loading a snapshot holds up no connection. It ends with the server.
    let (poll, mut following) = (config.core.snapshot.poll, JoinSet::new());
    following.spawn(async move { opened.follow(poll, sleep, std::future::pending()).await });
    let report = whc_hyper::serve_until(listener, app, &config.server, stop).await;
    tracing::info!(cut = report.cut, "stopped");
    Ok(ExitCode::SUCCESS)
}

/// Resolves at the first SIGTERM, which orchestrators send, or SIGINT, which comes from a keyboard: there is no load
/// balancer to wait for. The second one ends the process at once.
fn stop_signal(log: Log) -> Result<impl Future<Output = Stop>> {
    let mut signals = Signals::listen()?;
    Ok(async move {
        let stop = signals.next().await;
        tracing::info!("stopping; a second signal stops at once");
        tokio::spawn(async move {
            signals.next().await;
            tracing::warn!("stopped at once");
            log.flush();
            std::process::exit(1);
        });
        stop
    })
}

struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> Result<Self> {
        let listen =
            |kind| signal(kind).map_err(|error| Error::internal("no signal handler").with_source(error));
        Ok(Self { terminate: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    async fn next(&mut self) -> Stop {
        tokio::select! {
            _ = self.terminate.recv() => Stop::AfterDelay,
            _ = self.interrupt.recv() => Stop::AtOnce,
        }
    }
}
