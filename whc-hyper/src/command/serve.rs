//! `whc serve`: the server, from the environment to the last connection.

use std::process::ExitCode;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;
use tokio::time::sleep;
use whc_core::{App, Error, Result, repository};
use whc_hyper::Config;

/// How long the first snapshot may keep the server from listening.
const PATIENCE: Duration = Duration::from_secs(1);

pub(super) async fn run(config: &Config) -> Result<ExitCode> {
    let opened = repository::open(&config.core)?;
    if let Some(replica) = &opened.replica {
        replica.start(config.core.snapshot.start, sleep(PATIENCE)).await?;
    }
    let app = App::builder(opened.sites.clone()).web(config.core.web.clone()).build();
    let address = config.server.listen;
    let failed = |error| Error::unavailable(format!("cannot listen on {address}")).with_source(error);
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    tracing::info!("listening on http://{bound}, try http://localhost:{}/api/whcsites", bound.port());

    // A task of its own, so that loading a snapshot holds up no connection. It ends with the server.
    let (poll, mut following) = (config.core.snapshot.poll, JoinSet::new());
    following.spawn(async move { opened.follow(poll, sleep, std::future::pending()).await });
    let report = whc_hyper::serve(listener, app, &config.server, stop_signal()?).await;
    tracing::info!(cut = report.cut, "stopped");
    Ok(ExitCode::SUCCESS)
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
