//! The dearest URL of up to 8 KiB: a search over what URLs can be made of, first at random, then uphill.
//!
//! `cargo run --release -p benches --bin worst_url -- 60 1` climbs for 60 seconds for time and for bytes, from seed 1.
#![expect(clippy::print_stdout, reason = "a measurement tells what it found")]

#[path = "worst_url/grammar.rs"]
mod grammar;
#[path = "worst_url/random.rs"]
mod random;

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use whc_core::config::WebConfig;
use whc_core::{App, Clock as _, MemorySites, SystemClock, web};

use self::grammar::Grammar;
use self::random::Random;

/// What no answer may take, data apart.
const MOST_TIME: Duration = Duration::from_micros(300);
const MOST_BYTES: usize = 20_000;
/// How many URLs the climb goes on from.
const BEST: usize = 24;
/// How often a URL is asked; the least time is what it takes, the rest is the machine.
const REPEATS: usize = 9;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// What the answer to a URL cost.
#[derive(Clone)]
struct Cost {
    url: String,
    status: u16,
    time: Duration,
    bytes: usize,
}

impl Cost {
    /// What nobody asked for.
    fn refusal_bytes(&self) -> usize {
        if self.status < 400 { 0 } else { self.bytes }
    }
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let seconds = arguments.next().map_or(Ok(30), |text| text.parse())?;
    let seed = arguments.next().map_or(Ok(1), |text| text.parse())?;
    let mut web = WebConfig::default();
    web.cache_bytes = 0;
    let app = App::builder(Arc::new(MemorySites::embedded()?)).web(web).build();
    let mut search = Search { app, grammar: Grammar::new()?, random: Random::new(seed), asked: 0 };
    println!("| worst by | status | time | bytes | URL | its bytes |\n|---|---|---|---|---|---|");
    let time = search.climb(Duration::from_secs(seconds), |cost| cost.time.as_nanos())?;
    let bytes = search.climb(Duration::from_secs(seconds), |cost| cost.refusal_bytes() as u128)?;
    for (by, costs) in [("time", &time), ("bytes", &bytes)] {
        for Cost { url, status, time, bytes } in costs.iter().take(3) {
            println!("| {by} | {status} | {time:?} | {bytes} | `{url:.100}` | {} |", url.len());
        }
    }
    println!("{} URLs asked", search.asked);
    if let Some(worst) =
        time.iter().chain(&bytes).find(|cost| cost.time > MOST_TIME || cost.refusal_bytes() > MOST_BYTES)
    {
        return Err(format!("over {MOST_TIME:?} or {MOST_BYTES} bytes: {}", worst.url).into());
    }
    Ok(())
}

struct Search {
    app: App,
    grammar: Grammar,
    random: Random,
    asked: usize,
}

impl Search {
    /// The dearest URLs found within `limit`, the dearest first.
    fn climb(&mut self, limit: Duration, height: fn(&Cost) -> u128) -> Result<Vec<Cost>> {
        let mut best: Vec<(grammar::Target, Cost)> = Vec::new();
        let begun = SystemClock.instant();
        while SystemClock.instant() - begun < limit {
            let early = SystemClock.instant() - begun < limit / 4;
            let target = match self.random.choice(&best) {
                // Now and then from nowhere: the highest hill may be another.
                Some((target, _)) if !early && !self.random.one_in(20) => {
                    self.grammar.changed(target, &mut self.random)
                }
                _ => self.grammar.target(&mut self.random),
            };
            let Some(cost) = self.ask(&target.to_string())? else { continue };
            let least = best.last().map_or(0, |(_, least)| height(least));
            if best.len() < BEST || height(&cost) > least {
                best.push((target, cost));
                best.sort_by_key(|(_, cost)| std::cmp::Reverse(height(cost)));
                best.truncate(BEST);
            }
        }
        // What was lucky once is measured with more patience.
        let mut costs = Vec::new();
        for (_, cost) in &best {
            costs.extend((0..10).try_fold(None, |least, _| self.cheaper(least, &cost.url))?);
        }
        costs.sort_by_key(|cost| std::cmp::Reverse(height(cost)));
        Ok(costs)
    }

    fn cheaper(&mut self, least: Option<Cost>, url: &str) -> Result<Option<Cost>> {
        let again = self.ask(url)?;
        Ok(match (least, again) {
            (Some(least), Some(again)) if least.time < again.time => Some(least),
            (_, again) => again,
        })
    }

    /// What it costs to answer this; nothing where the answer is data, whose cost is their number.
    fn ask(&mut self, url: &str) -> Result<Option<Cost>> {
        self.asked += 1;
        let mut cost: Option<Cost> = None;
        for _ in 0..REPEATS {
            let Ok(request) = Request::get(url).body(Bytes::new()) else { return Ok(None) };
            let start = SystemClock.instant();
            let mut answer = pin!(web::handle(&self.app, request));
            let Poll::Ready(answer) = answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
                return Err("a list in memory has nothing to wait for".into());
            };
            let time = SystemClock.instant() - start;
            let (status, bytes) = (answer.status(), answer.body().len());
            if status.is_success() && bytes > MOST_BYTES {
                return Ok(None);
            }
            if status.is_server_error() {
                return Err(format!("{status} for {url}").into());
            }
            let least = cost.map_or(time, |cost| cost.time.min(time));
            cost = Some(Cost { url: url.to_owned(), status: status.as_u16(), time: least, bytes });
        }
        Ok(cost)
    }
}
