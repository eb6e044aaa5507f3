//! Sites that are known nowhere, and how many of them a file can have.

use std::collections::BTreeMap;

use super::edition::{Edition, SIZE};
use crate::error::{Error, Result};
use crate::import::Export;
use crate::import::basis::Basis;
use crate::import::options::Options;
use crate::import::tolerable;
use crate::site::Year;

/// More sites than a session to come can inscribe: since 2020 it examines 35 nominations, and that of 2023, which was two in one,
/// inscribed 45 sites.
const SESSION: usize = 50;

/// Counts new sites by year. The sessions of the list compiled in are whole: what a file adds to them is most likely a wrong
/// number, or of another list.
pub(super) struct Newcomers {
    /// The newest session of the list compiled in.
    whole_until: Option<Year>,
    /// Whether the file is a list that has no later one.
    knows_no_more: bool,
    /// Whether the file, or the store, has anything to do with the list compiled in.
    is_of_the_list: bool,
    accepted: bool,
    by_year: BTreeMap<Year, usize>,
}

impl Newcomers {
    pub(super) fn new(basis: &Basis<'_>, export: &Export, edition: Edition, options: &Options) -> Self {
        let whole_until = basis.whole_until();
        let is_list = export.mentioned.len() >= SIZE;
        let mut ids = export.mentioned.iter().copied().chain(basis.stored_all().map(|site| site.id));
        Self {
            whole_until,
            knows_no_more: is_list && edition.year <= whole_until,
            is_of_the_list: ids.any(|id| basis.compiled(id).is_some()),
            accepted: options.accepted.iter().any(|field| field.as_str() == "status"),
            by_year: BTreeMap::new(),
        }
    }

    /// Counts a new site, or says why it is none.
    pub(super) fn meet(&mut self, inscribed: Option<Year>) -> Result<(), String> {
        let Some(year) = inscribed else { return Ok(()) };
        if self.knows_no_more && self.is_of_whole_session(year) && !self.accepted {
            return Err(format!("the session of {year} has no such site"));
        }
        *self.by_year.entry(year).or_default() += 1;
        Ok(())
    }

    /// Refuses a file with more new sites than there can be.
    pub(super) fn check(&self, total: usize) -> Result<()> {
        if self.accepted || !self.is_of_the_list {
            return Ok(());
        }
        let of_whole: usize = self
            .by_year
            .iter()
            .filter(|(year, _)| self.is_of_whole_session(**year))
            .map(|(_, count)| count)
            .sum();
        let (count, what) = if of_whole > tolerable(total) {
            (of_whole, "of sessions of which all sites are known".to_owned())
        } else if let Some((year, count)) = self.by_year.iter().find(|(_, count)| **count > SESSION) {
            (*count, format!("of {year}, more than a session inscribes"))
        } else {
            return Ok(());
        };
        Err(Error::refused(format!(
            "the file has {count} new sites {what}; nothing was changed. Are their numbers wrong, or are they of another list, as \
             a tentative one? If it is right: --accept-changes status"
        )))
    }

    fn is_of_whole_session(&self, year: Year) -> bool {
        Some(year) <= self.whole_until
    }
}
