//! The definition of a query's result: filter, nearest, order, window.

use std::sync::Arc;

use super::SiteQuery;
use super::order::Rank;
use crate::page::Page;
use crate::site::Site;

/// A selected site.
pub(super) struct Hit<'a> {
    pub(super) site: &'a Arc<Site>,
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
        Page { items: hits.iter().skip(offset).take(limit).map(|hit| Arc::clone(hit.site)).collect(), total }
    }

    /// The selected sites, in no order.
    pub(super) fn hits<'a>(&self, sites: impl IntoIterator<Item = &'a Arc<Site>>) -> Vec<Hit<'a>> {
        let passing = sites.into_iter().filter(|site| self.passes(site));
        let mut hits: Vec<_> = passing.filter_map(|site| Some(self.hit(site, self.score(site)?))).collect();
        self.keep_nearest(&mut hits);
        hits
    }

    /// The score of `site`, `None` if it does not match; 0 without a search.
    fn score(&self, site: &Site) -> Option<u32> {
        self.search.as_ref().map_or(Some(0), |search| search.score(site))
    }

    fn hit<'a>(&self, site: &'a Arc<Site>, score: u32) -> Hit<'a> {
        let distance = self.distance_km(site).unwrap_or(f64::INFINITY);
        Hit { site, rank: Rank::new(site, self, score), distance }
    }

    fn keep_nearest(&self, hits: &mut Vec<Hit<'_>>) {
        let Some(nearest) = self.near.and_then(|near| near.nearest) else { return };
        hits.sort_by(|hit, other| {
            hit.distance.total_cmp(&other.distance).then(hit.site.id.cmp(&other.site.id))
        });
        hits.truncate(usize::try_from(nearest.get()).unwrap_or(usize::MAX));
    }
}
