//! What readers notice while a list a hundred times as long is loaded again: how long the load takes, and single reads
//! before it and during it.
//!
//! `cargo run --release -p benches --bin swap`
#![expect(clippy::print_stdout, reason = "a measurement tells what it found")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use whc_core::site::embedded;
use whc_core::testing::multiplied;
use whc_core::{
    App, Clock, KnownSites, MemorySites, Names, ReplicatedSites, Site, SiteStore, SystemClock, web,
};

const TIMES: u32 = 100;
const SWAPS: usize = 10;
const PATHS: [&str; 4] = [
    "/api/whcsites/1",
    "/api/whcsites?country=it&category=Natural",
    "/api/whcsites?q=galapgos",
    "/api/whcsites?offset=600",
];

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<()> {
    let list = multiplied(&embedded()?, TIMES);
    let count = list.len();
    let store = Arc::new(MemorySites::new(list));
    let sites = Arc::new(ReplicatedSites::new(Arc::clone(&store) as _));
    sites.refresh().await?;
    let app = App::new(Arc::clone(&sites) as _);

    let calm = Arc::new(AtomicBool::new(true));
    let reader = tokio::spawn(read(app.clone(), Arc::clone(&calm)));
    tokio::time::sleep(Duration::from_secs(2)).await;
    calm.store(false, Ordering::SeqCst);
    let before = reader.await??;

    let swapping = Arc::new(AtomicBool::new(true));
    let reader = tokio::spawn(read(app, Arc::clone(&swapping)));
    let mut loads = Vec::new();
    for number in 0..SWAPS {
        rename(&store, number).await?;
        let start = SystemClock.instant();
        sites.refresh().await?;
        loads.push(SystemClock.instant() - start);
    }
    swapping.store(false, Ordering::SeqCst);
    let during = reader.await??;

    println!(
        "{} sites loaded anew {SWAPS} times, {:.0?} at most",
        count,
        loads.iter().max().unwrap_or(&Duration::ZERO)
    );
    println!("| answers | number | p50 | p99 | longest |\n|---|---|---|---|---|");
    for (name, times) in [("before", before), ("while it is loaded", during)] {
        let at = |hundredths: usize| times[times.len() * hundredths / 100];
        println!(
            "| {name} | {} | {:.1?} | {:.1?} | {:.1?} |",
            times.len(),
            at(50),
            at(99),
            times[times.len() - 1]
        );
    }
    Ok(())
}

/// Sends the requests round by round until it is stopped; how long each took, the shortest first.
async fn read(app: App, more: Arc<AtomicBool>) -> Result<Vec<Duration>> {
    let mut times = Vec::new();
    for path in PATHS.iter().cycle() {
        if !more.load(Ordering::SeqCst) {
            break;
        }
        let request = Request::get(*path).body(Bytes::new())?;
        let start = SystemClock.instant();
        let answer = web::handle(&app, request).await;
        times.push(SystemClock.instant() - start);
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        tokio::task::yield_now().await;
    }
    times.sort_unstable();
    Ok(times)
}

/// Moves the version of the store.
async fn rename(store: &MemorySites, number: usize) -> Result<()> {
    let names = Names::new(format!("Renamed {number}"))?;
    let mut revision =
        |sites: &KnownSites<'_>| Ok(vec![Site { names: names.clone(), ..Site::clone(&sites[0]) }]);
    store.revise(&mut revision).await?;
    Ok(())
}
