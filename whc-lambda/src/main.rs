//! `whc-lambda`: the World Heritage List as a function of AWS Lambda.

use std::process::ExitCode;
use std::time::Duration;

use lambda_runtime::{Runtime, service_fn};
use whc_core::{App, Error, Result, repository};
use whc_lambda::{Config, Function, log, program, shutdown};

/// How long the first snapshot may take; Lambda gives the whole start ten seconds.
const PATIENCE: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    program::run("whc-lambda", run())
}

async fn run() -> Result<()> {
    let config = Config::load().await?;
    log::install(&config.log)?;
    let opened = repository::open(&config.core)?;
    config.expect_shared_sessions(&opened)?;
    if let Some(replica) = &opened.replica {
        replica.start(config.core.snapshot.start, tokio::time::sleep(PATIENCE)).await?;
    }
    let app = App::configured(&config.core, &opened)?.build();
    let function = Function::new(app, opened.replica, config);
    shutdown::listen().await;
    let runtime = Runtime::new(service_fn(|event| function.invoke(event)));
    runtime.run().await.map_err(|error| Error::unavailable("the runtime API is gone").with_source(error))
}
