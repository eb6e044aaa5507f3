//! `whc-lambda`: the World Heritage List as a function of AWS Lambda.

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use lambda_runtime::{Runtime, service_fn};
use whc_core::{App, Error, Result, repository};
use whc_lambda::{Config, Function, log, shutdown};

/// How long the first snapshot may take; Lambda gives the whole start ten seconds.
const PATIENCE: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    let Err(error) = start() else { return ExitCode::SUCCESS };
    let _ = writeln!(std::io::stderr(), "whc-lambda: {}", error.report());
    ExitCode::FAILURE
}

fn start() -> Result<()> {
    // One thread: a sandbox has one invocation at a time.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| Error::internal("no runtime").with_source(error))?.block_on(run())
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
