//! Notifications of PostgreSQL: received at once, again after an outage, and treated as hints.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{sleep, timeout};
use whc_core::testing::{CuttableProxy, TestDatabase, conformance};
use whc_core::{ChangeListener, PostgresSites, ReplicatedSites, Site, SiteId, SiteRepository, SiteStore};

/// A replica that polls every hour, unless a notification comes.
struct Following {
    database: TestDatabase,
    proxy: CuttableProxy,
    source: Arc<PostgresSites>,
    snapshot: Arc<ReplicatedSites>,
}

impl Following {
    async fn start() -> Self {
        let database = TestDatabase::new().await;
        let mut config = database.config();
        let proxy = CuttableProxy::new(&config.host, config.port).await;
        let source = Arc::new(PostgresSites::new(&config).unwrap());
        (config.host, config.port) = (proxy.address().ip().to_string(), proxy.address().port());
        let listener = ChangeListener::new(&config).unwrap();
        let snapshot = Arc::new(ReplicatedSites::new(source.clone()));
        let following = Arc::clone(&snapshot);
        tokio::spawn(async move {
            let hour = Duration::from_hours(1);
            tokio::join!(following.watch(hour, sleep), listener.listen(|| following.hint()));
        });
        Self { database, proxy, source, snapshot }
    }

    async fn write(&self, count: usize) {
        self.source.revise(&mut |_| Ok(sites(count))).await.unwrap();
    }

    /// Whether the snapshot has the site with this number soon.
    async fn sees(&self, count: usize, limit: Duration) -> bool {
        let id = sites(count).pop().unwrap().id;
        let seen = async {
            while !matches!(self.snapshot.get(id).await, Ok(Some(_))) {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(limit, seen).await.is_ok()
    }
}

fn sites(count: usize) -> Vec<Site> {
    let sites = (1..=u32::try_from(count).unwrap())
        .map(|id| Site { id: SiteId::new(id).unwrap(), ..conformance::fixture().swap_remove(1) });
    sites.collect()
}

const SOON: Duration = Duration::from_secs(1);

#[tokio::test]
async fn a_change_is_seen_long_before_the_next_poll() {
    let following = Following::start().await;
    for count in 1..=3 {
        following.write(count).await;
        assert!(following.sees(count, SOON).await, "change {count}");
    }
}

#[tokio::test]
async fn a_lost_connection_is_opened_again_and_what_was_missed_is_seen() {
    let mut following = Following::start().await;
    following.write(1).await;
    assert!(following.sees(1, SOON).await);
    // Lets the checks of earlier notifications finish before the connection is cut.
    sleep(SOON / 2).await;
    following.proxy.cut().await;
    following.write(2).await;
    assert!(!following.sees(2, SOON / 4).await);
    following.proxy.restore().await;
    assert!(following.sees(2, 5 * SOON).await, "the first pause is about a second");
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' \
        AND datname = current_database()";
    following.database.execute(others).await.unwrap();
    assert!(following.sees(2, SOON).await);
    following.write(3).await;
    assert!(following.sees(3, 5 * SOON).await);
}
