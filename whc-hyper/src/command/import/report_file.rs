//! The findings as a file, for a spreadsheet or a program.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use whc_core::import::Finding;
use whc_core::{Error, Result};

/// A file for findings; what was there stays until there are some.
#[derive(Debug)]
pub(super) struct ReportFile {
    path: PathBuf,
    file: File,
    is_new: bool,
}

impl ReportFile {
    /// Makes sure that `path` can be written.
    pub(super) fn at(path: &Path) -> Result<Self> {
        let is_new = !path.exists();
        let file = File::options().write(true).create(true).truncate(false).open(path);
        let file = file.map_err(|error| unwritable(path, error))?;
        Ok(Self { path: path.to_owned(), file, is_new })
    }

    /// Writes the findings as JSON where the name ends in `.json`, and as CSV elsewhere.
    pub(super) fn write(mut self, findings: &[Finding]) -> Result<()> {
        self.is_new = false;
        let is_json = self.path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("json"));
        let text = if is_json {
            serde_json::to_vec_pretty(findings).map_err(|error| unwritable(&self.path, error))?
        } else {
            csv(findings).map_err(|error| unwritable(&self.path, error))?
        };
        // A terminal or a pipe has no length.
        let is_file = self.file.metadata().is_ok_and(|found| found.is_file());
        let emptied = if is_file { self.file.set_len(0) } else { Ok(()) };
        emptied.and_then(|()| self.file.write_all(&text)).map_err(|error| unwritable(&self.path, error))
    }
}

impl Drop for ReportFile {
    /// Nothing is left where it came to no findings.
    fn drop(&mut self) {
        if self.is_new {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

fn csv(findings: &[Finding]) -> std::result::Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["severity", "row", "site", "field", "found", "done"])?;
    for finding in findings {
        let row = finding.row.map(|row| row.to_string());
        let site = finding.site.map(|site| site.to_string());
        let cells = [row, site].map(Option::unwrap_or_default);
        let field = finding.field.as_deref().unwrap_or_default();
        let severity = finding.severity.to_string();
        table.write_record([&*severity, &cells[0], &cells[1], field, &finding.found, &finding.done])?;
    }
    table.into_inner().map_err(|error| error.into_error().into())
}

fn unwritable(path: &Path, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::unavailable(format!("the report {} cannot be written", path.display())).with_source(error)
}
