//! The list compiled in as the first content of a database, so that a new one has something to show.

use whc_core::{Result, SiteStore, site};

use crate::command::say;

/// Writes every embedded site where there is none yet, says what was done, and returns whether there was anything to write.
/// Looks inside the transaction that writes, so that of two at once only one does.
pub(super) async fn fill(store: &dyn SiteStore, dry_run: bool) -> Result<bool> {
    let sites = site::embedded()?;
    let (mut found, mut missing) = (0, 0);
    let written = store
        .revise(&mut |current| {
            found = current.len();
            let wanted = if current.is_empty() { sites.clone() } else { Vec::new() };
            missing = wanted.len();
            Ok(if dry_run { Vec::new() } else { wanted })
        })
        .await?;
    say(&match (missing, dry_run) {
        (0, _) => format!("nothing to write: there are {found} sites already"),
        (_, true) => format!("dry run: {missing} sites of the list compiled in would be written"),
        (_, false) => format!("{written} sites of the list compiled in written in one transaction"),
    })?;
    Ok(missing > 0)
}
