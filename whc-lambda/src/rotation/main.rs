//! `whc-rotation`: sets new passwords, tokens and keys when Secrets Manager calls it.

use std::io::Write as _;
use std::process::ExitCode;

use lambda_runtime::{Runtime, service_fn};
use whc_core::{Error, Result};
use whc_lambda::log;
use whc_lambda::rotation::{Config, Rotation};

fn main() -> ExitCode {
    let Err(error) = start() else { return ExitCode::SUCCESS };
    let _ = writeln!(std::io::stderr(), "whc-rotation: {}", error.report());
    ExitCode::FAILURE
}

fn start() -> Result<()> {
    let config = Config::from_env()?;
    if config.runtime_api.is_none() {
        return Err(Error::invalid("AWS_LAMBDA_RUNTIME_API is not set: this runs in AWS Lambda"));
    }
    log::install(&config.log)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| Error::internal("no runtime").with_source(error))?.block_on(run(&config))
}

async fn run(config: &Config) -> Result<()> {
    let missing =
        |name| Error::invalid(format!("{name} is not set: docs/OPERATIONS.md has what a rotation needs"));
    let database = config.database.as_ref().ok_or_else(|| missing("DB_HOST"))?;
    let rotation = config.rotation.as_ref().ok_or_else(|| missing("MASTER_SECRET_ARN"))?;
    let settings = whc_aws::settings().await;
    let mut rotation = Rotation::new(rotation, database, &settings)?;
    if let Some(cache) = &config.cache {
        rotation = rotation.with_cache(cache, &settings)?;
    }
    let runtime = Runtime::new(service_fn(|event| rotation.invoke(event)));
    runtime.run().await.map_err(|error| Error::unavailable("the runtime API is gone").with_source(error))
}
