//! Readers: of what every instance has in memory, and of what one has written and the other can have from Valkey.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::Result;
use super::instance::{Client, Instance};
use super::tally::Tally;

/// Readers of each kind at each instance, and how long one thinks before the next request: the processors must have time to spare.
const READERS: usize = 4;
const THINKS: [Duration; 2] = [Duration::from_millis(5), Duration::from_millis(40)];

/// Kept in memory by every instance.
const KNOWN: [&str; 8] = [
    "/api/whcsites/1",
    "/api/whcsites/208",
    "/api/whcsites/1133",
    "/api/whcsites",
    "/api/whcsites?country=it&category=natural",
    "/api/whcsites?q=galapagos",
    "/api/countries",
    "/statistics",
];
/// Dear enough to be shared.
const DEAR: [&str; 8] = [
    "/api/whcsites?f=svg",
    "/api/openapi.json",
    "/",
    "/api/downloads/whcsites.csv",
    "/statistics",
    "/api/whcsites?f=svg&region=EUR",
    "/api/downloads/whcsites.geojson",
    "/countries/it",
];

/// What a reader asks for.
#[derive(Clone, Copy)]
pub(super) enum Work {
    Memory,
    Shared,
}

impl Work {
    pub(super) const ALL: [Self; 2] = [Self::Memory, Self::Shared];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Memory => "what is in memory",
            Self::Shared => "what is in no memory",
        }
    }

    /// The path and the `Accept` of a request. No two of what is in no memory are alike, but for one at each instance.
    fn request(self, number: usize) -> (&'static str, String) {
        match self {
            Self::Memory => (KNOWN[number % KNOWN.len()], "*/*".to_owned()),
            Self::Shared => (DEAR[number % DEAR.len()], format!("*/*;q=0.9, x/x{number}")),
        }
    }
}

/// The number of the next request, which each instance is asked once.
static NEXT: AtomicUsize = AtomicUsize::new(0);

/// Has every instance keep what readers of memory ask for.
pub(super) async fn warm(instances: &[Instance]) -> Result<()> {
    for instance in instances {
        let mut client = Client::connect(instance.port).await?;
        for number in 0..KNOWN.len() {
            let (path, accept) = Work::Memory.request(number);
            client.get(path, &accept).await?;
        }
    }
    Ok(())
}

/// Has readers of both kinds ask for so long.
pub(super) async fn measure(instances: &[Instance; 2], duration: Duration) -> Result<[Tally; 2]> {
    let end = Instant::now() + duration;
    let ports = instances.each_ref().map(|instance| instance.port);
    let mut all = Vec::new();
    for work in Work::ALL {
        let mut readers = JoinSet::new();
        for _ in 0..READERS {
            readers.spawn(read(work, ports, end));
        }
        all.push(readers);
    }
    let mut tallies = [Tally::default(), Tally::default()];
    for (tally, readers) in tallies.iter_mut().zip(all) {
        let read = readers.join_all().await.into_iter().collect::<Result<Vec<_>>>()?;
        *tally = Tally::sum(&read);
    }
    Ok(tallies)
}

/// Asks one instance and then the other, on one connection to each that must never break.
async fn read(work: Work, ports: [u16; 2], end: Instant) -> Result<Tally> {
    let mut clients = [Client::connect(ports[0]).await?, Client::connect(ports[1]).await?];
    let (mut tally, thinks) = (Tally::default(), THINKS[work as usize]);
    while Instant::now() < end {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let (path, accept) = work.request(number);
        for client in &mut clients {
            let begun = Instant::now();
            let answer = client.get(path, &accept).await?;
            tally.note(begun.elapsed(), answer.status, answer.is_shared);
            sleep(thinks).await;
        }
        clients.reverse();
    }
    Ok(tally)
}
