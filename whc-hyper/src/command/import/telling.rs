//! How much the operator is told, and where.

use std::path::PathBuf;

use clap::Args;
use whc_core::Result;
use whc_core::import::{Export, Plan};

use super::report_file::ReportFile;
use super::{explain, report};

#[derive(Args, Debug)]
pub(super) struct Telling {
    /// Say what the file was taken for and why, and what it does to each field
    #[arg(long)]
    explain: bool,
    /// Write the findings into this file too: as JSON where its name ends in .json, else as CSV
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// List every finding and every change, however many there are
    #[arg(long)]
    pub(super) full: bool,
}

impl Telling {
    /// The file for the findings, where one is asked for. It is there before anything is written into the database: who wants
    /// a report wants no import without it.
    pub(super) fn report(&self) -> Result<Option<ReportFile>> {
        self.report.as_deref().map(ReportFile::at).transpose()
    }

    /// Tells of the plan for `file`; `written` is `None` after a dry run.
    pub(super) fn tell(
        &self,
        file: &str,
        export: &Export,
        plan: &Plan,
        written: Option<usize>,
    ) -> Result<()> {
        report::print(file, export, plan, written, self.full)?;
        if self.explain {
            explain::print(export, plan)?;
        }
        Ok(())
    }
}
