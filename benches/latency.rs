//! How long single responses take to write, without a socket: searches with a typing slip, none of them cached.
//!
//! `cargo run --release -p benches --bin latency`
#![expect(clippy::print_stdout, reason = "a measurement tells what it found")]

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use whc_core::config::WebConfig;
use whc_core::site::{embedded, fold};
use whc_core::testing::{described, multiplied};
use whc_core::{App, Clock, MemorySites, Site, SystemClock, web};

const REQUESTS: usize = 20_000;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let sites = embedded()?;
    let words = slips(&sites);
    println!("| searches with a slip, {REQUESTS} | p50 | p99 | longest |\n|---|---|---|---|");
    for (list, sites) in [
        ("the list", sites.clone()),
        ("the list with descriptions", described(&sites)),
        ("100 times the list", multiplied(&sites, 100)),
    ] {
        let [half, most, longest] = measure(sites, &words).await?;
        println!("| {list} | {half:?} | {most:?} | {longest:?} |");
    }
    Ok(())
}

/// The median, what 99 of 100 stay below, and the longest.
async fn measure(sites: Vec<Site>, words: &[String]) -> Result<[Duration; 3]> {
    let mut web = WebConfig::default();
    web.cache_bytes = 0;
    let app = App::builder(Arc::new(MemorySites::new(sites))).web(web).build();
    let mut times = Vec::with_capacity(REQUESTS);
    for (number, word) in words.iter().cycle().take(REQUESTS + 1).enumerate() {
        let request = Request::get(format!("/api/whcsites?q={word}")).body(Bytes::new())?;
        let start = SystemClock.instant();
        let answer = web::handle(&app, request).await;
        let time = SystemClock.instant() - start;
        assert!(answer.status().is_success(), "{word}: {}", answer.status());
        // The first makes the index.
        if number > 0 {
            times.push(time);
        }
    }
    times.sort_unstable();
    Ok([times[REQUESTS / 2], times[REQUESTS * 99 / 100], times[REQUESTS - 1]])
}

/// Every longer English word of the names, with two letters swapped, one left out or one too many.
fn slips(sites: &[Site]) -> Vec<String> {
    let names = sites.iter().map(|site| fold(site.names.english())).collect::<Vec<_>>().join(" ");
    let words = names.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| word.len() > 5);
    let slip = |(place, word): (usize, &str)| {
        let mut letters: Vec<_> = word.chars().collect();
        let at = place % (letters.len() - 1);
        match place % 3 {
            0 => letters.swap(at, at + 1),
            1 => drop(letters.remove(at)),
            _ => letters.insert(at, 'x'),
        }
        letters.into_iter().collect()
    };
    words.enumerate().map(slip).collect()
}
