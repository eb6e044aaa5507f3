//! The immutable state of all sites at one version, with indexes and prepared texts.

#[cfg(feature = "pages")]
mod labels;
mod prepare;
mod records;
mod texts;

use std::fmt;
use std::sync::Arc;
#[cfg(feature = "pages")]
use std::sync::OnceLock;

use async_trait::async_trait;

#[cfg(feature = "pages")]
pub(crate) use self::labels::SiteLabels;
use self::records::version_of;
use self::texts::TextsByKind;
pub(crate) use self::texts::{TextKind, Texts};
use super::history::History;
use super::{SiteRepository, Version};
use crate::error::{Error, Result};
use crate::page::{Page, Window};
use crate::site::field::Presentation;
use crate::site::json;
use crate::site::{
    self, Change, ChangeQuery, Curated, Facets, Index, Selection, Site, SiteId, SiteQuery, SiteRevision,
};

/// All sites at one version. Immutable: a change makes another snapshot.
///
/// ```
/// # use std::sync::Arc;
/// use whc_core::{Category, Names, Snapshot, Site, SiteId, Version, Year};
///
/// let (id, names) = (SiteId::new(2)?, Names::new("City of Quito")?);
/// let quito = Site::new(id, names, Category::Cultural, Year::new(1978)?);
/// let snapshot = Snapshot::new(Version::new("1"), vec![Arc::new(quito)])?;
/// assert_eq!(snapshot.get(id).unwrap().names.english(), "City of Quito");
/// # Ok::<(), whc_core::Error>(())
/// ```
pub struct Snapshot {
    /// Ordered by id, each id once.
    sites: Vec<Arc<Site>>,
    /// Their ids beside each other, where one is found without a look into the sites.
    ids: Vec<SiteId>,
    /// Of each of them, in this order; none where the source keeps no revisions.
    revisions: Vec<SiteRevision>,
    /// The fields that curators have set, of sites that have any.
    curated: Arc<Curated>,
    version: Version,
    history: History,
    index: Index,
    texts: TextsByKind,
    /// What maps say of each site, by language.
    #[cfg(feature = "pages")]
    labels: [OnceLock<SiteLabels>; site::Language::ALL.len()],
}

impl Snapshot {
    /// These sites, ordered by id and each there once.
    ///
    /// # Errors
    /// An internal error names two sites that are in the wrong order.
    pub fn new(version: Version, sites: Vec<Arc<Site>>) -> Result<Self> {
        if let Some(pair) = sites.windows(2).find(|pair| pair[0].id >= pair[1].id) {
            let (one, next) = (pair[0].id, pair[1].id);
            return Err(Error::internal(format!("the list has site {next} after site {one}")));
        }
        Ok(Self::from_sorted(version, sites))
    }

    fn from_sorted(version: Version, sites: Vec<Arc<Site>>) -> Self {
        Self {
            ids: sites.iter().map(|site| site.id).collect(),
            sites,
            revisions: Vec::new(),
            curated: Arc::default(),
            version,
            history: History::default(),
            index: Index::default(),
            texts: TextsByKind::default(),
            #[cfg(feature = "pages")]
            labels: Default::default(),
        }
    }

    /// This snapshot with the history of its sites: the latest change first, those of one time by site.
    #[must_use]
    pub fn with_changes(self, changes: Vec<Arc<Change>>) -> Self {
        Self { history: History::new(changes), ..self }
    }

    /// The facts compiled into this crate.
    pub(super) fn embedded() -> Result<Self> {
        let sites = site::embedded_shared()?;
        Self::new(Version::new(site::embedded_version()).modified_at(site::embedded_modified()), sites)
    }

    /// Every site, ordered by id.
    #[must_use]
    pub fn sites(&self) -> &[Arc<Site>] {
        &self.sites
    }

    /// The version of its data.
    #[must_use]
    pub fn version(&self) -> &Version {
        &self.version
    }

