//! What a request handler can reach.

mod builder;

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

pub use self::builder::AppBuilder;
use crate::auth::Authenticator;
use crate::cache::{ResponseCache, SharedCache};
use crate::clock::Clock;
use crate::config::{Config, LimitConfig, WebConfig};
use crate::error::Result;
use crate::limit::Limits;
#[cfg(feature = "oidc")]
use crate::login::Login;
use crate::metrics::Metrics;
use crate::repository::{ContactRepository, Opened, SiteRepository, SiteStore};

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
pub struct App {
    shared: Arc<Shared>,
    scope: Arc<Scope>,
}

/// The state that all scopes share.
struct Shared {
    sites: Arc<dyn SiteRepository>,
    clock: Arc<dyn Clock>,
    cache: ResponseCache,
    descriptions: ResponseCache,
    second_cache: Option<Arc<dyn SharedCache>>,
    limits: Arc<dyn Limits>,
    limit_config: LimitConfig,
    metrics: Metrics,
    contacts: Option<Arc<dyn ContactRepository>>,
    store: Option<Arc<dyn SiteStore>>,
    authenticator: Arc<dyn Authenticator>,
    /// Whether whoever sends no credentials may do everything.
    auth_is_disabled: bool,
    #[cfg(feature = "oidc")]
    login: Option<Arc<Login>>,
    draining: AtomicBool,
    /// The beginning of the request ids of this process.
    request_prefix: String,
    requests: AtomicU64,
}

/// What differs between clients: the prefix of links, and the size limit of responses.
struct Scope {
    web: WebConfig,
    build: String,
    size_limit: Option<usize>,
    /// The part of cache keys that names this scope; empty for the first one.
    key: String,
}

impl App {
    /// A service over these sites, with the machine's clock and the default configuration.
    pub fn new(sites: Arc<dyn SiteRepository>) -> Self {
        Self::builder(sites).build()
    }

    /// A service over these sites, to be configured.
    pub fn builder(sites: Arc<dyn SiteRepository>) -> AppBuilder {
        AppBuilder::new(sites)
    }

    /// The service that a configuration describes over what [`open`](crate::repository::open) gave for it.
    ///
    /// # Errors
    /// A key of tokens cannot be read.
    pub fn configured(config: &Config, opened: &Opened) -> Result<AppBuilder> {
        AppBuilder::configured(config, opened)
    }

    /// The same service for clients who reach it with `prefix`, say `/prod`, before its paths: links start with it, the
    /// paths of requests must not. For gateways that remove a prefix and name it in each request.
    ///
    /// # Errors
    /// The prefix is not a path as URLs have them.
    pub fn mounted_at(&self, prefix: &str) -> Result<Self> {
        let web = WebConfig::at(&[&*self.web().public_url, prefix].concat())?;
        let web = WebConfig { public_url: web.public_url, ..self.web().clone() };
        Ok(self.scoped(web, self.scope.size_limit))
    }

    /// The same service with a limit to the size of response bodies, for gateways that pass on no more than `bytes` bytes:
    /// a page that is longer gets fewer items and links to the rest; what cannot be shortened is a problem that says what
    /// to do.
    #[must_use]
    pub fn with_size_limit(&self, bytes: usize) -> Self {
        self.scoped(self.web().clone(), Some(bytes))
    }

    fn scoped(&self, web: WebConfig, size_limit: Option<usize>) -> Self {
        let build = build(&web);
        let key = format!("\n{} {}", web.public_url, size_limit.unwrap_or(usize::MAX));
        Self { shared: Arc::clone(&self.shared), scope: Arc::new(Scope { web, build, size_limit, key }) }
    }

    /// Where the sites come from.
    #[must_use]
    pub fn sites(&self) -> &dyn SiteRepository {
        &*self.shared.sites
    }

