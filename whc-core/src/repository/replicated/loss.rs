//! How much a new snapshot may have lost before the one that is shown is better.

use crate::error::{Error, Result};
use crate::repository::snapshot::Snapshot;

/// Refuses `fresh` if it has no sites, or has lost more than `most` percent of those that `shown` has.
///
/// A table that was emptied, a restore half way and an import into the wrong database look like any other change.
pub(super) fn check(fresh: &Snapshot, shown: Option<&Snapshot>, most: u8) -> Result<()> {
    let Some(shown) = shown else { return filled(fresh) };
    let known = shown.sites().len();
    let lost = shown.sites().iter().filter(|site| fresh.get(site.id).is_none()).count();
    if !fresh.sites().is_empty() && lost * 100 <= known * usize::from(most) {
        return Ok(());
    }
    Err(Error::refused(format!(
        "{lost} of {known} sites are gone from the store: answers stay as they were before. Put the sites back, into a \
         database with `whc import`; or restart, if they are to be gone"
    )))
}

fn filled(fresh: &Snapshot) -> Result<()> {
    let empty = "the store has no sites yet: fill it, a database with `whc import`";
    if fresh.sites().is_empty() { Err(Error::unavailable(empty)) } else { Ok(()) }
}
