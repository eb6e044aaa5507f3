//! `whc migrate`: bring the database to the schema of this binary, or say how far it is.

use std::process::ExitCode;

use clap::Args;
use whc_core::{Migrations, Result};
use whc_hyper::Config;

use super::{database, flags, say};

/// The exit status of `--check` when there is something to do.
const PENDING: u8 = 3;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Say what is pending and change nothing; the exit status is 3 if anything is
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    pub(super) database: flags::Database,
}

pub(super) async fn run(config: &Config, arguments: &Arguments) -> Result<ExitCode> {
    let migrations = Migrations::new(database(config)?);
    let status = if arguments.check { migrations.check().await? } else { migrations.apply().await? };
    say(&status.to_string())?;
    Ok(if status.pending.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(PENDING) })
}
