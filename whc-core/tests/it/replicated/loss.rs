//! A source that has lost its sites, or the tables they are in.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

use whc_core::config::SnapshotStart;
use whc_core::testing::{MockClock, TestDatabase, conformance};
use whc_core::{PostgresSites, ReplicatedSites, SiteQuery, SiteRepository, SiteStore};

use super::source::Source;

async fn total(sites: &dyn SiteRepository) -> u64 {
    sites.list(&SiteQuery::ALL).await.unwrap().total
}

#[tokio::test]
async fn an_emptied_source_is_not_shown() {
    let source = Source::of(10, "One");
    let snapshot = ReplicatedSites::new(source.clone());
    snapshot.refresh().await.unwrap();
    source.keep(0);
    for _ in 0..2 {
        let error = snapshot.refresh().await.unwrap_err().to_string();
        assert!(error.starts_with("10 of 10 sites are gone") && error.contains("whc import"), "{error}");
        assert_eq!(total(&snapshot).await, 10);
        snapshot.ready().await.unwrap();
        assert_eq!(snapshot.freshness().unwrap().failure, Some(error));
    }
    assert_eq!(source.lists.load(Ordering::Relaxed), 2, "what was refused is not read again");
    source.keep(9);
    snapshot.refresh().await.unwrap();
    assert_eq!((total(&snapshot).await, snapshot.freshness().unwrap().failure), (9, None));
}

#[tokio::test]
async fn a_loss_is_followed_up_to_a_limit() {
    for (most, kept, shown) in [(50, 5, 5), (50, 4, 10), (0, 9, 10), (0, 10, 10), (100, 1, 1), (100, 0, 10)] {
        let source = Source::of(10, "One");
        let snapshot = ReplicatedSites::new(source.clone()).with_max_loss(most);
        snapshot.refresh().await.unwrap();
        source.keep(kept);
        assert_eq!(snapshot.refresh().await.is_ok(), u64::from(kept) == shown, "{most} {kept}");
        assert_eq!(total(&snapshot).await, shown, "{most} {kept}");
    }
}

#[tokio::test]
async fn a_source_that_was_never_filled_is_not_ready() {
    let source = Source::of(0, "");
    let snapshot = ReplicatedSites::new(source.clone());
    let error = snapshot.start(SnapshotStart::Fail, std::future::pending()).await.unwrap_err();
    assert!(error.to_string().contains("whc import"), "{error}");
    assert!(snapshot.ready().await.unwrap_err().to_string().contains("whc import"));
    snapshot.start(SnapshotStart::Embedded, std::future::pending()).await.unwrap();
    assert!(snapshot.freshness().unwrap().embedded);
    source.keep(2);
    snapshot.refresh().await.unwrap();
    assert_eq!(total(&snapshot).await, 2);
}

#[tokio::test]
async fn what_cannot_be_read_any_more_is_noticed_within_a_minute() {
    let source = Source::of(3, "One");
    let clock = Arc::new(MockClock::at(SystemTime::UNIX_EPOCH));
    let snapshot = ReplicatedSites::with_clock(source.clone(), clock.clone());
    snapshot.refresh().await.unwrap();
    source.unreadable.store(true, Ordering::Relaxed);
    clock.advance(Duration::from_secs(59));
    snapshot.refresh().await.unwrap();
    clock.advance(Duration::from_secs(1));
    for _ in 0..2 {
        assert_eq!(snapshot.refresh().await.unwrap_err().to_string(), "unreadable");
    }
    assert_eq!(total(&snapshot).await, 3);
    source.unreadable.store(false, Ordering::Relaxed);
    snapshot.refresh().await.unwrap();
}

#[tokio::test]
async fn a_dropped_or_emptied_table_of_postgres_is_noticed() {
    let database = TestDatabase::new().await;
    let source = Arc::new(PostgresSites::new(&database.config()).unwrap());
    source.revise(&mut |_| Ok(conformance::fixture())).await.unwrap();
    let clock = Arc::new(MockClock::at(SystemTime::UNIX_EPOCH));
    let snapshot = ReplicatedSites::with_clock(source, clock.clone());
    snapshot.refresh().await.unwrap();
    let before = total(&snapshot).await;
    database.execute("TRUNCATE whc.site CASCADE").await.unwrap();
    let error = snapshot.refresh().await.unwrap_err().to_string();
    assert!(error.contains("sites are gone"), "{error}");

    let snapshot = restored(&database, clock.clone()).await;
    database.execute("DROP TABLE whc.site_extension").await.unwrap();
    snapshot.refresh().await.unwrap();
    clock.advance(Duration::from_mins(1));
    let error = snapshot.refresh().await.unwrap_err().to_string();
    assert!(error.contains("whc migrate"), "{error}");
    assert_eq!(total(&snapshot).await, before);
}

/// A snapshot of the database after everything was put back.
async fn restored(database: &TestDatabase, clock: Arc<MockClock>) -> ReplicatedSites {
    let source = Arc::new(PostgresSites::new(&database.config()).unwrap());
    source.revise(&mut |_| Ok(conformance::fixture())).await.unwrap();
    let snapshot = ReplicatedSites::with_clock(source, clock);
    snapshot.refresh().await.unwrap();
    snapshot
}
