//! The binary `whc` while its database is away: at the start, and under way.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use whc_core::testing::{CuttableProxy, TestDatabase};

use crate::binary::{Serving, run, sample, text, url};

/// A database, and a way to it that can be cut.
async fn database() -> (TestDatabase, CuttableProxy, String) {
    let database = TestDatabase::new().await;
    let mut config = database.config();
    let proxy = CuttableProxy::new(&config.host, config.port).await;
    (config.host, config.port) = (proxy.address().ip().to_string(), proxy.address().port());
    (database, proxy, url(&config))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_read_fails_while_the_database_is_away() {
    let (_database, mut proxy, url) = database().await;
    let variables = [("DATABASE_URL", url.as_str())];
    assert!(run(&["import", &sample("statistics.xlsx")], &variables).await.status.success());
    let serving = Serving::start(&variables);
    assert_eq!(serving.get("/api/whcsites").0, 200);

    let (reads, done) = (AtomicUsize::new(0), AtomicBool::new(false));
    let read = || {
        while !done.load(Ordering::Relaxed) {
            assert_eq!(serving.get("/api/whcsites?limit=3").0, 200);
            reads.fetch_add(1, Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(read);
        tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(proxy.cut());
            std::thread::sleep(Duration::from_secs(2));
        });
        done.store(true, Ordering::Relaxed);
    });
    assert!(reads.load(Ordering::Relaxed) > 50);
    let (status, body) = serving.get("/readyz");
    assert!(status == 200 && body.contains("the database cannot be reached"), "{body}");
    assert_eq!(serving.get("/healthz"), (200, "OK".to_owned()));

    proxy.restore().await;
    let total = serving.get("/api/whcsites?limit=1").1;
    let import = run(&["import", &sample("list-2026.xml"), "--allow-removals"], &variables).await;
    assert!(import.status.success(), "{}", text(&import.stderr));
    serving.soon(|serving| serving.get("/api/whcsites?limit=1").1 != total);
    serving.soon(|serving| !serving.get("/readyz").1.contains("failure"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_without_the_database_waits_for_it() {
    let (_database, mut proxy, url) = database().await;
    proxy.cut().await;
    let serving = Serving::start(&[("DATABASE_URL", &url)]);
    assert_eq!(serving.get("/livez").0, 200);
    let (status, body) = serving.get("/readyz");
    assert!(status == 503 && body.contains("the database cannot be reached"), "{body}");
    let (status, body) = serving.get("/api/whcsites");
    assert!(status == 503 && body.contains("does not answer just now"), "{body}");

    proxy.restore().await;
    serving.soon(|serving| serving.get("/readyz").0 == 200);
    assert_eq!(serving.get("/api/whcsites").0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_without_the_database_may_fail() {
    let (_database, mut proxy, url) = database().await;
    proxy.cut().await;
    let begun = now();
    let failed = run(&["serve"], &[("DATABASE_URL", &url), ("SNAPSHOT_START", "fail"), ("PORT", "0")]).await;
    assert_eq!(failed.status.code(), Some(1));
    assert!(text(&failed.stderr).contains("the database cannot be reached"), "{}", text(&failed.stderr));
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_without_the_database_may_serve_the_list_compiled_in() {
    let (_database, mut proxy, url) = database().await;
    proxy.cut().await;
    let serving = Serving::start(&[("DATABASE_URL", &url), ("SNAPSHOT_START", "embedded")]);
    assert!(serving.get("/api/whcsites/1").1.contains("Galápagos Islands"));
    let (status, body) = serving.get("/readyz");
    assert!(status == 200 && body.contains(r#""source":"embedded""#) && body.contains("failure"), "{body}");

    proxy.restore().await;
    serving.soon(|serving| serving.get("/readyz").1.contains(r#""source":"store""#));
    assert_eq!(serving.get("/api/whcsites/1").0, 404);
}

#[expect(clippy::disallowed_methods, reason = "a test measures real time")]
fn now() -> Instant {
    Instant::now()
}
