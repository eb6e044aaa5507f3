//! Collects findings: one place in a file after another.

use std::borrow::Cow;

use crate::finding::{Finding, Severity};
use crate::site::SiteId;

/// The most findings that are kept. An import that keeps all it knows makes 20 000.
const MOST: usize = 100_000;

/// Collects findings about one place after another.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<Finding>,
    warnings: usize,
    /// How many are not kept.
    left: usize,
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
        self.list
            .retain(|finding| (finding.row, finding.site) != here || finding.field.as_deref() != Some(field));
    }

    /// How many warnings there were.
    pub(super) fn warnings(&self) -> usize {
        self.warnings
    }

    /// What was found last, as it is shown.
    pub(super) fn last(&self) -> String {
        self.list.last().map(ToString::to_string).unwrap_or_default()
    }

    /// Puts what was found into the order of the file.
    pub(super) fn sort_by_row(&mut self) {
        self.list.sort_by_key(|finding| finding.row);
    }

    pub(super) fn into_list(mut self) -> Vec<Finding> {
        if self.left > 0 {
            let found = format!("there are {} more findings", self.left);
            self.list.push(Finding::new(Severity::Warning, found, "they are not shown"));
        }
        self.list
    }

    fn add(&mut self, severity: Severity, field: Option<&'static str>, found: String, done: &str) {
        let (row, site, field) = (self.row, self.site, field.map(Into::into));
        self.warnings += usize::from(severity == Severity::Warning);
        // The last one may be asked for.
        if self.list.len() == MOST {
            self.list.pop();
            self.left += 1;
        }
        self.list.push(Finding { severity, row, site, field, found, done: done.to_owned() });
    }
}

/// A value as a finding quotes it: in quotes and not too long.
pub(super) fn quoted(value: &str) -> String {
    format!("\"{}\"", shortened(value))
}

/// A value or a name as a message has it: not too long.
pub(super) fn shortened(value: &str) -> Cow<'_, str> {
    const LIMIT: usize = 80;
    match value.char_indices().nth(LIMIT) {
        Some((end, _)) => Cow::Owned(format!("{}…", &value[..end])),
        None => Cow::Borrowed(value),
    }
}
