//! `whc healthcheck`: whether the server of this container answers.

use std::process::ExitCode;
use std::time::Duration;

use whc_core::{Error, Result};
use whc_hyper::Config;

/// Less than the shortest timeout an orchestrator would give the command.
const TIMEOUT: Duration = Duration::from_secs(2);

pub(super) async fn run(config: &Config) -> Result<ExitCode> {
    let address = config.server.listen;
    if address.port() == 0 {
        return Err(Error::invalid(
            "port 0 is any that is free: set PORT or --port to the one that the log says the server listens on",
        ));
    }
    let unhealthy = |error| Error::unavailable(format!("no healthy server at {address}")).with_source(error);
    whc_hyper::healthcheck(address, TIMEOUT).await.map_err(unhealthy)?;
    Ok(ExitCode::SUCCESS)
}
