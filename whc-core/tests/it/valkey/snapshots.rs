//! Snapshots that processes share: those that start read nothing from the database, and show what it has.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::Request;
use whc_core::testing::{TestDatabase, TestValkey, conformance};
use whc_core::{
    App, ChangeQuery, Config, MemorySites, Page, PostgresSites, ReplicatedSites, Result, SharedSnapshots,
    Site, SiteId, SiteQuery, SiteRepository, SiteStore, Snapshot, Valkey, Version, async_trait, repository,
};

use super::{behind_proxy, valkey};
use crate::client::{json, send};

/// Counts how often everything is read.
struct Counted {
    source: Arc<dyn SiteRepository>,
    loads: AtomicUsize,
}

#[async_trait]
impl SiteRepository for Counted {
    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>> {
        self.source.get(id).await
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        self.source.list(query).await
    }

    async fn version(&self) -> Result<Version> {
        self.source.version().await
    }

    async fn load(&self, version: Version, known: Option<&Snapshot>) -> Result<Snapshot> {
        self.loads.fetch_add(1, Ordering::Relaxed);
        self.source.load(version, known).await
    }
}

struct Scene {
    database: TestDatabase,
    server: TestValkey,
    counted: Arc<Counted>,
}

impl Scene {
    /// The sites of the suite.
    async fn small() -> Self {
        let (database, server) = (TestDatabase::new().await, TestValkey::new().await);
        let store = PostgresSites::new(&database.config()).unwrap();
        store.revise(&mut |_| Ok(conformance::fixture())).await.unwrap();
        let counted = Arc::new(Counted { source: Arc::new(store), loads: AtomicUsize::new(0) });
        Self { database, server, counted }
    }

    /// The list compiled in too, and some sites changed by curators.
    async fn new() -> Self {
        let small = Self::small().await;
        let store = PostgresSites::new(&small.database.config()).unwrap();
        let embedded = MemorySites::embedded().unwrap().list_all(&SiteQuery::ALL).await.unwrap();
        let others = embedded.iter().filter(|site| site.id.get() > 50);
        let others: Vec<Site> = others.map(|site| Site::clone(site)).collect();
        store.revise(&mut |_| Ok(others.clone())).await.unwrap();
        let marks = "INSERT INTO whc.site_curated VALUES (3, 'danger'), (3, 'names'), (4, 'point')";
        small.database.execute(marks).await.unwrap();
        small
    }

    fn loads(&self) -> usize {
        self.counted.loads.swap(0, Ordering::Relaxed)
    }

    /// A process that starts.
    async fn started(&self, valkey: &Valkey) -> ReplicatedSites {
        let source = Arc::<Counted>::clone(&self.counted);
        let replica =
            ReplicatedSites::new(Arc::new(SharedSnapshots::new(source, valkey.clone()).unwrap())).on_demand();
        replica.refresh().await.unwrap();
        replica
    }

    fn valkey(&self) -> Valkey {
        valkey(&self.server.config())
    }

    /// Whether a process shows exactly what the database has.
    async fn check(&self, replica: &ReplicatedSites) {
        let version = self.counted.version().await.unwrap();
        let whole = self.counted.source.load(version, None).await.unwrap();
        let shown = replica.snapshot().unwrap();
        assert_eq!(
            (shown.version(), shown.version().modified()),
            (whole.version(), whole.version().modified())
        );
        assert!(shown.version().modified().is_some());
        assert_eq!(shown.sites(), whole.sites());
        assert!(shown.sites().len() > 1000);
        for site in whole.sites() {
            assert_eq!(shown.record(site.id), whole.record(site.id), "revision and marks");
        }
        let changes = whole.changes(&ChangeQuery::LATEST);
        assert_eq!(shown.changes(&ChangeQuery::LATEST).items, changes.items);
        assert!(changes.total > 1000);
    }
}

