//! The history of the sites.

use std::sync::Arc;
use std::time::Duration;

use super::{Outcome, equal, equal_items, failed, fixture};
use crate::error::Result;
use crate::page::Window;
use crate::repository::{RevisionOrigin, SiteRepository, SiteStore};
use crate::site::{
    Category, Change, ChangeKind, ChangeQuery, Danger, InDanger, Language, Names, Site, SiteId, Year,
};

/// Pages, filters and order of whatever history there is.
pub(super) async fn answers(repository: &dyn SiteRepository) -> Outcome {
    let latest = latest(repository).await?;
    let mut order: Vec<_> = latest.iter().map(|change| (std::cmp::Reverse(change.at), change.site)).collect();
    if !order.is_sorted() {
        order.sort();
        return Err(format!("the order is not\n{order:#?}"));
    }
    for query in queries(&latest).map_err(failed)? {
        let found = repository.changes(&query).await.map_err(failed)?;
        let expected = query.select(&latest);
        equal(&format!("the total for {query:?}"), &found.total, &expected.total)?;
        equal_items(&format!("the answer to {query:?}"), &found.items, &expected.items)?;
    }
    Ok(())
}

fn queries(latest: &[Arc<Change>]) -> Result<Vec<ChangeQuery>> {
    let mut queries = vec![
        ChangeQuery::default(),
        ChangeQuery { window: Window::new(2, 1)?, ..ChangeQuery::LATEST },
        ChangeQuery { window: Window::new(5, 1_000_000)?, ..ChangeQuery::LATEST },
        ChangeQuery { ids: [SiteId::new(1)?, SiteId::new(2)?].into(), ..ChangeQuery::LATEST },
    ];
    for change in latest.iter().take(20) {
        let instant = Duration::from_nanos(1500);
        for since in [change.at, change.at - instant, change.at + instant] {
            queries.push(ChangeQuery { since: Some(since), ..ChangeQuery::LATEST });
        }
    }
    Ok(queries)
}

pub(super) async fn starts_empty(store: &dyn SiteStore) -> Outcome {
    equal_items("the history", &latest(store).await?, &[])
}

/// A site that is added and changed twice, each time from another file or from none.
pub(super) async fn tells(store: &dyn SiteStore) -> Outcome {
    let before = latest(store).await?;
    let [new, translated, later] = three_states().map_err(failed)?;
    for (origin, site) in [
        (RevisionOrigin::NONE, &new),
        (RevisionOrigin::file("whc-2026.xml"), &translated),
        (RevisionOrigin::file("the-same.xml"), &translated),
        (RevisionOrigin::NONE, &later),
    ] {
        store.revise_from(&origin, &mut |_| Ok(vec![site.clone()].into())).await.map_err(failed)?;
    }

    let after = latest(store).await?;
    let told = after.iter().take(3).map(|change| {
        let Change { site, kind, fields, name, source, .. } = &**change;
        (*site, *kind, fields.join(" "), name.clone(), source.clone())
    });
    let entry = |kind, fields: &str, source: Option<&str>| {
        let name = Some(later.names.english().to_owned());
        (later.id, kind, fields.to_owned(), name, source.map(str::to_owned))
    };
    let expected = [
        entry(ChangeKind::Changed, "date_inscribed", None),
        entry(ChangeKind::Changed, "name_fr danger", Some("whc-2026.xml")),
        entry(ChangeKind::Added, "", None),
    ];
    equal_items("what happened lately", &told.collect::<Vec<_>>(), &expected)?;
    equal_items("what happened before", &after[3..], &before)
}

/// A site that no store has yet, in each of its states.
fn three_states() -> Result<[Site; 3]> {
    let names = Names::new("A new site")?;
    let new = Site::new(SiteId::new(1999)?, names.clone(), Category::Cultural, Year::new(1978)?);
    let mut translations = names.translations().clone();
    translations.set(Language::French, "Un nouveau site");
    let danger = Danger::new(InDanger::Yes { since: None }, []);
    let translated = Site { names: translations.try_into()?, danger, ..new.clone() };
    let later = Site { inscribed: Year::new(1979)?, ..translated.clone() };
    Ok([new, translated, later])
}

/// Every site of the fixture was added, from no file.
pub(super) async fn all_added(store: &dyn SiteStore) -> Outcome {
    let told: Vec<_> = latest(store).await?.iter().map(|change| (change.site, change.kind)).collect();
    let expected: Vec<_> = fixture().iter().map(|site| (site.id, ChangeKind::Added)).collect();
    equal_items("the history", &told, &expected)
}

pub(super) async fn latest(repository: &dyn SiteRepository) -> Outcome<Vec<Arc<Change>>> {
    Ok(repository.changes(&ChangeQuery::LATEST).await.map_err(failed)?.items)
}
