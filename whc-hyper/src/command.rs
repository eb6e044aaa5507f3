//! The command line and its exit statuses.

mod ask;
mod config;
mod export;
mod flags;
mod healthcheck;
mod history;
mod import;
mod log;
mod migrate;
mod serve;
mod variable;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use whc_core::config::DatabaseConfig;
use whc_core::{Error, Result};
use whc_hyper::Config;

use self::flags::Given;
use self::log::Log;
use self::variable::{ADDRESS, AUTH, DATABASE, LIMITS, LOG, LOGIN, SERVER, VALKEY};

/// The World Heritage List over HTTP.
///
/// Without a command it serves: from PostgreSQL where DATABASE_URL says so, else from the facts compiled in.
#[derive(Debug, Parser)]
#[command(name = "whc", version, arg_required_else_help = false, args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    server: flags::Server,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer requests on HOST:PORT (0.0.0.0:4000); the default
    Serve(flags::Server),
    /// Bring the schema of the database at DATABASE_URL to what this binary needs
    Migrate(migrate::Arguments),
    /// Read an official UNESCO file into the database at DATABASE_URL
    Import(import::Arguments),
    /// Write the list into a file, or to standard output, in any format of the API
    Export(export::Arguments),
    /// Say what changed in the sites, the latest first
    History(history::Arguments),
    /// Ask the server on PORT of this machine whether it lives; for containers without a shell
    Healthcheck(flags::Address),
    /// Say which settings are in force, and where each comes from; secrets are masked
    Config(flags::Server),
}

impl Command {
    /// What its flags say instead of variables.
    fn given(&self) -> Given {
        match self {
            Self::Serve(flags) | Self::Config(flags) => flags.given(),
            Self::Migrate(arguments) => arguments.database.given(),
            Self::Import(arguments) => arguments.database.given(),
            Self::Export(arguments) => arguments.database.given(),
            Self::History(arguments) => arguments.database.given(),
            Self::Healthcheck(flags) => flags.given(),
        }
    }
}

/// The arguments of this process; wrong ones and questions for help end it here.
pub(crate) fn arguments() -> Arguments {
    let (address, server) = (ADDRESS.as_slice(), SERVER.as_slice());
    let (auth, login) = (AUTH.as_slice(), LOGIN.as_slice());
    let (database, valkey, log) = (DATABASE.as_slice(), VALKEY.as_slice(), LOG.as_slice());
    let serving = variable::help(&[address, server, LIMITS.as_slice(), auth, login, database, valkey, log]);
    let storing = variable::help(&[database, log]);
    let command = ["serve", "config"].into_iter().fold(Arguments::command(), |command, name| {
        command.mut_subcommand(name, |command| command.after_help(serving.clone()))
    });
    let command = ["migrate", "import", "export", "history"].into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, |command| command.after_help(storing.clone()))
    });
    let command = command
        .mut_subcommand("healthcheck", |command| command.after_help(variable::help(&[address])))
        .after_help("`whc serve --help` shows the variables of the server.");
    let arguments = command.try_get_matches().and_then(|matches| Arguments::from_arg_matches(&matches));
    arguments.unwrap_or_else(|error| {
        if let Err(failed) = written(error.print()) {
            fail(&failed, 1);
            std::process::exit(1);
        }
        std::process::exit(error.exit_code())
    })
}

/// Runs the command; 0 is success, 1 failure, 2 an invalid command line or configuration.
pub(crate) fn run(arguments: Arguments) -> ExitCode {
    let command = arguments.command.unwrap_or(Command::Serve(arguments.server));
    let given = command.given();
    let variables = flags::variables(&given);
    let installed = Config::from_variables(&variables)
        .and_then(|config| Ok((log::install(&config.log, config.core.development.disable_auth)?, config)));
    let (log, config) = match installed {
        Ok(installed) => installed,
        Err(error) => return fail(&error, 2),
    };
    warn_of_slips();
    let said = match command {
        Command::Config(_) => config::run(&config, &given, &variables),
        _ => Ok(()),
    };
    let is_probe = matches!(command, Command::Healthcheck(_));
    let done = said.and_then(|()| block_on(command, &config, &log));
    log.flush();
    // What is invalid is a setting, such as the name of a file; of probes Docker knows 1 alone.
    done.unwrap_or_else(|error| fail(&error, if error.is_invalid() && !is_probe { 2 } else { 1 }))
}

/// Says which variables look like a slip of one that counts. Their names are enough.
fn warn_of_slips() {
    for name in std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()) {
        if let Some(known) = variable::slip_of(&name) {
            tracing::warn!("the variable {name} means nothing here; is it {known}?");
        }
    }
}

fn block_on(command: Command, config: &Config, log: &Log) -> Result<ExitCode> {
    let mut builder = match command {
        Command::Serve(_) => tokio::runtime::Builder::new_multi_thread(),
        _ => tokio::runtime::Builder::new_current_thread(),
    };
    let runtime = builder.enable_all().build();
    let runtime = runtime.map_err(|error| Error::internal("no runtime").with_source(error))?;
    runtime.block_on(async {
        log::outlive_the_file_size_limit()?;
        match command {
            Command::Serve(_) => serve::run(config, log).await,
            Command::Migrate(arguments) => migrate::run(config, &arguments).await,
            Command::Import(arguments) => import::run(config, &arguments).await,
            Command::Export(arguments) => export::run(config, &arguments).await,
            Command::History(arguments) => history::run(config, &arguments).await,
            Command::Healthcheck(_) => healthcheck::run(config).await,
            // Said already.
            Command::Config(_) => Ok(ExitCode::SUCCESS),
        }
    })
}

/// The database, for commands that need one.
fn database(config: &Config) -> Result<&DatabaseConfig> {
    let missing = "this needs a database: set DATABASE_URL, for example to postgres://user@localhost/whc";
    config.core.database.as_ref().ok_or_else(|| Error::invalid(missing))
}

/// Writes a line to standard output.
fn say(text: &str) -> Result<()> {
    written(writeln!(std::io::stdout(), "{text}"))
}

/// What was said is lost where it cannot be written; but who closes a pipe has seen enough.
fn written(outcome: io::Result<()>) -> Result<()> {
    match outcome {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::unavailable("standard output cannot be written").with_source(error))
        }
        _ => Ok(()),
    }
}

fn fail(error: &Error, code: u8) -> ExitCode {
    let _ = writeln!(io::stderr(), "whc: {}", error.report());
    ExitCode::from(code)
}
