//! Whoever writes reads what they wrote, and is told where that is not so.

use std::future::{pending, ready};
use std::sync::Arc;
use std::time::Duration;

use whc_core::repository::{Placed, SitePlacement, SitePut, WriteThrough};
use whc_core::testing::{CuttableProxy, TestDatabase, conformance};
use whc_core::{
    IfMatch, MemorySites, Names, PostgresSites, ReplicatedSites, Site, SiteRepository, SiteStore,
};

use super::{bare, curator, id, put, record, trace};

async fn placed(store: &dyn SiteStore, site: &Site) -> Placed {
    let trace = trace();
    let put = SitePut::new(site.id, Some(&IfMatch::Any), &trace);
    store.put(&curator(), &put, &mut |_| Ok(site.clone().into())).await.unwrap()
}

fn renamed(name: &str) -> Site {
    Site { names: Names::new(name).unwrap(), ..bare(1) }
}

/// A store beside a replica of it, as an instance has them.
async fn instance(store: Arc<dyn SiteStore>) -> (Arc<ReplicatedSites>, WriteThrough) {
    let source: Arc<dyn SiteRepository> = Arc::<dyn SiteStore>::clone(&store);
    let replica = Arc::new(ReplicatedSites::new(source));
    replica.refresh().await.unwrap();
    let store = WriteThrough::new(store, Arc::clone(&replica), |_| pending());
    (replica, store)
}

async fn reads_its_own_write(store: Arc<dyn SiteStore>) {
    store.revise(&mut |_| Ok(conformance::fixture())).await.unwrap();
    let (replica, through) = instance(Arc::clone(&store)).await;
    let other = replica.snapshot().unwrap().record(id(2)).unwrap();
    let Placed { placement: SitePlacement::Changed { after, .. }, is_behind: false, .. } =
        placed(&through, &renamed("Renamed")).await
    else {
        unreachable!("not changed");
    };
    let snapshot = replica.snapshot().unwrap();
    assert_eq!(snapshot.record(id(1)), Some(after), "revision and marks, too");
    let now = snapshot.record(id(2)).unwrap();
    assert_eq!(now, other);
    assert!(Arc::ptr_eq(&now.site, &other.site), "what did not change is not read again");
    assert_eq!(*snapshot.version(), store.version().await.unwrap());
    assert_eq!(through.get(id(1)).await.unwrap().unwrap().names.english(), "Renamed");
}

#[tokio::test]
async fn the_writer_reads_its_own_write() {
    reads_its_own_write(Arc::new(MemorySites::new([]))).await;
    let database = TestDatabase::new().await;
    reads_its_own_write(Arc::new(PostgresSites::new(&database.config()).unwrap())).await;
}

/// A site that is removed by hand, a restore with other revisions: the next snapshot has what is there.
#[tokio::test]
async fn what_others_do_is_read_as_well() {
    let database = TestDatabase::new().await;
    let store = Arc::new(PostgresSites::new(&database.config()).unwrap());
    store.revise(&mut |_| Ok(conformance::fixture())).await.unwrap();
    let (replica, _) = instance(Arc::clone(&store) as _).await;
    for statement in [
        "DELETE FROM whc.site WHERE id = 3",
        "UPDATE whc.site SET inscribed = 1999 WHERE id IN (1, 4)",
        "INSERT INTO whc.site_curated VALUES (5, 'danger')",
        "TRUNCATE whc.site_component",
    ] {
        database.execute(statement).await.unwrap();
        replica.refresh().await.unwrap();
        let whole = store.load(store.version().await.unwrap(), None).await.unwrap();
        let snapshot = replica.snapshot().unwrap();
        assert_eq!(snapshot.sites(), whole.sites(), "{statement}");
        for site in whole.sites() {
            assert_eq!(snapshot.record(site.id), whole.record(site.id), "{statement}");
        }
    }
}

