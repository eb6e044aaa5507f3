//! The log of the functions: on standard error, where Lambda collects it.

use tracing_subscriber::{
    Layer as _, filter::Targets, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};
use whc_core::config::{LogConfig, LogFormat};
use whc_core::{Error, Result};

/// Installs the log for the whole process. Filters do not support spans, which saves a megabyte of regular expressions.
///
/// # Errors
/// The filter cannot be understood.
pub fn install(config: &LogConfig) -> Result<()> {
    let filter: Targets = config.filter.parse().map_err(|error| {
        let expected =
            format!("RUST_LOG must be a list like \"info,whc_core=debug\", not \"{}\"", config.filter);
        Error::invalid(expected).with_source(error)
    })?;
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    let layer = if config.format == LogFormat::Json {
        lines.json().flatten_event(true).with_span_list(false).boxed()
    } else {
        lines.boxed()
    };
    tracing_subscriber::registry().with(layer.with_filter(filter)).init();
    Ok(())
}
