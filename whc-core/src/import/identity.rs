//! Whether a row is about the site its number says.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::basis::Basis;
use super::limit::{alike, far};
use super::record::Record;
use crate::site::{Site, SiteId, Year, fold};

/// Names and years by which a known site is found under another number; made when they are first asked for.
pub(super) struct Names<'a> {
    basis: &'a Basis<'a>,
    numbers: OnceCell<HashMap<(String, Year), SiteId>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(basis: &'a Basis<'a>) -> Self {
        Self { basis, numbers: OnceCell::new() }
    }

    /// The known site that a record under an unknown number has the name and the year of.
    pub(super) fn find(&self, record: &Record) -> Option<SiteId> {
        let name = record.names.iter().next().map(|(_, name)| fold(name))?;
        let named = |site: &Site| ((fold(site.names.english()), site.inscribed), site.id);
        let numbers = self.numbers.get_or_init(|| self.basis.iter().map(named).collect());
        numbers.get(&(name, record.inscribed?)).copied().filter(|id| *id != record.id)
    }
}

/// Whether what a row tells is of another site than `known`: of what tells sites apart, two things are otherwise. Sites are
/// renamed and grow across borders, but their names, years, categories and places do not all change at once.
pub(super) fn is_another(known: &Site, told: &Site, record: &Record) -> bool {
    let renamed = !record.names.is_empty()
        && record.names.iter().all(|(language, name)| {
            known.names.translations().get(language).is_some_and(|known| !alike(known, name))
        });
    let moved = far(known.point, told.point);
    let elsewhere = !known.states.is_empty() && !told.states.iter().any(|state| known.states.contains(state));
    let others =
        [renamed, moved, elsewhere, known.inscribed != told.inscribed, known.category != told.category];
    others.into_iter().filter(|other| *other).count() >= 2
}
