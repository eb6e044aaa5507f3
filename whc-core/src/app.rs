//! What a request handler can reach.

use std::fmt;
use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::cache::ResponseCache;
use crate::clock::{Clock, SystemClock};
use crate::config::WebConfig;
use crate::metrics::Metrics;
use crate::repository::SiteRepository;

/// A World Heritage service: its repository and the state all requests share. Cheap to clone.
///
/// ```
/// # use std::sync::Arc;
/// use whc_core::{App, MemorySites, web};
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let app = App::new(Arc::new(MemorySites::embedded()?));
/// let request = http::Request::get("/api/whcsites/1").body(bytes::Bytes::new())?;
/// let response = web::handle(&app, request).await;
/// assert_eq!(response.status(), 200);
/// # Ok(())
/// # }
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # assert!(std::pin::pin!(example()).poll(&mut context).is_ready());
/// ```
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// How much memory may hold answers about the service itself: every version and encoding of its description.
const DESCRIPTIONS_BYTES: usize = 1 << 20;

struct Inner {
    sites: Arc<dyn SiteRepository>,
    clock: Arc<dyn Clock>,
    web: WebConfig,
    build: String,
    cache: ResponseCache,
    descriptions: ResponseCache,
    metrics: Metrics,
    draining: AtomicBool,
    /// What the ids of requests begin with, in this process and no other.
    request_prefix: String,
    requests: AtomicU64,
}

impl App {
    /// A service over these sites, with the machine's clock and the default configuration.
    pub fn new(sites: Arc<dyn SiteRepository>) -> Self {
        Self::with(sites, WebConfig::default(), Arc::new(SystemClock))
    }

    /// A service over these sites that answers as `web` says and reads the time from `clock`.
    pub fn with(sites: Arc<dyn SiteRepository>, web: WebConfig, clock: Arc<dyn Clock>) -> Self {
        // Random enough to tell the requests of one process from those of another; nothing secret hangs on it.
        let request_prefix = format!("{:016x}-", RandomState::new().hash_one(0_u8));
        let (build, cache) = (build(&web), ResponseCache::new(web.cache_bytes));
        let descriptions = ResponseCache::new(web.cache_bytes.min(DESCRIPTIONS_BYTES));
        let (draining, requests, metrics) = (AtomicBool::new(false), AtomicU64::new(0), Metrics::default());
        Self(Arc::new(Inner {
            sites,
            clock,
            web,
            build,
            cache,
            descriptions,
            metrics,
            draining,
            request_prefix,
            requests,
        }))
    }

    /// Where the sites come from.
    #[must_use]
    pub fn sites(&self) -> &dyn SiteRepository {
        &*self.0.sites
    }

    /// Where the time comes from.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    /// What answers contain beyond the data.
    #[must_use]
    pub fn web(&self) -> &WebConfig {
        &self.0.web
    }

    /// Says on `/readyz` from now on that this service is about to stop; it still answers everything.
    pub fn drain(&self) {
        self.0.draining.store(true, Ordering::Relaxed);
    }

    /// Whether [`drain`](Self::drain) was called.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        self.0.draining.load(Ordering::Relaxed)
    }

    /// Names what answers depend on beside the data and the request: this program and its configuration.
    pub(crate) fn build(&self) -> &str {
        &self.0.build
    }

    /// Answers that were written before.
    pub(crate) fn cache(&self) -> &ResponseCache {
        &self.0.cache
    }

    /// Answers that do not depend on the data, and so are not forgotten with them.
    pub(crate) fn descriptions(&self) -> &ResponseCache {
        &self.0.descriptions
    }

    /// A number by chance below `below`, each as likely as any other; 0 below 0. Nothing secret may hang on it.
    pub(crate) fn random(&self, below: u64) -> u64 {
        let number = self.0.requests.fetch_add(1, Ordering::Relaxed);
        let mut hasher = DefaultHasher::new();
        (&self.0.request_prefix, number).hash(&mut hasher);
        // The hash as a fraction of its range, of `below`: that is never as much as `below`.
        let scaled = (u128::from(hasher.finish()) * u128::from(below)) >> u64::BITS;
        u64::try_from(scaled).unwrap_or_default()
    }

    /// What was answered so far.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// An id no other request has, of this process or another.
    pub(crate) fn next_request_id(&self) -> String {
        let number = self.0.requests.fetch_add(1, Ordering::Relaxed);
        [&*self.0.request_prefix, itoa::Buffer::new().format(number)].concat()
    }
}

/// The same in every process of one release with one configuration, so that their validators agree.
fn build(web: &WebConfig) -> String {
    let mut hasher = DefaultHasher::new();
    (env!("CARGO_PKG_VERSION"), &web.public_url).hash(&mut hasher);
    format!("{:08x}", hasher.finish() >> 32)
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("web", &self.0.web)
            .field("draining", &self.is_draining())
            .finish_non_exhaustive()
    }
}
