//! What every file comes down to: statements about sites, and how those of its kind are merged.

use super::finding::Findings;
use crate::error::Result;
use crate::site::{Site, SiteId, Translations, Year};

/// What a file says of one site.
pub(super) trait Statement {
    /// See [`Finding::row`](super::Finding::row).
    fn row(&self) -> usize;

    /// The site it says it is about.
    fn id(&self) -> SiteId;

    /// The names it has, by language.
    fn names(&self) -> Translations;

    /// The year of inscription, where it has one.
    fn inscribed(&self) -> Option<Year>;
}

/// Merges the statements of a file into the sites known before, and counts what happens to many of them. A clone counts on
/// its own.
pub(super) trait Merge: Clone {
    /// What the file is made of.
    type Statement: Statement;

    /// The site after `statement`, if the file is believed. What the statement does not have stays as it is. `None`, with a
    /// warning, where the site is not known and something is missing that every site has. `compiled` is the site in the
    /// list compiled in.
    ///
    /// # Errors
    /// What is stored cannot be read.
    fn merge(
        &mut self,
        known: Option<&Site>,
        compiled: Option<&Site>,
        statement: &Self::Statement,
        findings: &mut Findings,
    ) -> Result<Option<Site>>;

    /// Refuses a file of so many statements if too little of it was understood.
    fn check(&self, total: usize) -> Result<()>;

    /// Adds the findings about what was counted.
    fn report(&self, findings: &mut Findings);
}
