//! Clients that read all the time, and check and count every response.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::support::{Answer, Client};

/// What readers request beside single sites: pages, filters, searches, places, formats, the history.
const PATHS: [&str; 11] = [
    "/api/whcsites",
    "/api/whcsites?limit=50&f=geojson",
    "/api/whcsites?limit=20&offset=20&lang=fr",
    "/api/whcsites?country=it,fr&category=cultural&limit=5",
    "/api/whcsites?region=EUR&danger=false&limit=1",
    "/api/whcsites?criterion=iv&inscribed=1978..1990&sort=-name",
    "/api/whcsites?q=island&fields=name",
    "/api/whcsites?near=12.5,41.9&nearest=5&f=csv",
    "/api/whcsites?status=all&f=ndjson&limit=50",
    "/api/changes",
    "/api/changes?f=csv&limit=10",
];

/// Running readers, each on one connection that must never break.
pub(super) struct Readers {
    shared: Arc<Shared>,
    tasks: JoinSet<()>,
    begun: Instant,
}

#[derive(Default)]
struct Shared {
    done: AtomicBool,
    reads: AtomicU64,
    not_modified: AtomicU64,
    slowest: Mutex<Duration>,
    /// The bytes of each validator: their hash by path and `ETag`.
    sent: Mutex<HashMap<(String, String), u64>>,
}

/// The counts of the readers.
#[derive(Debug)]
pub(super) struct Tally {
    pub(super) reads: u64,
    pub(super) not_modified: u64,
    pub(super) representations: usize,
    pub(super) slowest: Duration,
    pub(super) took: Duration,
}

impl Readers {
    /// Sets `count` readers to work on the sites `ids` and everything else.
    pub(super) fn start(count: usize, address: SocketAddr, ids: &[String]) -> Self {
        let shared = Arc::new(Shared::default());
        let mut tasks = JoinSet::new();
        let sites = ids.iter().map(|id| format!("/api/whcsites/{id}"));
        let paths: Vec<_> = sites.chain(PATHS.map(str::to_owned)).collect();
        for number in 0..count {
            tasks.spawn(read(Arc::clone(&shared), address, number, paths.clone()));
        }
        Self { shared, tasks, begun: now() }
    }

    /// How many answers came so far.
    pub(super) fn reads(&self) -> u64 {
        self.shared.reads.load(Ordering::Relaxed)
    }

    /// Lets every reader finish what it reads. A failure of any is a failure of the test.
    pub(super) async fn stop(mut self) -> Tally {
        self.shared.done.store(true, Ordering::Relaxed);
        while let Some(reader) = self.tasks.join_next().await {
            reader.expect("a reader without a failure");
        }
        Tally {
            reads: self.reads(),
            not_modified: self.shared.not_modified.load(Ordering::Relaxed),
            representations: self.shared.sent.lock().unwrap().len(),
            slowest: *self.shared.slowest.lock().unwrap(),
            took: self.begun.elapsed(),
        }
    }
}

/// Reads the paths round by round in a mixed order: plain in one round, compressed in others, every second time with
/// `If-None-Match`.
async fn read(shared: Arc<Shared>, address: SocketAddr, number: usize, paths: Vec<String>) {
    let mut client = Client::connect(address).await.unwrap();
    let mut known: HashMap<String, String> = HashMap::new();
    for turn in number.. {
        if shared.done.load(Ordering::Relaxed) {
            return;
        }
        let (round, place) = (turn / paths.len(), turn * 7919 % paths.len());
        let (path, encoding) = (&paths[place], ["identity", "gzip", "br"][round % 3]);
        let key = format!("{path} {encoding}");
        let has = known.get(&key).filter(|_| round % 2 == 1);
        let validator = has.map(|etag| format!("if-none-match: {etag}\r\n")).unwrap_or_default();
        let begun = now();
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: a\r\naccept-encoding: {encoding}\r\n{validator}\r\n");
        client.send(request).await;
        let answer = client.answer().await;
        shared.time(begun.elapsed());
        let etag = shared.check(&key, has, &answer);
        known.insert(key, etag);
        // A test shares its machine with others.
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

impl Shared {
    fn time(&self, took: Duration) {
        let mut slowest = self.slowest.lock().unwrap();
        *slowest = took.max(*slowest);
        self.reads.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether it is an answer, with the bytes that its validator stood for before. Returns the validator.
    fn check(&self, key: &str, has: Option<&String>, answer: &Answer) -> String {
        let etag = answer.head.lines().find_map(|line| line.strip_prefix("etag: "));
        let etag = etag.unwrap_or_else(|| panic!("{key} has no validator: {}", answer.head)).to_owned();
        if answer.status == 304 {
            assert_eq!(Some(&etag), has, "{key}: not modified, yet another one");
            self.not_modified.fetch_add(1, Ordering::Relaxed);
            return etag;
        }
        assert_eq!(answer.status, 200, "{key}: {}", answer.head);
        assert_ne!(Some(&etag), has, "{key} was sent to one who has it");
        let mut hasher = DefaultHasher::new();
        answer.body.hash(&mut hasher);
        let bytes = hasher.finish();
        let path = key.split(' ').next().unwrap_or_default().to_owned();
        let before = *self.sent.lock().unwrap().entry((path, etag.clone())).or_insert(bytes);
        assert_eq!(before, bytes, "{key}: other bytes under the validator {etag}");
        etag
    }
}

#[expect(clippy::disallowed_methods, reason = "a test measures real time")]
fn now() -> Instant {
    Instant::now()
}
