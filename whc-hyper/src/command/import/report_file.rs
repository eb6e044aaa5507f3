//! The findings as a file, for a spreadsheet or a program.

use std::path::Path;

use whc_core::import::Finding;
use whc_core::{Error, Result};

/// Writes the findings as JSON where the name ends in `.json`, and as CSV elsewhere.
pub(super) fn write(file: &Path, findings: &[Finding]) -> Result<()> {
    let is_json = file.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("json"));
    let text =
        if is_json { serde_json::to_vec_pretty(findings).map_err(unwritable)? } else { csv(findings)? };
    std::fs::write(file, text).map_err(|error| {
        Error::unavailable(format!("the report {} cannot be written", file.display())).with_source(error)
    })
}

fn csv(findings: &[Finding]) -> Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["severity", "row", "site", "field", "found", "done"]).map_err(unwritable)?;
    for finding in findings {
        let row = finding.row.map(|row| row.to_string());
        let site = finding.site.map(|site| site.to_string());
        let cells = [row, site].map(Option::unwrap_or_default);
        let field = finding.field.as_deref().unwrap_or_default();
        let severity = finding.severity.to_string();
        let record = [&*severity, &cells[0], &cells[1], field, &finding.found, &finding.done];
        table.write_record(record).map_err(unwritable)?;
    }
    table.into_inner().map_err(unwritable)
}

fn unwritable(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::internal("the report cannot be written").with_source(error)
}
