//! The history of the sites in a store.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::SystemTime;

use super::{FieldName, Site, SiteId, difference};
use crate::clock::to_microsecond;
use crate::error::{Error, Result};
use crate::page::{Page, Window};

/// A change of one site at one time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Change {
    /// The time, to the microsecond.
    pub at: SystemTime,
    /// The site.
    pub site: SiteId,
    /// The kind of change.
    pub kind: ChangeKind,
    /// The fields that differ, as [`difference`] names them; none unless the kind is `Changed`.
    pub fields: Vec<String>,
    /// The English name as it was afterwards.
    pub name: Option<String>,
    /// The name of the file it came from, if it came from one.
    pub source: Option<String>,
    /// Why, where a curator gave a reason.
    pub reason: Option<String>,
}

/// The ways a site can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// The site was not in the store before.
    Added,
    /// Some of its fields differ. A site that leaves the World Heritage List changes its status.
    Changed,
    /// The site is no longer in the store.
    Removed,
}

impl Change {
    /// A change of which only the arguments are known; a store that knows more sets the other fields.
    #[must_use]
    pub fn new(at: SystemTime, site: SiteId, kind: ChangeKind) -> Self {
        Self {
            at: to_microsecond(at),
            site,
            kind,
            fields: Vec::new(),
            name: None,
            source: None,
            reason: None,
        }
    }

    /// The change from `before` to `after`; `None` if they are equal.
    #[must_use]
    pub fn between(
        before: Option<&Site>,
        after: &Site,
        at: SystemTime,
        source: Option<&str>,
    ) -> Option<Self> {
        if before == Some(after) {
            return None;
        }
        let kind = if before.is_some() { ChangeKind::Changed } else { ChangeKind::Added };
        let differences = before.map(|before| difference(before, after)).unwrap_or_default();
        Some(Self {
            at: to_microsecond(at),
            site: after.id,
            kind,
            fields: differences.into_iter().map(|change| change.field.to_owned()).collect(),
            name: Some(after.names.english().to_owned()),
            source: source.filter(|source| !source.is_empty()).map(str::to_owned),
            reason: None,
        })
    }
}

impl Change {
    /// The names of the fields that differ, as far as this program knows them.
    pub(crate) fn field_names(&self) -> BTreeSet<FieldName> {
        self.fields.iter().filter_map(|field| FieldName::find(field)).collect()
    }
}

impl ChangeKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Added, Self::Changed, Self::Removed];

    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for ChangeKind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|kind| kind.name() == text);
        found.ok_or_else(|| Error::invalid(format!("a change is added, changed or removed, not \"{text}\"")))
    }
}

/// A query of the history. [`select`](Self::select) defines its result; every repository must agree with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChangeQuery {
    /// Of this time or later; `None` for all.
    pub since: Option<SystemTime>,
    /// Of these sites; empty for any.
    pub ids: BTreeSet<SiteId>,
    /// The part of the result to return.
    pub window: Window,
}

impl ChangeQuery {
    /// The latest changes of all sites, as many as one page holds.
    pub const LATEST: Self = Self { since: None, ids: BTreeSet::new(), window: Window::ALL };

    /// The same with what `change` sets, since a query can have more fields one day.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// The page of `changes`, which must be in their order: the latest first, those of one time by site.
    #[must_use]
    pub fn select(&self, changes: &[Arc<Change>]) -> Page<Arc<Change>> {
        let matching: Vec<_> = changes.iter().filter(|change| self.matches(change)).collect();
        let offset = usize::try_from(self.window.offset()).unwrap_or(usize::MAX);
        let limit = usize::try_from(self.window.limit()).unwrap_or(usize::MAX);
        let items = matching.iter().skip(offset).take(limit).map(|change| Arc::clone(change)).collect();
        Page { items, total: matching.len() as u64 }
    }

    fn matches(&self, change: &Change) -> bool {
        self.since.is_none_or(|since| to_microsecond(since) <= change.at)
            && (self.ids.is_empty() || self.ids.contains(&change.site))
    }
}
