//! The log of the function: on standard error, where Lambda collects it.

use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer as _, fmt};
use whc_core::config::{LogConfig, LogFormat};
use whc_core::{Error, Result};

/// Installs the subscriber for the whole process.
///
/// # Errors
/// `RUST_LOG` is not a list of levels and modules with levels.
pub fn install(config: &LogConfig) -> Result<()> {
    // Unlike the filter of `whc` it knows no spans and no fields; that saves a megabyte of regular expressions.
    let filter: Targets = config.filter.parse().map_err(|error| {
        let example = "RUST_LOG must be a list like \"info,whc_core=debug\"";
        Error::invalid(format!("{example}, not \"{}\"", config.filter)).with_source(error)
    })?;
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    let layer = match config.format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).boxed(),
    };
    tracing_subscriber::registry().with(layer.with_filter(filter)).init();
    Ok(())
}
