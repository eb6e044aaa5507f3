//! `whc serve`: the server, from the environment to the last connection.

use std::convert::Infallible;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;
use tokio::time::sleep;
use whc_core::{App, ChangeListener, Error, ReplicatedSites, Result, repository};
use whc_hyper::Config;

/// How long the first snapshot may keep the server from listening.
const PATIENCE: Duration = Duration::from_secs(1);

pub(super) async fn run(config: &Config) -> Result<ExitCode> {
    let opened = repository::open(&config.core)?;
    if let Some(replica) = &opened.replica {
        replica.start(config.core.snapshot.start, sleep(PATIENCE)).await?;
    }
    let app = App::builder(opened.sites).web(config.core.web.clone()).build();
    let address = config.server.listen;
    let failed = |error| Error::unavailable(format!("cannot listen on {address}")).with_source(error);
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    tracing::info!("listening on http://{bound}, try http://localhost:{}/api/whcsites", bound.port());

    let report = tokio::select! {
        report = whc_hyper::serve(listener, app, &config.server, stop_signal()?) => report,
        never = keep_fresh(opened.replica, opened.listener, config.core.snapshot.poll) => match never {},
    };
    tracing::info!(cut = report.cut, "stopped");
    Ok(ExitCode::SUCCESS)
}

/// Watches the database, in a task of its own for as long as this future lives.
async fn keep_fresh(
    replica: Option<Arc<ReplicatedSites>>,
    listener: Option<Arc<ChangeListener>>,
    poll: Duration,
) -> Infallible {
    let Some(replica) = replica else { return std::future::pending().await };
    let mut watching = JoinSet::new();
    loop {
        watching.spawn(watch(Arc::clone(&replica), listener.clone(), poll));
        // It ends by a panic only, and that must not leave the snapshot as it is for good.
        if let Some(Err(error)) = watching.join_next().await {
            tracing::error!(error = error.to_string(), "watching the database begins anew");
        }
        sleep(poll).await;
    }
}

/// Asks the database every so often, and at once where it is heard to have changed.
async fn watch(replica: Arc<ReplicatedSites>, listener: Option<Arc<ChangeListener>>, poll: Duration) {
    let Some(listener) = listener else { return replica.watch(poll, sleep).await };
    tokio::join!(replica.watch(poll, sleep), listener.listen(|| replica.hint()));
}

/// Resolves at the first SIGTERM or SIGINT; the second one ends the process at once.
fn stop_signal() -> Result<impl Future<Output = ()>> {
    let listen = |kind| signal(kind).map_err(|error| Error::internal("no signal handler").with_source(error));
    let (mut terminate, mut interrupt) = (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping; a second signal stops at once");
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            tracing::warn!("stopped at once");
            std::process::exit(1);
        });
    })
}
