//! The facts compiled in: complete, and with the totals of the list after the 48th session.

use std::collections::BTreeSet;

use whc_core::{Category, Language, MemorySites, Site, SiteQuery, SiteRepository, Status, StatusFilter};

#[tokio::test]
async fn totals_are_those_of_the_list() {
    let sites = MemorySites::embedded().unwrap();
    let list =
        sites.list(&SiteQuery::ALL.with(|query| query.status = StatusFilter::Inscribed)).await.unwrap();
    assert_eq!(list.total, 1273);
    let count = |category| list.items.iter().filter(|site| site.category == category).count();
    assert_eq!(Category::ALL.map(count), [991, 240, 42]);
    assert_eq!(list.items.iter().filter(|site| site.transboundary).count(), 51);
    let codes: BTreeSet<_> =
        list.items.iter().flat_map(|site| &site.states).filter_map(|state| state.iso).collect();
    assert_eq!(codes.len(), 173);
    assert_eq!(list.items.iter().map(|site| site.components.len()).sum::<usize>(), 5923);
    // Rows are counted before they are read.
    assert_eq!(list.items.iter().map(|site| site.components.iter().count()).sum::<usize>(), 5923);
    assert!(list.items.iter().filter(|site| site.wikidata.is_some()).count() > 1200);
}

#[test]
fn the_licence_says_true_counts() {
    let sites = whc_core::site::embedded().unwrap();
    let listed: Vec<_> = sites.iter().filter(|site| site.status == Status::Inscribed).collect();
    let count = |is: &dyn Fn(&Site) -> bool| listed.iter().filter(|site| is(site)).count();
    let missing = Language::ALL[1..].iter().map(|language| {
        format!("{language} {}", count(&|site| site.names.translations().get(*language).is_none()))
    });
    let missing: Vec<_> = missing.collect();
    let with_parts = count(&|site| !site.components.is_empty());
    let parts: usize = listed.iter().map(|site| site.components.len()).sum();
    let items = sites.iter().filter(|site| site.wikidata.is_some()).count();
    let licence = include_str!("../../data/LICENSE");
    for said in [
        format!("sites.tsv       {} sites", listed.len()),
        format!("delisted.tsv    {} sites", sites.len() - listed.len()),
        format!("components.tsv  {parts} points"),
        format!("states.tsv      {} states", whc_core::site::states().len()),
        format!("wikidata.tsv    {items} Wikidata items"),
        format!("* {} areas are unknown", count(&|site| site.area.is_none())),
        format!("Names missing: {}.", missing.join(", ")),
        format!("* {} sites are marked in danger", count(&|site| site.danger.is_current())),
        format!("Component points exist for {with_parts} sites"),
    ] {
        assert!(licence.contains(&said), "{said}");
    }
}

#[tokio::test]
async fn sites_that_left_are_remembered() {
    let sites = MemorySites::embedded().unwrap();
    let gone = sites.list(&SiteQuery::ALL.with(|query| query.status = StatusFilter::Delisted)).await.unwrap();
    let superseded = gone.items.iter().filter(|site| site.status.superseded_by().is_some()).count();
    assert_eq!((gone.items.len() - superseded, superseded), (3, 1));
    assert!(gone.items.iter().all(|site| site.status != Status::Inscribed && site.status.left().is_some()));
}
