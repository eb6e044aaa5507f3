//! How a replica follows its source: checks, their frequency, and how they are reported.

use std::future::{Future, pending, ready};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::Request;
use tokio::sync::{Notify, Semaphore};
use whc_core::config::SnapshotStart;
use whc_core::repository::Opened;
use whc_core::testing::MockClock;
use whc_core::{App, MemorySites, ReplicatedSites, SiteRepository, web};

use super::name;
use super::source::Source;
use crate::golden;

const SECOND: Duration = Duration::from_secs(1);

fn observed(source: &Arc<Source>) -> (Arc<MockClock>, Arc<ReplicatedSites>) {
    let clock = Arc::new(MockClock::at(SystemTime::UNIX_EPOCH));
    let snapshot = Arc::new(ReplicatedSites::with_clock(source.clone(), clock.clone()));
    (clock, snapshot)
}

/// Polls a future until it waits.
fn step<F: Future>(work: Pin<&mut F>) -> Poll<F::Output> {
    work.poll(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test]
async fn callers_at_the_same_time_share_an_answer() {
    let source = Source::of(1, "One");
    let snapshot = Arc::new(ReplicatedSites::new(source.clone()));
    source.hesitate();
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let snapshot = Arc::clone(&snapshot);
            tokio::spawn(async move { snapshot.refresh().await })
        })
        .collect();
    tokio::task::yield_now().await;
    source.answers.add_permits(Semaphore::MAX_PERMITS);
    for call in calls {
        call.await.unwrap().unwrap();
    }
    // The first loads the snapshot; one of the later callers checks the version again, for all of them.
    assert_eq!(source.checks(), 2 + 1);
}

#[tokio::test]
async fn a_watcher_asks_steadily_and_after_failures_ever_later() {
    let source = Source::of(1, "One");
    let (_, snapshot) = observed(&source);
    let (pauses, enough) = (Mutex::new(Vec::new()), Notify::new());
    let sleep = |pause| {
        let mut pauses = pauses.lock().unwrap();
        pauses.push(pause);
        source.fail((2..9).contains(&pauses.len()).then_some("away"));
        if pauses.len() > 10 {
            enough.notify_one();
        }
        tokio::task::yield_now()
    };
    tokio::select! {
        () = snapshot.watch(SECOND, sleep) => {}
        () = enough.notified() => {}
    }
    let pauses = pauses.into_inner().unwrap();
    assert_eq!(pauses[..2], [SECOND; 2]);
    for (pause, longest) in pauses[2..9].iter().zip([125, 250, 500, 1000, 1000, 1000, 1000]) {
        let longest = Duration::from_millis(longest);
        assert!((longest / 2..=longest).contains(pause), "{pauses:?}");
    }
    assert_eq!(pauses[9..11], [SECOND; 2]);
}

/// A panic of the source must not leave the snapshot as it is for good.
#[tokio::test]
async fn following_goes_on_after_a_panic_and_ends_when_told() {
    let source = Source::of(1, "Old");
    let (_, replica) = observed(&source);
    let opened = Opened::from_replica(Arc::clone(&replica));
    let (sleeps, loaded) = (AtomicUsize::new(0), Notify::new());
    source.panics.store(true, Ordering::Relaxed);
    let sleep = |_| {
        // There is one pause after each panic.
        if sleeps.fetch_add(1, Ordering::Relaxed) == 3 {
            source.panics.store(false, Ordering::Relaxed);
        }
        if replica.snapshot().is_some() {
            loaded.notify_one();
        }
        tokio::task::yield_now()
    };
    opened.follow(SECOND, sleep, loaded.notified()).await;
    assert_eq!((name(&*opened.sites).await.as_str(), source.checks()), ("Old", 4 + 2));
}

#[tokio::test]
async fn what_follows_nothing_waits_for_the_end_only() {
    let opened = Opened::new(Arc::new(MemorySites::new([])));
    opened.follow(SECOND, |_| pending(), ready(())).await;
    assert!(opened.replica.is_none());
}

