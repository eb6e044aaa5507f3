//! The log of the binary: on standard error, for people or for machines.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;
use whc_core::config::{LogConfig, LogFormat};
use whc_core::{Error, Result};

/// Installs the subscriber for the whole process.
pub(super) fn install(config: &LogConfig) -> Result<()> {
    let filter = EnvFilter::try_new(&config.filter).map_err(|error| {
        let example = "RUST_LOG must be a list of directives like \"info,whc_core=debug\"";
        Error::invalid(format!("{example}, not \"{}\"", config.filter)).with_source(error)
    })?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.format == LogFormat::Json {
        builder.json().flatten_event(true).with_current_span(false).init();
    } else {
        builder.with_ansi(std::io::stderr().is_terminal()).init();
    }
    Ok(())
}
