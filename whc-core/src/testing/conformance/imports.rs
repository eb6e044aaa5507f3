//! What a store remembers of imports, and notes on facts.

use super::{Outcome, equal, equal_items, expect, failed, history};
use crate::finding::{Finding, Severity};
use crate::repository::{Draft, ImportRecord, ImportedChange, RevisionOrigin, SiteStore};
use crate::site::{Category, ChangeKind, FieldName, Hectares, Names, Notes, Site, SiteId, SiteQuery, Year};

pub(super) async fn check(store: &dyn SiteStore) {
    expect("what is no import is not remembered as one", none(store)).await;
    expect("an import is remembered with its findings", is_remembered(store)).await;
    expect("an import that changes nothing is remembered", changes_nothing(store)).await;
    expect("what an import changed can be told before and after", tells(store)).await;
    expect("a note goes with the fact it is about", notes_go(store)).await;
    expect("a site is removed, and the history tells", removes(store)).await;
    expect("what was taken back is not taken back again", taken_back(store)).await;
}

async fn none(store: &dyn SiteStore) -> Outcome {
    equal("the last import", &store.last_import().await.map_err(failed)?, &None)?;
    equal("the one to take back", &store.import_to_take_back().await.map_err(failed)?, &None)
}

/// A site that no store has yet.
fn site() -> Site {
    let (id, names) = (SiteId::new(1998).expect("an id"), Names::new("Imported").expect("a name"));
    let site = Site::new(id, names, Category::Natural, year(1990));
    Site { area: hectares(7.5), notes: notes(&["area_hectares", "date_inscribed"]), ..site }
}

/// The same after another import.
fn changed() -> Site {
    let notes = notes(&["date_inscribed"]);
    Site { area: hectares(8.0), category: Category::Mixed, notes, ..site() }
}

fn hectares(area: f64) -> Option<Hectares> {
    Hectares::new(area).ok()
}

fn year(year: u16) -> Year {
    Year::new(year).expect("a year")
}

fn field(name: &str) -> FieldName {
    name.parse().expect("a field")
}

fn notes(fields: &[&str]) -> Notes {
    let notes = fields.iter().map(|name| (field(name), format!("\"{name}\" is inferred")));
    Notes::new(notes).expect("notes on other fields")
}

fn findings() -> Vec<Finding> {
    let nothing = Finding::new(Severity::Note, "the file is\n\"small\"", "nothing");
    let row = Finding { row: Some(12), field: Some("area_hectares".into()), ..nothing.clone() };
    vec![nothing, Finding { severity: Severity::Warning, ..row }.about(site().id)]
}

async fn import(
    store: &dyn SiteStore,
    source: &str,
    sites: &[Site],
    findings: Vec<Finding>,
) -> Outcome<usize> {
    let draft = Draft::of_import(sites.to_vec(), findings);
    let written = store.revise_from(&RevisionOrigin::file(source), &mut |_| Ok(draft.clone())).await;
    written.map_err(failed)
}

async fn last(store: &dyn SiteStore) -> Outcome<ImportRecord> {
    store.last_import().await.map_err(failed)?.ok_or_else(|| "there is none".to_owned())
}

async fn is_remembered(store: &dyn SiteStore) -> Outcome {
    equal("the number written", &import(store, "a.csv", &[site()], findings()).await?, &1)?;
    let last = last(store).await?;
    equal("its source", &last.source.as_deref(), &Some("a.csv"))?;
    equal("how many sites", &last.sites, &1)?;
    equal_items("its findings", &last.findings, &findings())
}

async fn changes_nothing(store: &dyn SiteStore) -> Outcome {
    let (before, version) = (last(store).await?, store.version().await.map_err(failed)?);
    import(store, "b.csv", &[site()], Vec::new()).await?;
    let last = last(store).await?;
    if last.number <= before.number || last.at < before.at {
        return Err(format!("{last:?} is not after {before:?}"));
    }
    equal("its source", &last.source.as_deref(), &Some("b.csv"))?;
    equal("how many sites", &last.sites, &0)?;
    equal("the version", &store.version().await.map_err(failed)?, &version)?;
    let found = store.import_to_take_back().await.map_err(failed)?;
    equal("the one to take back", &found.map(|found| found.import), &Some(before))
}

async fn tells(store: &dyn SiteStore) -> Outcome {
    let changes = || async {
        let found = store.import_to_take_back().await.map_err(failed)?;
        found.map(|found| found.changes).ok_or_else(|| "there is none".to_owned())
    };
    let added = ImportedChange::between(None, &site(), std::collections::BTreeSet::new());
    equal_items("what was added", &changes().await?, &[added])?;
    import(store, "c.csv", &[changed()], Vec::new()).await?;
    let fields = ["category", "area_hectares", "notes"].map(field).into();
    let told = ImportedChange::between(Some(&site()), &changed(), fields);
    equal_items("what was changed", &changes().await?, &[told])
}

async fn notes_go(store: &dyn SiteStore) -> Outcome {
    let moved = Site { inscribed: year(1991), ..changed() };
    import(store, "d.csv", std::slice::from_ref(&moved), Vec::new()).await?;
    let found = store.get(moved.id).await.map_err(failed)?;
    equal("the notes", &found.map(|site| site.notes.clone()), &Some(Notes::default()))
}

async fn removes(store: &dyn SiteStore) -> Outcome {
    let known = store.list_all(&SiteQuery::ALL).await.map_err(failed)?;
    let nowhere = SiteId::new(1997).map_err(failed)?;
    let draft = Draft::default().removing([site().id, nowhere]);
    let removed = store.revise_from(&RevisionOrigin::NONE, &mut |_| Ok(draft.clone())).await;
    equal("how many were removed", &removed.map_err(failed)?, &1)?;
    equal("the site", &store.get(site().id).await.map_err(failed)?, &None)?;
    let left: Vec<_> = known.into_iter().filter(|known| known.id != site().id).collect();
    equal_items("the others", &store.list_all(&SiteQuery::ALL).await.map_err(failed)?, &left)?;
    let latest = history::latest(store).await?;
    let told = latest.first().map(|change| (change.site, change.kind, change.name.as_deref()));
    equal("what the history tells", &told, &Some((site().id, ChangeKind::Removed, Some("Imported"))))
}

async fn taken_back(store: &dyn SiteStore) -> Outcome {
    let found = store.import_to_take_back().await.map_err(failed)?.ok_or("there is none")?;
    let origin = RevisionOrigin::file("d.csv").taking_back(found.import.number);
    let draft = Draft::of_import(vec![site()], Vec::new());
    store.revise_from(&origin, &mut |_| Ok(draft.clone())).await.map_err(failed)?;
    equal("what it took back", &last(store).await?.takes_back, &Some(found.import.number))?;
    let next = store.import_to_take_back().await.map_err(failed)?;
    let source = next.and_then(|next| next.import.source);
    equal("the next one to take back", &source.as_deref(), &Some("c.csv"))
}
