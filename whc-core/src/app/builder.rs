//! Configures an [`App`].

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};

use super::{App, Scope, Shared, build};
#[cfg(feature = "auth")]
use crate::auth::TokenAuthenticator;
use crate::auth::{Authenticator, Disabled, WithoutKeys};
use crate::cache::{ResponseCache, SharedCache};
use crate::clock::{Clock, SystemClock};
use crate::config::{Config, LimitConfig, WebConfig};
use crate::error::Result;
use crate::limit::{Limits, MemoryLimits};
#[cfg(feature = "oidc")]
use crate::login::Login;
use crate::metrics::{Counter, Metrics};
use crate::repository::{ContactRepository, Opened, SiteRepository, SiteStore};
#[cfg(feature = "oidc")]
use crate::session::MemorySessions;
#[cfg(feature = "valkey")]
use crate::valkey::{Valkey, ValkeyCache, ValkeyLimits};

/// How much memory may hold responses about the service itself: every version and encoding of its description.
const DESCRIPTIONS_BYTES: usize = 1 << 20;

/// Configures an [`App`] step by step.
#[must_use]
pub struct AppBuilder {
    sites: Arc<dyn SiteRepository>,
    web: WebConfig,
    clock: Arc<dyn Clock>,
    counters: Vec<Counter>,
    contacts: Option<Arc<dyn ContactRepository>>,
    store: Option<Arc<dyn SiteStore>>,
    shared_cache: Option<Arc<dyn SharedCache>>,
    limits: LimitConfig,
    #[cfg(feature = "valkey")]
    valkey: Option<Valkey>,
    authenticator: Arc<dyn Authenticator>,
    auth_is_disabled: bool,
    #[cfg(feature = "oidc")]
    login: Option<Arc<Login>>,
}

impl AppBuilder {
    pub(super) fn new(sites: Arc<dyn SiteRepository>) -> Self {
        Self {
            sites,
            web: WebConfig::default(),
            clock: Arc::new(SystemClock),
            counters: Vec::new(),
            contacts: None,
            store: None,
            shared_cache: None,
            limits: LimitConfig::OFF,
            #[cfg(feature = "valkey")]
            valkey: None,
            authenticator: Arc::new(WithoutKeys),
            auth_is_disabled: false,
            #[cfg(feature = "oidc")]
            login: None,
        }
    }

    pub(super) fn configured(config: &Config, opened: &Opened) -> Result<Self> {
        let builder = Self::new(Arc::clone(&opened.sites)).web(config.web.clone()).limits(config.limits);
        let builder = Self { contacts: opened.contacts.clone(), store: opened.store.clone(), ..builder };
        #[cfg(feature = "valkey")]
        let builder = match &opened.valkey {
            Some(valkey) => builder.valkey(valkey)?,
            None => builder,
        };
        let builder = builder.with_keys(config)?;
        #[cfg(feature = "oidc")]
        let builder = builder.with_logins(config, opened)?;
        if !config.development.disable_auth {
            return Ok(builder);
        }
        tracing::warn!(
            "authentication is disabled (DISABLE_AUTH): whoever asks this machine may do everything"
        );
        Ok(builder.without_authentication())
    }

    #[cfg(feature = "auth")]
    fn with_keys(self, config: &Config) -> Result<Self> {
        if !config.auth.has_keys() {
            tracing::info!("no key is configured (AUTH_KEYS or AUTH_JWKS_URL): no token counts");
            return Ok(self);
        }
        let authenticator = TokenAuthenticator::new(&config.auth, Arc::clone(&self.clock))?;
        Ok(self.authenticator(Arc::new(authenticator)))
    }

    #[cfg(not(feature = "auth"))]
    #[expect(clippy::unnecessary_wraps, reason = "with tokens it may fail")]
    fn with_keys(self, _: &Config) -> Result<Self> {
        Ok(self)
    }

    #[cfg(feature = "oidc")]
    fn with_logins(self, config: &Config, opened: &Opened) -> Result<Self> {
        if !config.login.is_configured() {
            return Ok(self);
        }
        let store = opened.sessions.clone().unwrap_or_else(|| {
            tracing::info!(
                "sessions are in memory: logins end with this process, and no other knows of them"
            );
            Arc::new(MemorySessions::new(Arc::clone(&self.clock)))
        });
        let login = Login::new(config, store, Arc::clone(&self.clock))?;
        Ok(self.login(login))
    }

