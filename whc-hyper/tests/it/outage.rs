//! The binary `whc` during outages of its database: at the start and later.

mod readers;

use std::io::Write as _;
use std::time::{Duration, Instant};

use whc_core::testing::{CuttableProxy, TestDatabase};
use whc_core::{MemorySites, PostgresSites, Site, SiteQuery, SiteRepository as _, SiteStore as _};

use self::readers::{Readers, Tally};
use crate::binary::{Serving, run, sample, text, url};

/// A database, and a proxy to it that can be cut.
pub(crate) async fn database() -> (TestDatabase, CuttableProxy, String) {
    let database = TestDatabase::new().await;
    let mut config = database.config();
    let proxy = CuttableProxy::new(&config.host, config.port).await;
    (config.host, config.port) = (proxy.address().ip().to_string(), proxy.address().port());
    (database, proxy, url(&config))
}

/// How many clients read at once.
const READERS: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn no_read_fails_while_the_database_is_away() {
    let (database, mut proxy, url) = database().await;
    let variables = [("DATABASE_URL", url.as_str())];
    fill(&database).await;
    let begun = now();
    let serving = Serving::ready(&variables);
    let ids = serving.get("/api/whcsites?limit=10000&f=csv&fields=id").1;
    let ids: Vec<_> = ids.lines().skip(1).step_by(25).map(str::to_owned).collect();
    let readers = Readers::start(READERS, serving.address(), &ids);
    tokio::time::sleep(Duration::from_millis(500)).await;

    let before = readers.reads();
    proxy.cut().await;
    let outage = outage();
    tokio::time::sleep(outage).await;
    let during = readers.reads() - before;
    assert!(during > READERS as u64, "only {during} reads while the database is away");
    let (status, body) = serving.get("/readyz");
    assert!(status == 200 && body.contains("the database cannot be reached"), "{body}");
    let age = number_after(&body, "\"checked_seconds_ago\":");
    let oldest = begun.elapsed().as_secs_f64();
    assert!((outage.as_secs_f64() - 0.1..oldest).contains(&age), "{age} s old: {body}");
    assert!(number_after(&serving.get("/metrics").1, "\nwhc_snapshot_age_seconds ") >= age);
    assert_eq!(serving.get("/healthz"), (200, "OK".to_owned()));

    proxy.restore().await;
    let total = serving.get("/api/whcsites?limit=1").1;
    let import = run(
        &["import", &sample("list-2026.xml"), "--allow-removals", "--accept-changes", "status"],
        &variables,
    )
    .await;
    assert!(import.status.success(), "{}", text(&import.stderr));
    let committed = now();
    serving.soon(|serving| serving.get("/api/whcsites?limit=1").1 != total);
    let seen = committed.elapsed();
    serving.soon(|serving| !serving.get("/readyz").1.contains("failure"));
    let tally = readers.stop().await;
    assert!(tally.not_modified > 0 && tally.representations > ids.len(), "{tally:?}");
    let Tally { reads, not_modified, representations, slowest, took } = tally;
    let _ = writeln!(
        std::io::stderr(),
        "outage of {outage:?}: {during} reads during it, none failed, answers {age:.1} s old in the end; an import was \
         seen {seen:.2?} after its end; in {took:.1?} {reads} reads of {representations} representations, \
         {not_modified} not modified, the slowest {slowest:.0?}"
    );
}

/// Puts the list compiled in into the database.
pub(crate) async fn fill(database: &TestDatabase) {
    let list = MemorySites::embedded().unwrap().list(&SiteQuery::ALL).await.unwrap();
    let sites = || list.items.iter().map(|site| Site::clone(site)).collect();
    PostgresSites::new(&database.config()).unwrap().revise(&mut |_| Ok(sites())).await.unwrap();
}

/// How long the database stays away: `OUTAGE_SECONDS`, else as long as a test may take.
#[expect(clippy::disallowed_methods, reason = "a switch for developers, not configuration")]
fn outage() -> Duration {
    let seconds = std::env::var("OUTAGE_SECONDS").ok();
    seconds.map_or(Duration::from_secs(2), |seconds| Duration::from_secs_f64(seconds.parse().unwrap()))
}

fn number_after(text: &str, name: &str) -> f64 {
    let (_, rest) = text.split_once(name).unwrap_or_else(|| panic!("no {name} in {text}"));
    let end = rest.find([',', '}', '\n']).unwrap_or(rest.len());
    rest[..end].parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_without_the_database_waits_for_it() {
    let (database, mut proxy, url) = database().await;
    fill(&database).await;
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
    let (database, mut proxy, url) = database().await;
    fill(&database).await;
    database.execute("DELETE FROM whc.site WHERE id = 1").await.unwrap();
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