/// Whoever came too late is told so, and reads next what the other one wrote.
#[tokio::test]
async fn who_comes_too_late_reads_what_came_before() {
    let database = TestDatabase::new().await;
    let [here, there] = [(); 2].map(|()| PostgresSites::new(&database.config()).unwrap());
    here.revise(&mut |_| Ok(vec![bare(2)])).await.unwrap();
    let (replica, through) = instance(Arc::new(here)).await;
    let name =
        || replica.snapshot().unwrap().record(id(1)).map(|record| record.site.names.english().to_owned());

    put(&there, bare(1), None).await;
    assert!(matches!(put(&through, bare(1), None).await, SitePlacement::Exists(_)));
    assert_eq!(name().as_deref(), Some("Site 1"));

    let before = IfMatch::only(&record(&there, 1).await.revision);
    put(&there, renamed("First"), Some(&before)).await;
    let SitePlacement::Stale(now) = put(&through, renamed("Second"), Some(&before)).await else {
        unreachable!("not stale");
    };
    assert_eq!(name().as_deref(), Some("First"));
    assert_eq!(replica.snapshot().unwrap().record(id(1)).map(|record| record.revision), Some(now));

    put(&there, renamed("Third"), Some(&IfMatch::only(&now))).await;
    assert!(matches!(
        put(&through, renamed("Third"), Some(&IfMatch::Any)).await,
        SitePlacement::Unchanged(_)
    ));
    assert_eq!(name().as_deref(), Some("Third"), "as if it had been written here");
}

/// The write is done, whatever becomes of the snapshot.
#[tokio::test]
async fn a_snapshot_that_cannot_follow_is_told() {
    let database = TestDatabase::new().await;
    let direct = database.config();
    let store: Arc<dyn SiteStore> = Arc::new(PostgresSites::new(&direct).unwrap());
    put(&*store, bare(1), None).await;
    let mut proxy = CuttableProxy::new(&direct.host, direct.port).await;
    let mut slow = direct;
    (slow.host, slow.port) = (proxy.address().ip().to_string(), proxy.address().port());
    let source: Arc<dyn SiteRepository> = Arc::new(PostgresSites::new(&slow).unwrap());
    let replica = Arc::new(ReplicatedSites::new(source));
    replica.refresh().await.unwrap();
    let through = WriteThrough::new(Arc::clone(&store), Arc::clone(&replica), |_| pending());
    proxy.cut().await;
    let failed = placed(&through, &renamed("Cut off")).await;
    assert!(failed.is_behind && matches!(failed.placement, SitePlacement::Changed { .. }));
    assert_eq!(record(&*store, 1).await.site.names.english(), "Cut off");
    assert_eq!(through.get(id(1)).await.unwrap().unwrap().names.english(), "Site 1");
    // Nothing is written any more, and readers do not see what is there.
    let again = placed(&through, &renamed("Cut off")).await;
    assert!(again.is_behind && matches!(again.placement, SitePlacement::Unchanged(_)));
    proxy.restore().await;
    assert!(!placed(&through, &renamed("Back")).await.is_behind);
}

#[tokio::test]
async fn a_snapshot_that_takes_too_long_is_told() {
    let database = TestDatabase::new().await;
    let store: Arc<dyn SiteStore> = Arc::new(PostgresSites::new(&database.config()).unwrap());
    put(&*store, bare(1), None).await;
    let (replica, _) = instance(Arc::clone(&store)).await;
    let limit = Arc::new(std::sync::Mutex::new(Duration::ZERO));
    let asked = Arc::clone(&limit);
    let through = WriteThrough::new(store, Arc::clone(&replica), move |time| {
        *asked.lock().unwrap() = time;
        ready(())
    });
    assert!(placed(&through, &renamed("Late")).await.is_behind);
    assert_eq!(*limit.lock().unwrap(), Duration::from_secs(2));
    // Left behind, not lost.
    replica.refresh().await.unwrap();
    assert_eq!(through.get(id(1)).await.unwrap().unwrap().names.english(), "Late");
}
