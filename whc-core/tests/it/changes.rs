//! The history: what differs between two sites, what the database keeps of it, and what `/api/changes` tells.

use whc_core::site::difference;
use whc_core::testing::{TestDatabase, conformance, execute};
use whc_core::{
    ChangeKind, ChangeQuery, MemorySites, PostgresSites, Site, SiteId, SiteQuery, SiteRepository, SiteStore,
};

#[test]
fn only_equal_sites_have_no_difference() {
    let id = SiteId::new(1).unwrap();
    let sites: Vec<_> = conformance::fixture().into_iter().map(|site| Site { id, ..site }).collect();
    for (one, other) in sites.iter().flat_map(|one| sites.iter().map(move |other| (one, other))) {
        let fields = difference(one, other);
        assert_eq!(fields.is_empty(), one == other, "{one:?} and {other:?}: {fields:?}");
    }
}

#[tokio::test]
async fn a_deletion_by_hand_is_told_too() {
    let database = TestDatabase::new().await;
    let sites = PostgresSites::new(&database.config()).unwrap();
    sites.revise(&mut |_| Ok(conformance::fixture())).await.unwrap();
    let before = sites.version().await.unwrap();
    database.execute("DELETE FROM whc.site WHERE id = 2").await.unwrap();
    let latest = sites.changes(&ChangeQuery::LATEST).await.unwrap().items.swap_remove(0);
    assert_eq!((latest.site.get(), latest.kind), (2, ChangeKind::Removed));
    assert_eq!((latest.name.as_deref(), &latest.source), (Some("Site 2"), &None));
    assert_ne!(sites.version().await.unwrap(), before);
}

#[tokio::test]
async fn nobody_but_the_owner_rewrites_history() {
    let database = TestDatabase::new().await;
    let writer = database.member_of("whc_writer").await;
    let sites = PostgresSites::new(&writer).unwrap();
    sites.revise_from(Some("list.xml"), &mut |_| Ok(conformance::fixture())).await.unwrap();
    assert!(sites.changes(&ChangeQuery::default()).await.unwrap().total > 0);
    let reader = PostgresSites::new(&database.member_of("whc_reader").await).unwrap();
    assert!(reader.changes(&ChangeQuery::default()).await.unwrap().total > 0);
    for statement in ["UPDATE whc.site_change SET source = 'me'", "DELETE FROM whc.site_change"] {
        execute(&writer, statement).await.unwrap_err();
    }
    let error = sites.revise_from(Some("a\0b"), &mut |_| Ok(renamed())).await.unwrap_err();
    assert!(error.is_invalid(), "{}", error.report());
}

fn renamed() -> Vec<Site> {
    let mut site = conformance::fixture().swap_remove(1);
    site.names = whc_core::Names::new("Renamed").unwrap();
    vec![site]
}

#[tokio::test]
async fn memory_tells_states_apart_that_have_the_same_sites() {
    let sites = MemorySites::embedded().unwrap();
    let before = sites.version().await.unwrap();
    let galapagos = sites.get(SiteId::new(1).unwrap()).await.unwrap().unwrap();
    let other = Site { transboundary: !galapagos.transboundary, ..Site::clone(&galapagos) };
    for site in [other, Site::clone(&galapagos)] {
        sites.revise(&mut |_| Ok(vec![site.clone()])).await.unwrap();
    }
    assert_ne!(sites.version().await.unwrap(), before);
    let list = sites.list(&SiteQuery::EVERYTHING).await.unwrap();
    assert_eq!(list, MemorySites::embedded().unwrap().list(&SiteQuery::EVERYTHING).await.unwrap());
    let told = sites.changes(&ChangeQuery::LATEST).await.unwrap();
    assert!(told.total == 2 && told.items.iter().all(|change| change.fields == ["transboundary"]));
}
