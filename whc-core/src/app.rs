//! What a request handler can reach.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::repository::SiteRepository;

/// A World Heritage service: its repository and the state all requests share. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    sites: Arc<dyn SiteRepository>,
    draining: AtomicBool,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").finish_non_exhaustive()
    }
}

impl App {
    /// A service over these sites.
    pub fn new(sites: Arc<dyn SiteRepository>) -> Self {
        Self(Arc::new(Inner { sites, draining: AtomicBool::new(false) }))
    }

    /// Where the sites come from.
    #[must_use]
    pub fn sites(&self) -> &dyn SiteRepository {
        &*self.0.sites
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
}
