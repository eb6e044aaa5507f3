//! `whc import`: an official file, or the list compiled in, into the database, all of it or nothing.

mod embedded;
mod report;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use whc_core::import::{self, Export, Format, Options, Plan};
use whc_core::{
    Error, FieldName, MemorySites, PostgresSites, Result, RevisionOrigin, SiteRepository as _, SiteStore,
};
use whc_hyper::Config;

use super::{database, fail, flags};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    origin: Origin,
    /// Say what would change and write nothing; without a database, compared with the list compiled in
    #[arg(long)]
    dry_run: bool,
    /// Mark sites that are missing from the file as delisted, however many they are
    #[arg(long)]
    allow_removals: bool,
    /// Take this field from the file also where a curator has set it, by its name in the history; can be repeated
    #[arg(long, value_name = "FIELD")]
    overrule: Vec<FieldName>,
    /// Read the file as this format: xml, xls, xlsx, csv, json or geojson
    #[arg(long)]
    format: Option<Format>,
    /// List every finding and every change, however many there are
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    pub(super) database: flags::Database,
}

/// Where the sites come from.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
struct Origin {
    /// The file, as downloaded: XML, XLS, XLSX, CSV, JSON or GeoJSON; told by its content, not by its name
    file: Option<PathBuf>,
    /// Instead of a file, the list compiled in, where the database has no sites yet; where it has any, change nothing
    #[arg(long, conflicts_with_all = ["allow_removals", "overrule", "format", "full"])]
    embedded: bool,
}

pub(super) async fn run(config: &Config, arguments: &Arguments) -> Result<ExitCode> {
    let store = store(config, arguments.dry_run).await?;
    match &arguments.origin.file {
        Some(file) => match from_file(&*store, file, arguments).await {
            // The file is, and no setting.
            Err(error) if error.is_invalid() => return Ok(fail(&error, 1)),
            done => done?,
        },
        None => embedded::fill(&*store, arguments.dry_run).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn from_file(store: &dyn SiteStore, file: &Path, arguments: &Arguments) -> Result<()> {
    let shown = file.display();
    let export = read(file, arguments.format).map_err(|error| error.within(&shown))?;
    // The folders are the operator's own business.
    let name = file.file_name().map(|name| name.to_string_lossy());
    let origin = name.map_or(RevisionOrigin::NONE, RevisionOrigin::file);
    let carried_out = carry_out(store, &export, origin, arguments).await;
    let (plan, written) = carried_out.map_err(|error| error.within(&shown))?;
    report::print(&shown.to_string(), &export, &plan, written, arguments.full)
}

async fn store(config: &Config, dry_run: bool) -> Result<Box<dyn SiteStore>> {
    if dry_run && config.core.database.is_none() {
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
    origin: RevisionOrigin,
    arguments: &Arguments,
) -> Result<(Plan, Option<usize>)> {
    let overruled = || arguments.overrule.iter().copied();
    let options = Options::with_removals(arguments.allow_removals).overruling(overruled());
    let origin = origin.overruling(overruled());
    let dry_run = arguments.dry_run;
    let mut planned = None;
    let written = store
        .revise_from(&origin, &mut |current| {
            let plan = import::plan(current, export, &options)?;
            let sites = if dry_run { Vec::new() } else { plan.sites.clone() };
            planned = Some(plan);
            Ok(sites)
        })
        .await?;
    let plan = planned.ok_or_else(|| Error::internal("the store did not show its sites"))?;
    Ok((plan, (!dry_run).then_some(written)))
}
