//! Known sites that are not in the file: newer than it, or missing from the list.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::error::{Error, Result};
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

    /// Refuses a file that lacks more than 2 % of what it should have: it is more likely incomplete than right.
    pub(super) fn check(&self) -> Result<()> {
        let (gone, expected) = (self.gone.len(), self.expected);
        if gone <= 3 || gone * 50 <= expected {
            return Ok(());
        }
        let named: Vec<_> =
            self.gone.iter().take(5).map(|site| format!("{} {}", site.id, site.names.english())).collect();
        Err(Error::refused(format!(
            "the file lacks {gone} of {expected} sites it should have ({}, …), so it may be truncated or filtered; \
             nothing was changed. If these sites did leave the list, allow removals (--allow-removals)",
            named.join("; ")
        )))
    }
}

/// The site as one that left the list in `year`.
pub(super) fn delisted(site: &Site, year: Year) -> Site {
    Site { status: Status::Delisted { year }, ..site.clone() }
}
