//! What a file is compared with: the sites of the store, and of those it lacks the list compiled in.

use std::sync::{Arc, OnceLock};

use crate::error::Result;
use crate::site::{KnownSites, Site, SiteId, Year, embedded_shared};

/// The list compiled in, read once: a program that plans more than one import plans many.
fn compiled() -> Result<&'static [Arc<Site>]> {
    static COMPILED: OnceLock<Vec<Arc<Site>>> = OnceLock::new();
    if let Some(compiled) = COMPILED.get() {
        return Ok(compiled);
    }
    let read = embedded_shared()?;
    Ok(COMPILED.get_or_init(|| read))
}

/// The site as the list compiled in has it.
pub(super) fn compiled_in(id: SiteId) -> Result<Option<&'static Site>> {
    let sites = compiled()?;
    Ok(sites.binary_search_by_key(&id, |site| site.id).ok().map(|place| &*sites[place]))
}

/// The known sites, and the list compiled in behind them.
pub(super) struct Basis<'a> {
    pub(super) known: KnownSites<'a>,
    compiled: &'static [Arc<Site>],
}

impl<'a> Basis<'a> {
    pub(super) fn new(known: KnownSites<'a>) -> Result<Self> {
        Ok(Self { known, compiled: compiled()? })
    }

    /// The site as the store has it.
    pub(super) fn stored(&self, id: SiteId) -> Option<&'a Site> {
        self.known.get(id).map(|site| &**site)
    }

    /// The site as the list compiled in has it.
    pub(super) fn compiled(&self, id: SiteId) -> Option<&'static Site> {
        let place = self.compiled.binary_search_by_key(&id, |site| site.id).ok()?;
        Some(&*self.compiled[place])
    }

    /// The newest session of the list compiled in, which is whole until then.
    pub(super) fn whole_until(&self) -> Option<Year> {
        self.compiled_all().map(|site| site.inscribed).max()
    }

    /// Every site of the store.
    pub(super) fn stored_all(&self) -> impl Iterator<Item = &Site> {
        self.known.iter().map(|site| &**site)
    }

    /// Every site of the list compiled in.
    pub(super) fn compiled_all(&self) -> impl Iterator<Item = &Site> {
        self.compiled.iter().map(|site| &**site)
    }
}
