//! `whc-rotation`: sets new passwords, tokens and keys when Secrets Manager calls it.

use std::process::ExitCode;

use lambda_runtime::{Runtime, service_fn};
use whc_core::{Error, Result};
use whc_lambda::rotation::{Config, Rotation};
use whc_lambda::{log, program};

fn main() -> ExitCode {
    program::run("whc-rotation", run())
}

async fn run() -> Result<()> {
    let config = Config::from_env()?;
    if config.runtime_api.is_none() {
        return Err(Error::invalid("AWS_LAMBDA_RUNTIME_API is not set: this runs in AWS Lambda"));
    }
    log::install(&config.log)?;
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
