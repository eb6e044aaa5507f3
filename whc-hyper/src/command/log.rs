//! The log of the binary: on standard error, for people or for machines. It never holds up or ends the program.

mod mark;
mod queue;

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::PanicHookInfo;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;
use whc_core::config::{LogConfig, LogFormat};
use whc_core::{Counter, Error, Result};

use self::mark::Marked;
use self::queue::Queue;

/// How long the end of the program waits for the last lines to be written.
const LAST_LINES: Duration = Duration::from_millis(500);
/// The signal of a file that may not grow any more (`ulimit -f`), whose default is to end the program. The same number
/// on Linux, BSD and macOS.
const SIGXFSZ: i32 = 25;

/// The log, while the program runs.
#[derive(Clone)]
pub(super) struct Log {
    queue: Queue,
}

/// Installs the subscriber for the whole process; `marked` says in every line that authentication is disabled.
pub(super) fn install(config: &LogConfig, marked: bool) -> Result<Log> {
    let filter = EnvFilter::try_new(&config.filter).map_err(|error| {
        let example = "RUST_LOG must be a list of directives like \"info,whc_core=debug\"";
        Error::invalid(format!("{example}, not \"{}\"", config.filter)).with_source(error)
    })?;
    let queue = Queue::start(std::io::stderr())
        .map_err(|error| Error::internal("no thread for the log").with_source(error))?;
    let lines = queue.clone();
    let builder =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(move || lines.clone()).with_ansi(false);
    let json = config.format == LogFormat::Json;
    match (json, marked) {
        (true, false) => builder.json().flatten_event(true).with_current_span(false).init(),
        (true, true) => {
            let builder = builder.json().flatten_event(true).with_current_span(false);
            builder.map_event_format(|format| Marked { format, json }).init();
        }
        (false, false) => builder.init(),
        (false, true) => builder.map_event_format(|format| Marked { format, json }).init(),
    }
    // The standard hook writes to standard error itself, and waits for whoever reads it.
    std::panic::set_hook(Box::new(panicked));
    Ok(Log { queue })
}

impl Log {
    /// How many lines could not be written.
    pub(super) fn lost(&self) -> Counter {
        self.queue.lost()
    }

    /// Waits until everything is written, but not for long.
    pub(super) fn flush(&self) {
        self.queue.drain(LAST_LINES);
    }
}

/// Makes a write over the limit of a file's size fail, which would end the program otherwise. Must be called on the
/// runtime, whose handler then stays for as long as the program runs.
pub(super) fn outlive_the_file_size_limit() -> Result<()> {
    let handled = signal(SignalKind::from_raw(SIGXFSZ)).map(drop);
    handled.map_err(|error| Error::internal("no signal handler").with_source(error))
}

fn panicked(panic: &PanicHookInfo<'_>) {
    let backtrace = Backtrace::capture();
    let backtrace = (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string());
    let location = panic.location().map(ToString::to_string);
    tracing::error!(location, backtrace, "panicked: {}", panic.payload_as_str().unwrap_or("no message"));
}
