//! `whc-lambda`: the World Heritage List as a function of AWS Lambda.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use lambda_runtime::{Runtime, service_fn};
use tracing_subscriber::{
    Layer as _, filter::Targets, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};
use whc_core::config::{LogConfig, LogFormat};
use whc_core::{App, Config, Error, Result, SystemClock, repository};
use whc_lambda::{Function, shutdown};

/// How long the first picture may take; Lambda gives the whole start ten seconds.
const PATIENCE: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    let Err(error) = start() else { return ExitCode::SUCCESS };
    let _ = writeln!(std::io::stderr(), "whc-lambda: {}", error.report());
    ExitCode::FAILURE
}

fn start() -> Result<()> {
    let config = Config::from_env()?;
    if config.lambda.runtime_api.is_none() {
        let outside =
            "AWS_LAMBDA_RUNTIME_API is not set: this runs in AWS Lambda or under `cargo lambda watch`";
        return Err(Error::invalid(outside));
    }
    install_log(&config.log)?;
    // One thread: a sandbox has one invocation at a time.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| Error::internal("no runtime").with_source(error))?.block_on(run(config))
}

async fn run(config: Config) -> Result<()> {
    let opened = repository::open(&config)?;
    if let Some(snapshot) = &opened.snapshot {
        snapshot.start(config.snapshot.start, tokio::time::sleep(PATIENCE)).await?;
    }
    let app = App::with(opened.sites, config.web.clone(), Arc::new(SystemClock));
    let function = Function::new(app, opened.snapshot, config);
    shutdown::listen().await;
    let runtime = Runtime::new(service_fn(|event| function.invoke(event)));
    runtime.run().await.map_err(|error| Error::unavailable("the runtime API is gone").with_source(error))
}

/// To standard error, where Lambda collects it. Filters know no spans: that saves a megabyte of regular expressions.
fn install_log(config: &LogConfig) -> Result<()> {
    let filter: Targets = config.filter.parse().map_err(|error| {
        let expected =
            format!("RUST_LOG must be a list like \"info,whc_core=debug\", not \"{}\"", config.filter);
        Error::invalid(expected).with_source(error)
    })?;
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    let layer = match config.format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).boxed(),
    };
    tracing_subscriber::registry().with(layer.with_filter(filter)).init();
    Ok(())
}
