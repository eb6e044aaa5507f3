//! `whc import`: an official file into the database, all of it or nothing.

mod report;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use whc_core::import::{self, Export, Format, Options, Plan};
use whc_core::{Config, Error, MemorySites, PostgresSites, Result, SiteRepository as _, SiteStore};

use super::database;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The file, as downloaded: XML, XLS, XLSX, CSV, JSON or GeoJSON; told by its content, not by its name
    file: PathBuf,
    /// Say what would change and write nothing; without a database, compared with the list compiled in
    #[arg(long)]
    dry_run: bool,
    /// Mark sites that are missing from the file as delisted, however many they are
    #[arg(long)]
    allow_removals: bool,
    /// Read the file as this format: xml, xls, xlsx, csv, json or geojson
    #[arg(long)]
    format: Option<Format>,
    /// List every finding and every change, however many there are
    #[arg(long)]
    full: bool,
}

pub(super) async fn run(config: &Config, arguments: &Arguments) -> Result<ExitCode> {
    let store = store(config, arguments.dry_run).await?;
    let file = arguments.file.display();
    let export = read(&arguments.file, arguments.format).map_err(|error| error.within(&file))?;
    let (plan, written) =
        carry_out(&*store, &export, arguments).await.map_err(|error| error.within(&file))?;
    report::print(&file.to_string(), &export, &plan, written, arguments.full);
    Ok(ExitCode::SUCCESS)
}

async fn store(config: &Config, dry_run: bool) -> Result<Box<dyn SiteStore>> {
    if dry_run && config.database.is_none() {
        return Ok(Box::new(MemorySites::embedded()?));
    }
    let sites = PostgresSites::new(database(config)?)?;
    sites.ready().await?;
    Ok(Box::new(sites))
}

fn read(file: &Path, format: Option<Format>) -> Result<Export> {
    let unreadable = |error| Error::invalid("the file cannot be read").with_source(error);
    let size = std::fs::metadata(file).map_err(unreadable)?.len();
    if size > import::MAX_BYTES as u64 {
        return Err(Error::refused(format!("{size} bytes are more than an official file can have")));
    }
    let bytes = std::fs::read(file).map_err(unreadable)?;
    let bar = progress_bar();
    let export = import::read_with(&bytes, format, &mut |done, total| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    export
}

/// Drawn on standard error, and only when that is a terminal.
fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("reading {bar:40} {pos}/{len} rows {elapsed}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Plans inside the transaction that writes, so that nobody can change the sites in between. A dry run writes nothing.
async fn carry_out(
    store: &dyn SiteStore,
    export: &Export,
    arguments: &Arguments,
) -> Result<(Plan, Option<usize>)> {
    let options = Options { allow_removals: arguments.allow_removals };
    let dry_run = arguments.dry_run;
    // The folders are the operator's own business.
    let name = arguments.file.file_name().map(|name| name.to_string_lossy());
    let mut planned = None;
    let written = store
        .revise_from(name.as_deref(), &mut |current| {
            let plan = import::plan(current, export, &options)?;
            let sites = if dry_run { Vec::new() } else { plan.sites.clone() };
            planned = Some(plan);
            Ok(sites)
        })
        .await?;
    let plan = planned.ok_or_else(|| Error::internal("the store did not show its sites"))?;
    Ok((plan, (!dry_run).then_some(written)))
}
