//! How both programs begin and end.

use std::io::Write as _;
use std::process::ExitCode;

use whc_core::{Error, Result};

/// Runs a program to its end, and says why it failed.
pub fn run(name: &str, program: impl Future<Output = Result<()>>) -> ExitCode {
    // One thread: a sandbox has one invocation at a time.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::internal("no runtime").with_source(error));
    let Err(error) = runtime.and_then(|runtime| runtime.block_on(program)) else { return ExitCode::SUCCESS };
    let _ = writeln!(std::io::stderr(), "{name}: {}", error.report());
    ExitCode::FAILURE
}
