//! `whc import`: an official file, or the list compiled in, into the database, all of it or nothing.

mod belief;
mod confirm;
mod embedded;
mod explain;
mod input;
mod report;
mod report_file;
mod telling;
mod undo;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use whc_core::import::{self, Export, Plan};
use whc_core::repository::Draft;
use whc_core::{Error, MemorySites, PostgresSites, Result, RevisionOrigin, SiteRepository as _, SiteStore};
use whc_hyper::Config;

use self::belief::Belief;
use self::input::Input;
use self::telling::Telling;
use super::{database, fail, flags};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    origin: Origin,
    /// Say what would change and write nothing; without a database, compared with the list compiled in
    #[arg(long)]
    dry_run: bool,
    /// Ask nothing where more than 5 % of the sites change; without a terminal nothing is asked anyway
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    belief: Belief,
    #[command(flatten)]
    telling: Telling,
    #[command(flatten)]
    pub(super) database: flags::Database,
}

/// Where the sites come from.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
struct Origin {
    /// The file, as downloaded: XML, XLS, XLSX, CSV, JSON or GeoJSON, told by its content; - reads standard input
    file: Option<PathBuf>,
    /// Instead of a file, the list compiled in, where the database has no sites yet; where it has any, change nothing
    #[arg(long, conflicts_with_all = ["Belief", "Input", "Telling"])]
    embedded: bool,
    /// Instead of a file, take the last import back: what was changed since stays, and is told
    #[arg(long, conflicts_with_all = ["Belief", "Input"])]
    undo: bool,
}

/// The exit status of a dry run that found something to write.
const WOULD_CHANGE: u8 = 3;

pub(super) async fn run(config: &Config, arguments: &Arguments) -> Result<ExitCode> {
    let store = store(config, arguments.dry_run).await?;
    let changes = match &arguments.origin {
        Origin { undo: true, .. } => undo::run(&*store, arguments.dry_run, arguments.telling.full).await?,
        Origin { file: Some(file), .. } => match from_file(&*store, file, arguments).await {
            Ok(plan) => !plan.sites.is_empty(),
            // The file is, and no setting.
            Err(error) if error.is_invalid() => return Ok(fail(&error, 1)),
            Err(error) => return Err(error),
        },
        Origin { .. } => embedded::fill(&*store, arguments.dry_run).await?,
    };
    Ok(if arguments.dry_run && changes { ExitCode::from(WOULD_CHANGE) } else { ExitCode::SUCCESS })
}

async fn from_file(store: &dyn SiteStore, file: &Path, arguments: &Arguments) -> Result<Plan> {
    let shown = file.display();
    let report = arguments.telling.report()?;
    let export = arguments.input.read(file).map_err(|error| error.within(&shown))?;
    // The folders are the operator's own business.
    let name = file.file_name().map(|name| name.to_string_lossy());
    let origin = name.map_or(RevisionOrigin::NONE, RevisionOrigin::file);
    let import = Import { store, export: &export, origin, arguments };
    let (plan, written) = import.carry_out().await.map_err(|error| error.within(&shown))?;
    report.map_or(Ok(()), |report| report.write(&plan.findings))?;
    arguments.telling.tell(&shown.to_string(), &export, &plan, written)?;
    Ok(plan)
}

async fn store(config: &Config, dry_run: bool) -> Result<Box<dyn SiteStore>> {
    if dry_run && config.core.database.is_none() {
        return Ok(Box::new(MemorySites::embedded()?));
    }
    let sites = PostgresSites::new(database(config)?)?;
    sites.ready().await?;
    Ok(Box::new(sites))
}

/// One file on its way into a store.
struct Import<'a> {
    store: &'a dyn SiteStore,
    export: &'a Export,
    origin: RevisionOrigin,
    arguments: &'a Arguments,
}

impl Import<'_> {
    /// The plan, and how many sites were written: none after a dry run.
    async fn carry_out(&self) -> Result<(Plan, Option<usize>)> {
        if self.arguments.dry_run {
            return Ok((self.revise(false).await?.0, None));
        }
        if !self.arguments.yes && confirm::is_possible() {
            confirm::confirm(&self.revise(false).await?.0)?;
        }
        let (plan, written) = self.revise(true).await?;
        Ok((plan, Some(written)))
    }

    /// Plans inside the transaction that writes, so that nobody can change the sites in between.
    async fn revise(&self, write: bool) -> Result<(Plan, usize)> {
        let belief = &self.arguments.belief;
        let options = belief.options();
        let origin = self.origin.clone().overruling(belief.overrule.iter().copied());
        let mut planned = None;
        let written = self
            .store
            .revise_from(&origin, &mut |current| {
                let plan = import::plan(current, self.export, &options)?;
                let draft = Draft::of_import(plan.sites.clone(), plan.findings.clone());
                planned = Some(plan);
                Ok(if write { draft } else { Draft::default() })
            })
            .await?;
        Ok((planned.ok_or_else(|| Error::internal("the store did not show its sites"))?, written))
    }
}
