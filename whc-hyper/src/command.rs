//! The command line and its exit statuses.

mod healthcheck;
mod import;
mod log;
mod migrate;
mod serve;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use whc_core::config::DatabaseConfig;
use whc_core::{Error, Result};
use whc_hyper::Config;

/// The World Heritage List over HTTP.
///
/// Without a command it serves: from PostgreSQL where DATABASE_URL says so, else from the facts compiled in.
#[derive(Debug, Parser)]
#[command(name = "whc", version, arg_required_else_help = false)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer requests on HOST:PORT (0.0.0.0:4000); the default
    Serve,
    /// Bring the schema of the database at DATABASE_URL to what this binary needs
    Migrate(migrate::Arguments),
    /// Read an official UNESCO file into the database at DATABASE_URL
    Import(import::Arguments),
    /// Ask the server on PORT of this machine whether it lives; for containers without a shell
    Healthcheck,
}

/// Runs the command; 0 is success, 1 failure, 2 an invalid command line or configuration.
pub(crate) fn run(arguments: Arguments) -> ExitCode {
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(error) => return fail(&error, 2),
    };
    let done = log::install(&config.log).and_then(|()| block_on(arguments.command, &config));
    done.unwrap_or_else(|error| fail(&error, 1))
}

fn block_on(command: Option<Command>, config: &Config) -> Result<ExitCode> {
    let mut builder = match command {
        None | Some(Command::Serve) => tokio::runtime::Builder::new_multi_thread(),
        Some(_) => tokio::runtime::Builder::new_current_thread(),
    };
    let runtime = builder.enable_all().build();
    let runtime = runtime.map_err(|error| Error::internal("no runtime").with_source(error))?;
    runtime.block_on(async {
        match command.unwrap_or(Command::Serve) {
            Command::Serve => serve::run(config).await,
            Command::Migrate(arguments) => migrate::run(config, &arguments).await,
            Command::Import(arguments) => import::run(config, &arguments).await,
            Command::Healthcheck => healthcheck::run(config).await,
        }
    })
}

/// The database, for commands that need one.
fn database(config: &Config) -> Result<&DatabaseConfig> {
    let missing = "this needs a database: set DATABASE_URL, for example to postgres://user@localhost/whc";
    config.core.database.as_ref().ok_or_else(|| Error::invalid(missing))
}

/// Writes a line to standard output; a closed pipe is not a failure.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn fail(error: &Error, code: u8) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "whc: {}", error.report());
    ExitCode::from(code)
}
