//! What a store remembers of imports: what was found in the file, and which values changed.

mod take_back;

use std::collections::BTreeSet;
use std::time::SystemTime;

use crate::error::{Error, Result};
use crate::finding::{Finding, Severity};
#[cfg(any(feature = "postgres", test))]
use crate::site::field::SiteField;
use crate::site::{FieldName, KnownSites, Site, SiteId};

/// The argument of [`SiteStore::revise_from`](super::SiteStore::revise_from): it gets all sites and returns what to write.
pub type Drafting<'a> = dyn FnMut(&KnownSites<'_>) -> Result<Draft> + Send + 'a;

/// What to write.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Draft {
    /// The sites to insert or replace.
    pub sites: Vec<Site>,
    /// The sites to remove.
    pub removed: BTreeSet<SiteId>,
    /// What was unusual in the file, where it is an import that is to be remembered, be it that it changes nothing.
    pub findings: Option<Vec<Finding>>,
}

/// The most findings that are remembered of one import.
const MOST_FINDINGS: usize = 10_000;

impl Draft {
    /// What a file changes, and what was unusual in it.
    #[must_use]
    pub fn of_import(sites: Vec<Site>, mut findings: Vec<Finding>) -> Self {
        if findings.len() > MOST_FINDINGS {
            let found = format!("there are {} findings more", findings.len() - MOST_FINDINGS);
            findings.truncate(MOST_FINDINGS);
            findings.push(Finding::new(Severity::Warning, found, "only the first are kept"));
        }
        Self { sites, removed: BTreeSet::new(), findings: Some(findings) }
    }

    /// The same, removing these sites.
    #[must_use]
    pub fn removing(self, removed: impl IntoIterator<Item = SiteId>) -> Self {
        Self { removed: removed.into_iter().collect(), ..self }
    }
}

/// What is part of no import.
impl From<Vec<Site>> for Draft {
    fn from(sites: Vec<Site>) -> Self {
        Self { sites, ..Self::default() }
    }
}

/// An import, as the store remembers it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImportRecord {
    /// Its number; later ones have greater numbers.
    pub number: u64,
    /// When it was.
    pub at: SystemTime,
    /// The name of the file.
    pub source: Option<String>,
    /// How many sites it added, changed or removed.
    pub sites: usize,
    /// What was unusual.
    pub findings: Vec<Finding>,
    /// The number of the import that this one took back.
    pub takes_back: Option<u64>,
}

impl ImportRecord {
    /// An import of which only the arguments are known; a store sets the other fields.
    #[must_use]
    pub fn new(number: u64, at: SystemTime) -> Self {
        Self { number, at, source: None, sites: 0, findings: Vec::new(), takes_back: None }
    }
}

/// An import with all that it changed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ImportedChanges {
    /// The import.
    pub import: ImportRecord,
    /// What it changed, ordered by id.
    pub changes: Vec<ImportedChange>,
}

impl ImportedChanges {
    /// These changes of an import.
    #[must_use]
    pub fn new(import: ImportRecord, changes: Vec<ImportedChange>) -> Self {
        Self { import, changes }
    }
}

/// The values of one site before and after an import.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ImportedChange {
    /// The fields that changed; none where the site is new.
    pub fields: BTreeSet<FieldName>,
    /// The site before, with these fields only; `None` where it is new.
    pub before: Option<Site>,
    /// The site after, with these fields only; a new one whole.
    pub after: Site,
}

impl ImportedChange {
    /// What changed in these fields.
    #[must_use]
    pub fn between(before: Option<&Site>, after: &Site, fields: BTreeSet<FieldName>) -> Self {
        match before {
            Some(before) => {
                let (before, after) = (only(before, &fields), only(after, &fields));
                Self { fields, before: Some(before), after }
            }
            None => Self { fields: BTreeSet::new(), before: None, after: after.clone() },
        }
    }

    /// The change that is read from JSON of the site before and after.
    ///
    /// # Errors
    /// Internal, if that is no site.
    pub fn from_json(before: Option<&str>, after: &str, fields: BTreeSet<FieldName>) -> Result<Self> {
        let site = |text: &str| -> Result<Site> {
            serde_json::from_str(text)
                .map_err(|error| Error::internal("a value in the history cannot be read").with_source(error))
        };
        Ok(Self { fields, before: before.map(site).transpose()?, after: site(after)? })
    }

    /// The JSON of the site before and after, without what is not known or follows from other keys.
    #[cfg(any(feature = "postgres", test))]
    pub(in crate::repository) fn to_json(&self) -> (Option<String>, String) {
        (self.before.as_ref().map(json), json(&self.after))
    }
}

/// What every site has, and these fields of it.
fn only(site: &Site, fields: &BTreeSet<FieldName>) -> Site {
    let mut only = Site::new(site.id, site.names.clone(), site.category, site.inscribed);
    for field in fields {
        field.take_over(&mut only, site);
    }
    only
}

#[cfg(any(feature = "postgres", test))]
fn json(site: &Site) -> String {
    let mut json = serde_json::to_value(site).unwrap_or_default();
    if let Some(members) = json.as_object_mut() {
        members.retain(|key, value| {
            let said = match value {
                serde_json::Value::Null => false,
                serde_json::Value::Array(items) => !items.is_empty(),
                serde_json::Value::Object(members) => !members.is_empty(),
                _ => true,
            };
            said && !SiteField::is_derived(key)
        });
    }
    json.to_string()
}

#[cfg(test)]
mod tests {
    use super::ImportedChange;
    use crate::site::{differing, embedded};

    #[test]
    fn what_is_written_is_read_again() {
        let sites = embedded().unwrap();
        for pair in sites.windows(2) {
            let [before, after] = pair else { continue };
            let fields = differing(before, after).map(|(field, ..)| field).collect();
            for before in [None, Some(before)] {
                let change = ImportedChange::between(before, after, std::clone::Clone::clone(&fields));
                let (before, after) = change.to_json();
                let read = ImportedChange::from_json(before.as_deref(), &after, change.fields.clone());
                assert_eq!(read.unwrap(), change);
            }
        }
    }
}
