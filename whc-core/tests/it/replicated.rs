//! A replica of another store: its snapshot is always of one version, and stays after a failure.

mod freshness;
mod inheritance;
mod loss;
mod source;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use whc_core::testing::{TestDatabase, conformance};
use whc_core::{
    ChangeQuery, MemorySites, PostgresSites, ReplicatedSites, SiteId, SiteQuery, SiteRepository, SiteStore,
    Window,
};

use self::source::Source;

/// The name of all sites of the snapshot, which must be the same.
async fn name(sites: &dyn SiteRepository) -> String {
    let page = sites.list(&SiteQuery::ALL).await.unwrap();
    let name = page.items[0].names.english().to_owned();
    assert!(page.items.iter().all(|site| site.names.english() == name), "half of one, half of another");
    name
}

#[tokio::test]
async fn it_keeps_the_promises_of_its_source() {
    let snapshot = ReplicatedSites::new(Arc::new(MemorySites::new(conformance::fixture())));
    snapshot.refresh().await.unwrap();
    conformance::check(&snapshot).await;

    let database = TestDatabase::new().await;
    let source = Arc::new(PostgresSites::new(&database.config()).unwrap());
    let snapshot = ReplicatedSites::new(Arc::clone(&source) as Arc<dyn SiteRepository>);
    snapshot.refresh().await.unwrap_err();
    source.revise(&mut |_| Ok(conformance::fixture())).await.unwrap();
    snapshot.refresh().await.unwrap();
    conformance::check(&snapshot).await;
    assert_eq!(snapshot.version().await.unwrap(), source.version().await.unwrap());
    let told = snapshot.changes(&ChangeQuery::LATEST).await.unwrap();
    assert_eq!(told, source.changes(&ChangeQuery::LATEST).await.unwrap());
    assert_eq!(told.total, conformance::fixture().len() as u64);
}

#[tokio::test]
async fn without_a_snapshot_nothing_is_answered() {
    let source = Source::of(1, "One");
    source.fail(Some("away"));
    let snapshot = ReplicatedSites::new(source.clone());
    for _ in 0..2 {
        let error = snapshot.get(SiteId::new(1).unwrap()).await.unwrap_err();
        assert!(error.is_unavailable() && error.to_string() == "the sites are not loaded yet", "{error}");
        assert!(snapshot.version().await.is_err() && snapshot.ready().await.is_err());
        assert_eq!(snapshot.refresh().await.unwrap_err().to_string(), "away");
    }
    assert_eq!(snapshot.ready().await.unwrap_err().to_string(), "away");
}

#[tokio::test]
async fn a_list_longer_than_a_page_is_read_whole() {
    let count = Window::MAX_LIMIT * 2 + 5;
    let snapshot = ReplicatedSites::new(Source::of(count, "Many"));
    snapshot.refresh().await.unwrap();
    let last = SiteId::new(count).unwrap();
    assert!(snapshot.get(last).await.unwrap().is_some());
    assert_eq!(snapshot.list(&SiteQuery::default()).await.unwrap().total, u64::from(count));
}

#[tokio::test]
async fn a_failure_leaves_the_last_good_snapshot() {
    let source = Source::of(3, "Good");
    let snapshot = ReplicatedSites::new(source.clone());
    snapshot.refresh().await.unwrap();
    source.rename(3, "Better").await;

    source.short.store(true, Ordering::Relaxed);
    let error = snapshot.refresh().await.unwrap_err();
    assert_eq!(error.to_string(), "the list has 2 of 3 sites");
    source.short.store(false, Ordering::Relaxed);
    source.fail(Some("away"));
    assert!(snapshot.refresh().await.unwrap_err().is_unavailable());
    assert_eq!(name(&snapshot).await, "Good");
    snapshot.ready().await.unwrap();
    assert_eq!(snapshot.freshness().unwrap().failure.as_deref(), Some("away"));

    source.fail(None);
    snapshot.refresh().await.unwrap();
    assert_eq!(name(&snapshot).await, "Better");
    assert_eq!(snapshot.freshness().unwrap().failure, None);
}

#[tokio::test]
async fn a_panic_of_the_source_spoils_one_check_only() {
    let source = Source::of(1, "Good");
    let snapshot = Arc::new(ReplicatedSites::new(source.clone()));
    source.panics.store(true, Ordering::Relaxed);
    let checking = Arc::clone(&snapshot);
    assert!(tokio::spawn(async move { checking.refresh().await }).await.unwrap_err().is_panic());
    source.panics.store(false, Ordering::Relaxed);
    snapshot.refresh().await.unwrap();
}

#[tokio::test]
async fn data_that_changes_while_it_is_read_is_read_again() {
    let source = Source::of(3, "Early");
    let snapshot = ReplicatedSites::new(source.clone());
    source.restless.store(2, Ordering::Relaxed);
    snapshot.refresh().await.unwrap();
    assert_eq!(
        (name(&snapshot).await.as_str(), source.lists.load(Ordering::Relaxed)),
        ("Changed, 1 to go", 3)
    );
    assert_eq!(snapshot.version().await.unwrap(), source.version().await.unwrap());

    source.rename(3, "Restless").await;
    source.restless.store(usize::MAX, Ordering::Relaxed);
    assert!(snapshot.refresh().await.unwrap_err().to_string().contains("faster than it can be read"));
    assert_eq!(name(&snapshot).await, "Changed, 1 to go");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readers_see_one_whole_version_while_snapshots_change() {
    let source = Source::of(500, "0");
    let snapshot = Arc::new(ReplicatedSites::new(source.clone()));
    snapshot.refresh().await.unwrap();
    let done = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..3)
        .map(|_| {
            let (snapshot, done) = (Arc::clone(&snapshot), Arc::clone(&done));
            tokio::spawn(async move {
                let mut latest = 0;
                while !done.load(Ordering::Relaxed) {
                    let number: u32 = name(&*snapshot).await.parse().unwrap();
                    assert!(number >= latest, "from {latest} back to {number}");
                    latest = number;
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    for number in 1..=50 {
        source.rename(500, &number.to_string()).await;
        snapshot.refresh().await.unwrap();
        assert_eq!(name(&*snapshot).await, number.to_string());
    }
    done.store(true, Ordering::Relaxed);
    for reader in readers {
        reader.await.unwrap();
    }
}