    /// Reads the time from `clock`.
    pub fn clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }

    /// Answers as `web` says.
    pub fn web(self, web: WebConfig) -> Self {
        Self { web, ..self }
    }

    /// Keeps contacts and the audit in `contacts`. Without a store, what is about them answers 503.
    pub fn contacts(self, contacts: Arc<dyn ContactRepository>) -> Self {
        Self { contacts: Some(contacts), ..self }
    }

    /// Changes single sites in `store`, which must be what the sites of this service are read from, or be followed by it: see
    /// [`SiteStore::put`]. Without a store sites can only be read.
    pub fn site_store(self, store: Arc<dyn SiteStore>) -> Self {
        Self { store: Some(store), ..self }
    }

    /// Shares with other processes, in this Valkey, answers that are expensive to write, and what is left of limits.
    ///
    /// # Errors
    /// No key can be derived that they are signed with, which is a fault.
    #[cfg(feature = "valkey")]
    pub fn valkey(self, valkey: &Valkey) -> Result<Self> {
        let shared_cache = Some(Arc::new(ValkeyCache::new(valkey.clone())?) as _);
        Ok(Self { shared_cache, valkey: Some(valkey.clone()), ..self })
    }

    /// Lets each client send so many requests. Without this any number.
    pub fn limits(self, limits: LimitConfig) -> Self {
        Self { limits, ..self }
    }

    /// Finds out who asks with `authenticator`. Without one nobody counts, and what is private answers 401.
    pub fn authenticator(self, authenticator: Arc<dyn Authenticator>) -> Self {
        Self { authenticator, ..self }
    }

    /// Lets people log in with a browser. Without this nobody can.
    #[cfg(feature = "oidc")]
    pub fn login(self, login: Login) -> Self {
        Self { login: Some(Arc::new(login)), ..self }
    }

    /// Lets whoever sends no credentials do everything, if they name a loopback host: for development. Credentials that are
    /// sent are checked all the same.
    pub fn without_authentication(self) -> Self {
        Self { auth_is_disabled: true, ..self }
    }

    /// Shows `counter` on `/metrics`, after those before it.
    pub fn counter(mut self, counter: Counter) -> Self {
        self.counters.push(counter);
        self
    }

    /// Who decides about limits.
    fn decider(&self) -> Arc<dyn Limits> {
        #[cfg(feature = "valkey")]
        if let Some(valkey) = &self.valkey {
            return Arc::new(ValkeyLimits::new(valkey.clone(), Arc::clone(&self.clock)));
        }
        Arc::new(MemoryLimits::new(Arc::clone(&self.clock)))
    }

    /// The service.
    #[must_use]
    pub fn build(self) -> App {
        let decider = self.decider();
        #[cfg(feature = "oidc")]
        let login = self.login;
        let Self {
            sites,
            web,
            clock,
            counters,
            contacts,
            store,
            shared_cache,
            limits,
            authenticator,
            auth_is_disabled,
            ..
        } = self;
        let disabled = |checking| Arc::new(Disabled::around(checking)) as Arc<dyn Authenticator>;
        let authenticator = if auth_is_disabled { disabled(authenticator) } else { authenticator };
        let shared = Shared {
            sites,
            clock,
            cache: ResponseCache::new(web.cache_bytes),
            descriptions: ResponseCache::new(web.cache_bytes.min(DESCRIPTIONS_BYTES)),
            second_cache: shared_cache,
            limits: decider,
            limit_config: limits,
            metrics: Metrics::new(counters),
            contacts,
            store,
            authenticator,
            auth_is_disabled,
            #[cfg(feature = "oidc")]
            login,
            draining: AtomicBool::new(false),
            // Random enough to distinguish processes; not a secret.
            request_prefix: format!("{:016x}-", RandomState::new().hash_one(0_u8)),
            requests: AtomicU64::new(0),
        };
        let scope = Scope { build: build(&web), web, size_limit: None, key: String::new() };
        App { shared: Arc::new(shared), scope: Arc::new(scope) }
    }
}

impl fmt::Debug for AppBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppBuilder")
            .field("web", &self.web)
            .field("clock", &self.clock)
            .field("contacts", &self.contacts)
            .field("authenticator", &self.authenticator)
            .field("auth_is_disabled", &self.auth_is_disabled)
            .finish_non_exhaustive()
    }
}
