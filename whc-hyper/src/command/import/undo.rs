//! `whc import --undo`: takes the last import back, as a new change.

use whc_core::repository::{Draft, ImportedChanges};
use whc_core::{ChangeQuery, Error, Result, RevisionOrigin, SiteStore};

use crate::command::say;

/// What the source of an undo begins with, before the name of the file.
const UNDO_OF: &str = "undo of ";

/// Takes it back, says what was left as it is, and returns whether there was anything to write.
pub(super) async fn run(store: &dyn SiteStore, dry_run: bool, full: bool) -> Result<bool> {
    let Some(imported) = store.import_to_take_back().await? else { return Err(nothing(store).await?) };
    let shown = shown(&imported);
    let source = imported.import.source.as_deref().unwrap_or("a file");
    let origin = RevisionOrigin::file(format!("{UNDO_OF}{source}")).taking_back(imported.import.number);
    let mut planned = Draft::default();
    store
        .revise_from(&origin, &mut |known| {
            planned = imported.take_back(known);
            Ok(if dry_run { Draft::default() } else { planned.clone() })
        })
        .await?;
    let findings = planned.findings.unwrap_or_default();
    let most = if full { findings.len() } else { 25 };
    for finding in findings.iter().take(most) {
        say(&format!("  {finding}"))?;
    }
    if findings.len() > most {
        say(&format!("  … and {} more; --full lists them all", findings.len() - most))?;
    }
    let (sites, removed) = (planned.sites.len(), planned.removed.len());
    let done = if dry_run { "dry run: nothing was written of this: " } else { "" };
    say(&format!(
        "{done}{shown} taken back: {sites} sites as they were, {removed} removed, {} values left as they are",
        findings.len()
    ))?;
    Ok(sites + removed > 0)
}

fn shown(imported: &ImportedChanges) -> String {
    let source = imported.import.source.as_deref().unwrap_or("a file");
    format!("the import of {source}, of {} sites,", imported.import.sites)
}

/// Why there is nothing to take back.
async fn nothing(store: &dyn SiteStore) -> Result<Error> {
    const WAY_OUT: &str = "to go further back, import an earlier export";
    if let Some(last) = store.last_import().await? {
        let source = last.source.as_deref().unwrap_or("a file");
        let found = match last.takes_back {
            Some(_) => format!("{} was taken back already", source.trim_start_matches(UNDO_OF)),
            None => format!("{source} changed nothing"),
        };
        return Ok(Error::refused(format!("no import is left to take back: {found}; {WAY_OUT}")));
    }
    let changes = store.changes(&ChangeQuery::LATEST).await?;
    Ok(match changes.items.iter().find_map(|change| change.source.as_deref()) {
        Some(source) => Error::refused(format!(
            "no import can be taken back: {source} was imported before schema version 6, which keeps the values; {WAY_OUT}"
        )),
        None => Error::refused("there is no import to take back"),
    })
}