#[tokio::test]
async fn what_comes_from_valkey_is_what_the_database_has() {
    let scene = Scene::new().await;
    let valkey = scene.valkey();
    let first = scene.started(&valkey).await;
    scene.check(&first).await;
    assert_eq!(scene.loads(), 1);
    let second = scene.started(&scene.valkey()).await;
    scene.check(&second).await;
    assert_eq!(scene.loads(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_that_start_at_once_one_reads_the_database() {
    let scene = Arc::new(Scene::small().await);
    for expected in [1, 0] {
        let starting: Vec<_> = (0..50)
            .map(|_| {
                let scene = Arc::clone(&scene);
                tokio::spawn(
                    async move { scene.started(&scene.valkey()).await.snapshot().unwrap().sites().len() },
                )
            })
            .collect();
        for started in starting {
            assert!(started.await.unwrap() > 1);
        }
        assert_eq!(scene.loads(), expected);
    }
}

#[tokio::test]
async fn what_follows_is_there_for_those_that_start_later() {
    let scene = Scene::new().await;
    let replica = scene.started(&scene.valkey()).await;
    scene.database.execute("UPDATE whc.site SET inscribed = 1999 WHERE id IN (1, 4)").await.unwrap();
    replica.refresh().await.unwrap();
    scene.check(&replica).await;
    // It is kept aside.
    for attempt in 0.. {
        let kept = scene.server.keys().await.iter().filter(|key| key.starts_with("snapshot:")).count();
        if kept == 2 {
            break;
        }
        assert!(attempt < 100, "{:?}", scene.server.keys().await);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    scene.loads();
    let later = scene.started(&scene.valkey()).await;
    scene.check(&later).await;
    assert_eq!(scene.loads(), 0);
}

#[tokio::test]
async fn a_wrong_entry_is_nothing_and_replaced() {
    let scene = Scene::new().await;
    scene.started(&scene.valkey()).await;
    let key = scene.server.keys().await.into_iter().find(|key| key.starts_with("snapshot:")).unwrap();
    let key = format!("{}:{key}", scene.server.config().prefix);
    let stored: Vec<u8> = scene.server.execute(redis::cmd("GET").arg(&key)).await.unwrap();
    let mut changed = stored.clone();
    changed[stored.len() / 2] ^= 1;
    for wrong in [changed, stored[..100].to_vec(), b"hello".to_vec(), Vec::new()] {
        let lease = key.replace(":snapshot:", ":snapshot-lease:");
        scene.server.execute::<()>(redis::cmd("DEL").arg(lease)).await.unwrap();
        scene.server.execute::<()>(redis::cmd("SET").arg(&key).arg(wrong)).await.unwrap();
        scene.loads();
        let replica = scene.started(&scene.valkey()).await;
        scene.check(&replica).await;
        assert_eq!(scene.loads(), 1);
        let replaced: Vec<u8> = scene.server.execute(redis::cmd("GET").arg(&key)).await.unwrap();
        assert_eq!(replaced, stored);
    }
}

#[tokio::test]
async fn without_valkey_and_after_a_reader_that_died_the_database_is_read() {
    let scene = Scene::new().await;
    let (config, mut proxy) = behind_proxy(scene.server.config()).await;
    proxy.cut().await;
    scene.check(&scene.started(&valkey(&config)).await).await;
    assert_eq!(scene.loads(), 1);

    // Whoever was to read it is gone: its lease ends, and the next one reads.
    let version = scene.counted.version().await.unwrap();
    let source = Arc::<Counted>::clone(&scene.counted);
    let shared = SharedSnapshots::new(source, scene.valkey()).unwrap();
    let dying = Box::pin(shared.load(version, None));
    let dead = tokio::time::timeout(Duration::from_millis(1), dying).await;
    while !scene.server.keys().await.iter().any(|key| key.starts_with("snapshot-lease:")) {
        assert!(dead.is_err(), "it was too fast to die");
        scene.server.execute::<()>(redis::cmd("SET").arg("ignored").arg(1).arg("PX").arg(1)).await.unwrap();
        let version = scene.counted.version().await.unwrap();
        let _ = tokio::time::timeout(Duration::from_millis(3), shared.load(version, None)).await;
    }
    scene.check(&scene.started(&scene.valkey()).await).await;
}

/// Two instances, one database, one Valkey, as operators run them.
#[tokio::test]
async fn what_is_written_on_one_is_read_on_the_other_within_a_second() {
    let (database, server) = (TestDatabase::new().await, TestValkey::new().await);
    let store = PostgresSites::new(&database.config()).unwrap();
    store.revise(&mut |_| Ok(conformance::fixture())).await.unwrap();
    let instance = || {
        let mut config = Config::default();
        (config.database, config.valkey) = (Some(database.config()), Some(server.config()));
        let opened = repository::open(&config).unwrap();
        (App::configured(&config, &opened).unwrap().build(), opened)
    };
    let ((one, first), (other, second)) = (instance(), instance());
    for opened in [&first, &second] {
        opened.replica.as_ref().unwrap().refresh().await.unwrap();
    }
    let following = [first, second].map(|opened| {
        tokio::spawn(async move {
            opened.follow(Duration::from_millis(200), tokio::time::sleep, std::future::pending()).await;
        })
    });
    database.execute("UPDATE whc.site SET inscribed = 1999 WHERE id = 1").await.unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    for app in [&one, &other] {
        let site = json(send(app, Request::get("/api/whcsites/1")).await);
        assert_eq!(site["data"]["date_inscribed"], 1999, "{site}");
    }
    for task in following {
        task.abort();
    }
}
