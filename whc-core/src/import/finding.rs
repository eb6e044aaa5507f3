//! Findings of an import: a place in the file, the problem there, and what was done about it.

use std::fmt;

use crate::site::SiteId;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// Good to know; nothing is lost.
    Note,
    /// A person should look: part of the file was not used, or an unlikely change was accepted.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
        })
    }
}

/// Something unusual in a file, shown as
/// `row 12, site 208, area_hectares: "many" is not a number; the area known is kept`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// The row as a spreadsheet counts, the header being the first; in XML and JSON the number of the record.
    /// `None` for findings about the whole file.
    pub row: Option<usize>,
    /// The site it is about.
    pub site: Option<SiteId>,
    /// The field it is about, as the statistics file names its column.
    pub field: Option<&'static str>,
    /// What was found.
    pub found: String,
    /// What was done about it.
    pub done: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = [
            self.row.map(|row| format!("row {row}")),
            self.site.map(|site| format!("site {site}")),
            self.field.map(str::to_owned),
        ];
        let place: Vec<_> = place.into_iter().flatten().collect();
        if !place.is_empty() {
            write!(f, "{}: ", place.join(", "))?;
        }
        write!(f, "{}; {}", self.found, self.done)
    }
}

/// Collects findings about one place after another.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<Finding>,
    warnings: usize,
    row: Option<usize>,
    site: Option<SiteId>,
}

impl Findings {
    /// Sets the place of the findings that follow.
    pub(super) fn at(&mut self, row: Option<usize>, site: Option<SiteId>) {
        (self.row, self.site) = (row, site);
    }

    pub(super) fn note(&mut self, field: impl Into<Option<&'static str>>, found: String, done: &str) {
        self.add(Severity::Note, field.into(), found, done);
    }

    pub(super) fn warn(&mut self, field: impl Into<Option<&'static str>>, found: String, done: &str) {
        self.add(Severity::Warning, field.into(), found, done);
    }

    /// Takes back what was found at the present place about a field.
    pub(super) fn forget(&mut self, field: &str) {
        let here = (self.row, self.site);
        self.list.retain(|finding| (finding.row, finding.site) != here || finding.field != Some(field));
    }

    /// How many warnings there were.
    pub(super) fn warnings(&self) -> usize {
        self.warnings
    }

    /// What was found last, as it is shown.
    pub(super) fn last(&self) -> String {
        self.list.last().map(ToString::to_string).unwrap_or_default()
    }

    pub(super) fn into_list(self) -> Vec<Finding> {
        self.list
    }

    fn add(&mut self, severity: Severity, field: Option<&'static str>, found: String, done: &str) {
        let (row, site) = (self.row, self.site);
        self.warnings += usize::from(severity == Severity::Warning);
        self.list.push(Finding { severity, row, site, field, found, done: done.to_owned() });
    }
}

/// A value as a finding quotes it: in quotes and not too long.
pub(super) fn quoted(value: &str) -> String {
    const LIMIT: usize = 80;
    match value.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("\"{}…\"", &value[..end]),
        None => format!("\"{value}\""),
    }
}
