//! `whc serve`: the server, from the environment to the last connection.

use std::process::ExitCode;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use whc_core::{App, Config, Error, Result, SystemClock, repository};

pub(super) async fn run(config: &Config) -> Result<ExitCode> {
    let sites = repository::open(config)?;
    let app = App::with(sites, config.web.clone(), Arc::new(SystemClock));
    let address = config.server.listen;
    let failed = |error| Error::unavailable(format!("cannot listen on {address}")).with_source(error);
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    tracing::info!("listening on http://{bound}, try http://localhost:{}/api/whcsites", bound.port());

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
