//! `whc import --undo`: takes the last import back, as a new change.

use whc_core::repository::{Draft, ImportedChanges};
use whc_core::{ChangeQuery, Error, Result, RevisionOrigin, SiteStore};

use crate::command::say;

/// Takes it back, says what was left as it is, and returns whether there was anything to write.
pub(super) async fn run(store: &dyn SiteStore, dry_run: bool, full: bool) -> Result<bool> {
    let Some(imported) = store.import_to_take_back().await? else { return Err(nothing(store).await?) };
    let shown = shown(&imported);
    let source = imported.import.source.as_deref().unwrap_or("a file");
    let origin = RevisionOrigin::file(format!("undo of {source}")).taking_back(imported.import.number);
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
    let changes = store.changes(&ChangeQuery::LATEST).await?;
    Ok(match changes.items.iter().find_map(|change| change.source.as_deref()) {
        Some(source) => Error::refused(format!(
            "there is no import to take back: values before are kept since schema version 6, and that of {source} is from \
             before, or was taken back; import an earlier file, or an earlier export, instead"
        )),
        None => Error::refused("there is no import to take back"),
    })
}
