//! Collects findings: one place in a file after another.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::finding::{Finding, Severity};
use crate::site::SiteId;

/// The most findings that are kept. An import that keeps all it knows makes 20 000.
const MOST: usize = 100_000;

/// How many rows may each have their own finding about values of one field that cannot be read.
const TOLD: usize = 20;

/// How many of them stand for all where there are more.
const EXAMPLES: usize = 3;

/// What a finding is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    /// What a person may have to look at by itself.
    #[default]
    Fact,
    /// A value without a meaning, which is as good as none: a few stand for many.
    Unreadable,
}

/// Collects findings about one place after another.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<(Kind, Finding)>,
    warnings: usize,
    /// How many are not kept.
    left: usize,
    /// What warnings are at present.
    kind: Kind,
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

    /// A warning about a row that contradicts itself, though each of its values can be read.
    pub(super) fn contradiction(&mut self, field: &'static str, found: String, done: &str) {
        let kind = std::mem::take(&mut self.kind);
        self.warn(field, found, done);
        self.kind = kind;
    }

    /// What `read` warns of are values that cannot be read.
    pub(super) fn of_values<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.kind = Kind::Unreadable;
        let value = read(self);
        self.kind = Kind::Fact;
        value
    }

    /// Takes back what was found at the present place about a field.
    pub(super) fn forget(&mut self, field: &str) {
        let here = (self.row, self.site);
        self.list.retain(|(_, finding)| {
            (finding.row, finding.site) != here || finding.field.as_deref() != Some(field)
        });
    }

    /// How many warnings there were.
    pub(super) fn warnings(&self) -> usize {
        self.warnings
    }

    /// What was found last, as it is shown.
    pub(super) fn last(&self) -> String {
        self.list.last().map(|(_, finding)| finding.to_string()).unwrap_or_default()
    }

    /// Puts what was found into the order of the file.
    pub(super) fn sort_by_row(&mut self) {
        self.list.sort_by_key(|(_, finding)| finding.row);
    }

    /// What was found; of one thing that is said of many rows the first few, and how many more there are.
    pub(super) fn into_list(mut self) -> Vec<Finding> {
        if self.left > 0 {
            let found = format!("there are {} more findings", self.left);
            self.list.push((Kind::Fact, Finding::new(Severity::Warning, found, "they are not shown")));
        }
        let mut alike: HashMap<_, Alike> = HashMap::new();
        for (_, finding) in self.list.iter().filter(|(kind, _)| *kind == Kind::Unreadable) {
            alike.entry(key(finding)).or_default().count(finding.row);
        }
        let mut list = Vec::with_capacity(self.list.len());
        for (kind, finding) in self.list {
            let many =
                alike.get_mut(&key(&finding)).filter(|alike| kind == Kind::Unreadable && alike.rows > TOLD);
            let Some(many) = many else {
                list.push(finding);
                continue;
            };
            many.told += 1;
            if many.told == EXAMPLES + 1 {
                let found = format!("{} more are like these", many.all - EXAMPLES);
                list.push(Finding { row: None, site: None, found, ..finding });
            } else if many.told <= EXAMPLES {
                list.push(finding);
            }
        }
        list
    }

    fn add(&mut self, severity: Severity, field: Option<&'static str>, found: String, done: &str) {
        let (row, site, field) = (self.row, self.site, field.map(Into::into));
        self.warnings += usize::from(severity == Severity::Warning);
        let kind = if severity == Severity::Warning { self.kind } else { Kind::Fact };
        // The last one may be asked for.
        if self.list.len() == MOST {
            self.list.pop();
            self.left += 1;
        }
        self.list.push((kind, Finding { severity, row, site, field, found, done: done.to_owned() }));
    }
}

/// What makes findings say the same thing.
fn key(finding: &Finding) -> (Option<Cow<'static, str>>, String) {
    (finding.field.clone(), finding.done.clone())
}

/// How many findings say the same thing, and of how many rows, which come one after another.
#[derive(Debug, Default)]
struct Alike {
    all: usize,
    rows: usize,
    last: Option<usize>,
    told: usize,
}

impl Alike {
    fn count(&mut self, row: Option<usize>) {
        self.all += 1;
        self.rows += usize::from(self.last != row);
        self.last = row;
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
