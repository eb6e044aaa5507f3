//! The edition of a file, and whether it is newer than what is known.

use std::collections::BTreeMap;

use crate::import::Export;
use crate::site::{KnownSites, Year};

/// A list of this size has several sites of every year, so that a lone one of a year is a slip.
pub(super) const SIZE: usize = 100;

/// How many sites of a year make it one of the list's.
const SEVERAL: usize = 3;

/// The age of a file beside what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Age {
    /// It has a session that is not known, or nothing is known: what it says otherwise is a change.
    Newer,
    /// It is of the newest session known, or its age is not known: neither it nor what is known is surer.
    Same,
    /// Sessions are known that it has not: what it says otherwise was so once.
    Older,
}

/// The edition of a file: the newest session it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edition {
    /// The year of that session.
    pub year: Option<Year>,
    /// The newest year known.
    pub known: Option<Year>,
    /// The age of the file beside what is known.
    pub age: Age,
}

impl Edition {
    /// Years of inscription count as they are known, where a site is known: a file with a wrong year is not newer for it.
    /// `latest` is the last year that anything can be of.
    pub(super) fn find(export: &Export, known: &KnownSites<'_>, latest: Year) -> Self {
        let newest_known = newest(known.iter().map(|site| site.inscribed), known.len(), latest);
        let new_sites = export.records.iter().filter(|record| known.get(record.id).is_none());
        let new_years = new_sites.filter_map(|record| record.inscribed);
        let by_new = newest(new_years, export.records.len(), latest);
        let by_known = session(export, known, newest_known).or_else(|| {
            let mentioned = export.mentioned.iter().filter_map(|id| known.get(*id));
            mentioned.map(|site| site.inscribed).filter(|year| *year <= latest).max()
        });
        let year = by_new.max(by_known);
        let age = match (year, newest_known) {
            (_, None) => Age::Newer,
            (Some(year), Some(known)) if year > known => Age::Newer,
            (Some(year), Some(known)) if year < known => Age::Older,
            _ => Age::Same,
        };
        Self { year, known: newest_known, age }
    }

    /// The last year that a file of `size` sites can speak of: before a session in the year after that of the inscriptions,
    /// sites can be put in danger. Of a few sites none may be of the newest session.
    pub(super) fn horizon(&self, size: usize, latest: Year) -> Year {
        if size < SIZE {
            return latest;
        }
        let next = self.year.and_then(|year| Year::new(year.get() + 1).ok());
        next.map_or(latest, |next| next.min(latest))
    }
}

impl Edition {
    /// What an operator should know of it: what was found, and what was done.
    pub(super) fn remark(&self, believes_older: bool) -> Option<(String, &'static str)> {
        let Some(year) = self.year else {
            return Some((
                "no year of inscription tells the age of the file".to_owned(),
                "no site is taken for gone",
            ));
        };
        let known = self.known.filter(|_| self.age == Age::Older)?;
        let done = if believes_older {
            "what it says is taken all the same, as --older asks for"
        } else {
            "it only adds to what is known; --older takes what it says all the same"
        };
        Some((format!("the newest inscription in the file is of {year}, known are some of {known}"), done))
    }
}

/// How many sites a large file has of sessions after its own, of which it lacks most. One that is merely old has none.
pub(super) fn after_its_session(export: &Export, known: &KnownSites<'_>, edition: Option<Year>) -> usize {
    let Some(edition) = edition.filter(|_| export.mentioned.len() >= SIZE) else { return 0 };
    let sites = export.mentioned.iter().filter_map(|id| known.get(*id));
    sites.filter(|site| site.inscribed > edition).count()
}

/// The newest of the years until `latest`; of a large list the newest that several sites have.
fn newest(years: impl Iterator<Item = Year>, size: usize, latest: Year) -> Option<Year> {
    let several = if size < SIZE { 1 } else { SEVERAL };
    let counts = years.filter(|year| *year <= latest).fold(BTreeMap::new(), |mut counts, year| {
        *counts.entry(year).or_insert(0_usize) += 1;
        counts
    });
    counts.into_iter().rev().find(|(_, count)| *count >= several).map(|(year, _)| year)
}

/// The newest session known of which the file has a third of the sites.
fn session(export: &Export, known: &KnownSites<'_>, newest: Option<Year>) -> Option<Year> {
    let mut sessions: BTreeMap<Year, (usize, usize)> = BTreeMap::new();
    for site in known.iter().filter(|site| Some(site.inscribed) <= newest) {
        let (has, of) = sessions.entry(site.inscribed).or_default();
        *has += usize::from(export.mentioned.contains(&site.id));
        *of += 1;
    }
    sessions.into_iter().rev().find(|(_, (has, of))| has * SEVERAL >= *of).map(|(year, _)| year)
}
