//! An immutable picture of all sites, the answer to every question of one version.

use std::fmt::{self, Write as _};
use std::hash::{DefaultHasher, Hasher};
use std::sync::Arc;

use super::Version;
use crate::error::{Error, Result};
use crate::page::Page;
use crate::site::{self, Index, Selection, Site, SiteId, SiteQuery};

/// Every site there is at one version. Never changes; a change makes another picture.
#[derive(Debug)]
pub(super) struct Picture {
    /// Ordered by id, each id once.
    sites: Vec<Arc<Site>>,
    version: Version,
    index: Index,
}

impl Picture {
    /// These sites, which must be ordered by id and each there once.
    pub(super) fn new(version: Version, sites: Vec<Arc<Site>>) -> Result<Self> {
        if let Some(pair) = sites.windows(2).find(|pair| pair[0].id >= pair[1].id) {
            let (one, next) = (pair[0].id, pair[1].id);
            return Err(Error::internal(format!("the list has site {next} after site {one}")));
        }
        Ok(Self { sites, version, index: Index::default() })
    }

    /// The facts compiled into this crate.
    pub(super) fn embedded() -> Result<Self> {
        let sites = site::embedded()?.into_iter().map(Arc::new).collect();
        Self::new(Version::new(site::embedded_version()), sites)
    }

    /// Every site, ordered by id.
    pub(super) fn sites(&self) -> &[Arc<Site>] {
        &self.sites
    }

    pub(super) fn version(&self) -> &Version {
        &self.version
    }

    pub(super) fn get(&self, id: SiteId) -> Option<&Arc<Site>> {
        self.sites.binary_search_by_key(&id, |site| site.id).ok().map(|at| &self.sites[at])
    }

    pub(super) fn list(&self, query: &SiteQuery) -> Page<Arc<Site>> {
        let Selection { positions, total } = self.index.select(query, &self.sites);
        let sites =
            positions.into_iter().filter_map(|position| self.sites.get(usize::try_from(position).ok()?));
        Page { items: sites.cloned().collect(), total }
    }

    /// This picture with its indexes ready, so that no reader waits for them.
    pub(super) fn prepared(self) -> Self {
        self.index.prepare(&self.sites);
        self
    }

    /// This picture with `sites` put in, under a version made from its content.
    pub(super) fn with(&self, sites: impl IntoIterator<Item = Site>) -> Self {
        let mut all = self.sites.clone();
        all.extend(sites.into_iter().map(Arc::new));
        // A stable sort keeps the order of doubles; from the end backwards the first one met is the latest.
        all.sort_by_key(|site| site.id);
        all.reverse();
        all.dedup_by_key(|site| site.id);
        all.reverse();
        Self { version: version_of(&all), sites: all, index: Index::default() }
    }
}

impl Default for Picture {
    fn default() -> Self {
        Self { sites: Vec::new(), version: version_of(&[]), index: Index::default() }
    }
}

/// Equal sites give equal versions, in every process that runs the same build.
fn version_of(sites: &[Arc<Site>]) -> Version {
    struct Text(DefaultHasher);
    impl fmt::Write for Text {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.write(text.as_bytes());
            Ok(())
        }
    }
    let mut text = Text(DefaultHasher::new());
    // Hashing cannot fail, so neither can writing into the hasher.
    let _ = write!(text, "{sites:?}");
    Version::new(format!("memory-{:016x}", text.0.finish()))
}
