//! The definition of a query's result: filter, nearest, order, window.

use std::sync::Arc;

use super::SiteQuery;
use super::order::Rank;
use crate::page::Page;
use crate::site::Site;

/// A selected site.
pub(super) struct Hit {
    pub(super) site: Arc<Site>,
    rank: Rank,
    /// In kilometres, infinite where there is none.
    distance: f64,
}

impl SiteQuery {
    /// The result of this query over `sites`, each given once, in any order. This is the definition: a repository may be
    /// faster, but must give the same result.
    #[must_use]
    pub fn select<'a>(&self, sites: impl IntoIterator<Item = &'a Arc<Site>>) -> Page<Arc<Site>> {
        let mut hits = self.hits(sites);
        hits.sort_by(|hit, other| hit.rank.compare(&other.rank));
        let total = u64::try_from(hits.len()).unwrap_or(u64::MAX);
        let offset = usize::try_from(self.window.offset()).unwrap_or(usize::MAX);
        let limit = usize::try_from(self.window.limit()).unwrap_or(usize::MAX);
        Page { items: hits.into_iter().skip(offset).take(limit).map(|hit| hit.site).collect(), total }
    }

    /// The site as this query sees it: as of its year. `None` if there was none then.
    pub(crate) fn seen(&self, site: &Arc<Site>) -> Option<Arc<Site>> {
        match self.as_of {
            Some(year) => site.shared_as_of(year),
            None => Some(Arc::clone(site)),
        }
    }

    /// The selected sites, in no order.
    pub(super) fn hits<'a>(&self, sites: impl IntoIterator<Item = &'a Arc<Site>>) -> Vec<Hit> {
        let seen = sites.into_iter().filter_map(|site| self.seen(site));
        let passing = seen.filter(|site| self.passes(site));
        let hit = |site: Arc<Site>| self.score(&site).map(|score| self.hit(site, score));
        let mut hits: Vec<_> = passing.filter_map(hit).collect();
        self.keep_nearest(&mut hits);
        hits
    }

    /// The score of `site`, `None` if it does not match; 0 without a search.
    pub(super) fn score(&self, site: &Site) -> Option<u32> {
        self.search.as_ref().map_or(Some(0), |search| search.score(site))
    }

    fn hit(&self, site: Arc<Site>, score: u32) -> Hit {
        let distance = self.distance_km(&site).unwrap_or(f64::INFINITY);
        Hit { rank: Rank::new(&site, self, score), site, distance }
    }

    fn keep_nearest(&self, hits: &mut Vec<Hit>) {
        let Some(nearest) = self.near.and_then(|near| near.nearest) else { return };
        hits.sort_by(|hit, other| {
            hit.distance.total_cmp(&other.distance).then(hit.site.id.cmp(&other.site.id))
        });
        hits.truncate(usize::try_from(nearest.get()).unwrap_or(usize::MAX));
    }
}