    /// The site with this id, whether on the list or no longer.
    #[must_use]
    pub fn get(&self, id: SiteId) -> Option<&Arc<Site>> {
        self.position(id).map(|position| &self.sites[position])
    }

    /// What [`SiteQuery::select`] gives over all sites.
    #[must_use]
    pub fn list(&self, query: &SiteQuery) -> Page<Arc<Site>> {
        let Selection { positions, total } = self.select(query);
        let mut items = Vec::with_capacity(positions.len());
        items.extend(positions.into_iter().filter_map(|at| query.seen(&self.sites[at])));
        Page { items, total }
    }

    /// What [`SiteQuery::facets`] gives over all sites.
    #[must_use]
    pub fn facets(&self, query: &SiteQuery) -> Facets {
        self.index.facets(query, &self.sites)
    }

    /// The same as [`list`](Self::list) by positions in [`sites`](Self::sites).
    fn select(&self, query: &SiteQuery) -> Selection {
        self.index.select(query, &self.sites)
    }

    /// What [`ChangeQuery::select`] gives over the latest changes.
    #[must_use]
    pub fn changes(&self, query: &ChangeQuery) -> Page<Arc<Change>> {
        self.history.list(query)
    }

    pub(crate) fn position(&self, id: SiteId) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }

    /// The positions of these sites in [`sites`](Self::sites); `None` if one of them is not among those.
    pub(crate) fn positions(&self, sites: &[Arc<Site>]) -> Option<Vec<usize>> {
        let mut next = 0;
        let position = |site: &Arc<Site>| {
            // Most pages are in the order of the list: there the next position needs no search.
            let here = self.ids.get(next) == Some(&site.id);
            let position = if here { Some(next) } else { self.position(site.id) };
            next = position.map_or(0, |position| position + 1);
            // One as of a year is another one.
            position.filter(|position| Arc::ptr_eq(&self.sites[*position], site))
        };
        sites.iter().map(position).collect()
    }

    /// The texts of all sites of this kind, if they are ready or `wanted` of them make it worthwhile.
    pub(crate) fn texts(&self, kind: TextKind, wanted: usize) -> Option<&Texts> {
        let write = |position: usize, text: &mut Vec<u8>| self.write(kind, position, text);
        self.texts.of(kind).get(wanted, self.sites.len(), write)
    }

    /// What maps say of each site in a language: as `write` appends it, once.
    #[cfg(feature = "pages")]
    pub(crate) fn labels(&self, language: site::Language, write: impl Fn(&Site, &mut String)) -> &SiteLabels {
        self.labels[language as usize].get_or_init(|| SiteLabels::new(&self.sites, write))
    }

    /// Appends the text of the site at a position.
    fn write(&self, kind: TextKind, position: usize, text: &mut Vec<u8>) {
        let presentation = Presentation { language: kind.language, distance_km: None };
        json::write(&self.sites[position], kind.form, kind.fields.fields(), presentation, text);
    }
}

/// A store that never changes.
#[async_trait]
impl SiteRepository for Snapshot {
    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>> {
        Ok(self.get(id).cloned())
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        Ok(self.list(query))
    }

    async fn list_all(&self, query: &SiteQuery) -> Result<Vec<Arc<Site>>> {
        let query = SiteQuery { window: Window::UNLIMITED, ..query.clone() };
        Ok(self.list(&query).items)
    }

    async fn version(&self) -> Result<Version> {
        Ok(self.version.clone())
    }

    async fn facets(&self, query: &SiteQuery) -> Result<Facets> {
        Ok(self.facets(query))
    }

    async fn changes(&self, query: &ChangeQuery) -> Result<Page<Arc<Change>>> {
        Ok(self.changes(query))
    }
}

impl Default for Snapshot {
    /// A snapshot without sites.
    fn default() -> Self {
        Self::from_sorted(version_of(&[]), Vec::new())
    }
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot")
            .field("version", &self.version)
            .field("sites", &self.sites.len())
            .finish_non_exhaustive()
    }
}