    /// Where the time comes from.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.shared.clock
    }

    /// The configuration of responses.
    #[must_use]
    pub fn web(&self) -> &WebConfig {
        &self.scope.web
    }

    /// Where contacts and the audit are, if anywhere.
    #[must_use]
    pub fn contacts(&self) -> Option<&dyn ContactRepository> {
        self.shared.contacts.as_deref()
    }

    /// Where single sites are changed, if anywhere.
    #[must_use]
    pub fn site_store(&self) -> Option<&dyn SiteStore> {
        self.shared.store.as_deref()
    }

    /// Who finds out who asks.
    pub(crate) fn authenticator(&self) -> &dyn Authenticator {
        &*self.shared.authenticator
    }

    /// Whether whoever sends no credentials may do everything.
    #[must_use]
    pub fn auth_is_disabled(&self) -> bool {
        self.shared.auth_is_disabled
    }

    /// Whether people can log in with a browser.
    #[cfg(feature = "pages")]
    #[cfg_attr(
        not(feature = "oidc"),
        expect(clippy::unused_self, reason = "without the feature there are none")
    )]
    pub(crate) fn has_logins(&self) -> bool {
        #[cfg(feature = "oidc")]
        return self.shared.login.is_some();
        #[cfg(not(feature = "oidc"))]
        return false;
    }

    /// Who can log in with a browser, if anybody can.
    #[cfg(feature = "oidc")]
    pub(crate) fn login(&self) -> Option<&Login> {
        self.shared.login.as_deref()
    }

    /// Says on `/readyz` from now on that this service is about to stop; it still answers everything.
    pub fn drain(&self) {
        self.shared.draining.store(true, Ordering::Relaxed);
    }

    /// Whether [`drain`](Self::drain) was called.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        self.shared.draining.load(Ordering::Relaxed)
    }

    /// Names the program and its configuration, on which responses depend beside the data and the request.
    pub(crate) fn build(&self) -> &str {
        &self.scope.build
    }

    /// The part of cache keys that names this scope.
    pub(crate) fn scope_key(&self) -> &str {
        &self.scope.key
    }

    /// The size limit of response bodies, if there is one.
    pub(crate) fn size_limit(&self) -> Option<usize> {
        self.scope.size_limit
    }

    /// The cache of responses about the data.
    pub(crate) fn cache(&self) -> &ResponseCache {
        &self.shared.cache
    }

    /// The cache of responses that depend on the program only, and stay valid when the data change.
    pub(crate) fn descriptions(&self) -> &ResponseCache {
        &self.shared.descriptions
    }

    /// The cache that processes share, if there is one.
    pub(crate) fn shared_cache(&self) -> Option<&dyn SharedCache> {
        self.shared.second_cache.as_deref()
    }

    /// Who decides whether a client has sent too many requests.
    pub(crate) fn limits(&self) -> &dyn Limits {
        &*self.shared.limits
    }

    /// How many those are.
    pub(crate) fn limit_config(&self) -> &LimitConfig {
        &self.shared.limit_config
    }

    /// A random number below `below`, evenly distributed; 0 if `below` is 0. Not for secrets.
    pub(crate) fn random(&self, below: u64) -> u64 {
        let number = self.shared.requests.fetch_add(1, Ordering::Relaxed);
        let mut hasher = DefaultHasher::new();
        (&self.shared.request_prefix, number).hash(&mut hasher);
        // The hash as a fraction of its range, of `below`: that is never as much as `below`.
        let scaled = (u128::from(hasher.finish()) * u128::from(below)) >> u64::BITS;
        u64::try_from(scaled).unwrap_or_default()
    }

    /// The counters of this process.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.shared.metrics
    }

    /// An id for a request, unique over all processes.
    pub(crate) fn next_request_id(&self) -> String {
        let number = self.shared.requests.fetch_add(1, Ordering::Relaxed);
        [&*self.shared.request_prefix, itoa::Buffer::new().format(number)].concat()
    }
}

/// Names release and configuration: the same in all processes of a deployment, so that their validators agree.
fn build(web: &WebConfig) -> String {
    let mut hasher = DefaultHasher::new();
    (env!("CARGO_PKG_VERSION"), &web.public_url).hash(&mut hasher);
    format!("{:08x}", hasher.finish() >> 32)
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("web", &self.scope.web)
            .field("size_limit", &self.scope.size_limit)
            .field("draining", &self.is_draining())
            .finish_non_exhaustive()
    }
}
