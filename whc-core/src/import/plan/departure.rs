//! Known sites that are not in the file: newer than it, or missing from the list.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::import::options::Options;
use crate::site::{Site, SiteId, Status, Year};

/// The sites on the list that the file does not have.
#[derive(Debug, Default)]
pub(super) struct Absent<'a> {
    /// Those inscribed before the file's year: the file should have them.
    pub(super) gone: Vec<&'a Arc<Site>>,
    /// Those inscribed in that year or later: the file may have been too early for them.
    pub(super) newer: usize,
    /// How many sites the file should have.
    expected: usize,
}

impl<'a> Absent<'a> {
    /// `mentioned` are the sites that the file of this edition has.
    pub(super) fn find(
        current: &'a [Arc<Site>],
        mentioned: &BTreeSet<SiteId>,
        edition: Option<Year>,
    ) -> Self {
        let mut absent = Self::default();
        for site in current.iter().filter(|site| site.status == Status::Inscribed) {
            let expected = edition.is_some_and(|edition| site.inscribed < edition);
            absent.expected += usize::from(expected);
            if mentioned.contains(&site.id) {
                continue;
            }
            if expected {
                absent.gone.push(site);
            } else {
                absent.newer += 1;
            }
        }
        absent
    }

    /// Refuses a file that lacks more than 2 % of what it should have: it is more likely incomplete than right. One that lacks
    /// more than 10 % is a part of the list for sure, whatever is allowed, unless such changes of the status are accepted.
    pub(super) fn check(&self, options: &Options) -> Result<()> {
        let (gone, expected) = (self.gone.len(), self.expected);
        let is_part = gone * 10 > expected;
        let accepted = options.accepted.iter().any(|field| field.as_str() == "status");
        if gone <= 3 || gone * 50 <= expected || options.allow_removals && (accepted || !is_part) {
            return Ok(());
        }
        let named: Vec<_> =
            self.gone.iter().take(5).map(|site| format!("{} {}", site.id, site.names.english())).collect();
        let rest = match (is_part, options.allow_removals) {
            (false, _) => {
                "so it may be truncated or filtered; nothing was changed. If these sites did leave the list, allow removals \
                 (--allow-removals)"
            }
            (true, false) => {
                "so it has only a part of the list, truncated or filtered, and an import wants a whole one; nothing was \
                 changed. Fetch all of it; a part is taken from an export of this service only"
            }
            (true, true) => {
                "so it has only a part of the list, truncated or filtered, and removals are allowed for 10 % at most; \
                 nothing was changed. Fetch all of it. If all these sites did leave the list: --accept-changes status"
            }
        };
        let named = named.join("; ");
        Err(Error::refused(format!(
            "the file lacks {gone} of {expected} sites it should have ({named}, …), {rest}"
        )))
    }
}

/// The site as one that left the list in `year`.
pub(super) fn delisted(site: &Site, year: Year) -> Site {
    Site { status: Status::Delisted { year }, ..site.clone() }
}