#[tokio::test]
async fn a_hint_cuts_the_sleep_short_and_is_never_lost() {
    let source = Source::of(1, "0");
    let (_, snapshot) = observed(&source);
    let watching = Arc::clone(&snapshot);
    let watch = tokio::spawn(async move { watching.watch(3600 * SECOND, tokio::time::sleep).await });
    for number in 1..=5 {
        source.rename(1, &number.to_string()).await;
        snapshot.hint();
        for _ in 0..200 {
            tokio::time::sleep(Duration::from_millis(10)).await;
            if snapshot.ready().await.is_ok() && name(&*snapshot).await == number.to_string() {
                break;
            }
        }
        assert_eq!(name(&*snapshot).await, number.to_string());
    }
    // Permanent hints cause ten checks a second at most.
    let (checks, begun) = (source.checks(), tokio::time::Instant::now());
    for _ in 0..300 {
        snapshot.hint();
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let checked = u128::try_from(source.checks() - checks).unwrap();
    // The machine may be slow, but never are two of them closer together than that.
    let most = begun.elapsed().as_millis() / 100 + 2;
    assert!((2..=most).contains(&checked), "{checked} checks, at most {most} expected");
    watch.abort();
}

#[tokio::test]
async fn a_request_asks_at_most_every_so_often() {
    let source = Source::of(1, "Old");
    let (clock, snapshot) = observed(&source);
    let arrive = || snapshot.refresh_if_older_than(5 * SECOND, pending());
    arrive().await;
    assert_eq!(name(&*snapshot).await, "Old");
    let checks = source.checks();
    source.rename(1, "New").await;
    clock.advance(4 * SECOND);
    arrive().await;
    assert_eq!((name(&*snapshot).await.as_str(), source.checks()), ("Old", checks));
    clock.advance(SECOND);
    arrive().await;
    assert_eq!(name(&*snapshot).await, "New");

    // Failed attempts count too, or an outage would cost every request.
    let checks = source.checks();
    source.fail(Some("away"));
    for _ in 0..10 {
        clock.advance(SECOND);
        arrive().await;
    }
    assert_eq!(source.checks() - checks, 2);
    assert_eq!(name(&*snapshot).await, "New");
}

#[tokio::test]
async fn a_slow_source_holds_nobody_up_and_is_heard_in_the_end() {
    let source = Source::of(1, "Old");
    let (clock, snapshot) = observed(&source);
    snapshot.refresh().await.unwrap();
    source.rename(1, "New").await;
    source.hesitate();
    clock.advance(5 * SECOND);

    let mut first = Box::pin(snapshot.refresh_if_older_than(5 * SECOND, pending()));
    assert!(step(first.as_mut()).is_pending());
    clock.advance(5 * SECOND);
    let mut other = pin!(snapshot.refresh_if_older_than(5 * SECOND, pending()));
    assert!(step(other.as_mut()).is_ready(), "the second waits for the first");
    assert_eq!(name(&*snapshot).await, "Old");

    let checks = source.checks();
    drop(first);
    for _ in 0..3 {
        // A check reads the version, the list and the version again; each request has time for one of these.
        clock.advance(5 * SECOND);
        source.answers.add_permits(1);
        snapshot.refresh_if_older_than(5 * SECOND, ready(())).await;
    }
    assert_eq!(name(&*snapshot).await, "New");
    assert_eq!(source.checks(), checks + 1, "the check was begun anew");
}

#[tokio::test]
async fn a_first_request_waits_for_a_snapshot_or_its_deadline() {
    let source = Source::of(1, "One");
    let (_, snapshot) = observed(&source);
    source.hesitate();
    snapshot.refresh_if_older_than(SECOND, ready(())).await;
    snapshot.ready().await.unwrap_err();
    let mut one = pin!(snapshot.refresh_if_older_than(SECOND, pending()));
    let mut other = pin!(snapshot.refresh_if_older_than(SECOND, pending()));
    assert!(step(one.as_mut()).is_pending() && step(other.as_mut()).is_pending());
    source.answers.add_permits(100);
    tokio::join!(one, other);
    assert_eq!(name(&*snapshot).await, "One");
}

#[tokio::test]
async fn a_start_waits_fails_or_shows_the_list_compiled_in() {
    let source = Source::of(1, "One");
    source.fail(Some("away"));
    let (_, snapshot) = observed(&source);
    snapshot.start(SnapshotStart::Wait, pending()).await.unwrap();
    snapshot.ready().await.unwrap_err();
    let error = snapshot.start(SnapshotStart::Fail, pending()).await.unwrap_err();
    assert_eq!(error.to_string(), "away");
    snapshot.start(SnapshotStart::Embedded, pending()).await.unwrap();
    snapshot.ready().await.unwrap();
    let told = snapshot.freshness().unwrap();
    assert!(told.embedded && told.age.is_none() && told.failure.is_some(), "{told:?}");

    source.fail(None);
    snapshot.refresh().await.unwrap();
    assert!(!snapshot.freshness().unwrap().embedded);
    assert_eq!(name(&*snapshot).await, "One");
}

#[tokio::test]
async fn readyz_tells_how_old_the_answers_are() {
    let source = Source::of(1, "One");
    let (clock, snapshot) = observed(&source);
    let app = App::builder(snapshot.clone()).clock(clock.clone()).build();
    let ask = async |name| {
        let request = Request::get("/readyz").header("x-request-id", "test-1").body(Bytes::new()).unwrap();
        golden::check(name, web::handle(&app, request).await);
    };
    ask("readyz-before-the-first-snapshot.json").await;
    snapshot.refresh().await.unwrap();
    clock.advance(Duration::from_millis(12_345));
    source.fail(Some("the database cannot be reached"));
    snapshot.refresh().await.unwrap_err();
    ask("readyz-stale.json").await;
}

#[tokio::test]
async fn metrics_count_and_tell_how_stale_answers_may_be() {
    let source = Source::of(3, "One");
    let (clock, snapshot) = observed(&source);
    clock.advance(Duration::from_hours(498_682));
    let app = App::builder(snapshot.clone()).clock(clock.clone()).build();
    let get = async |path: &str| {
        let request = Request::get(path).header("x-request-id", "test-1").body(Bytes::new()).unwrap();
        web::handle(&app, request).await
    };
    get("/api/whcsites/1").await;
    golden::check("metrics-before-the-first-snapshot.txt", get("/metrics").await);
    snapshot.refresh().await.unwrap();
    for path in ["/api/whcsites/1", "/api/whcsites/1", "/api/whcsites/9", "/api/nothing"] {
        get(path).await;
    }
    clock.advance(Duration::from_millis(61_250));
    source.fail(Some("away"));
    for _ in 0..2 {
        snapshot.refresh().await.unwrap_err();
    }
    golden::check("metrics.txt", get("/metrics").await);
}
