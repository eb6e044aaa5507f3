//! The answer to a query, by definition: filter, nearest, order, window.

use std::sync::Arc;

use super::SiteQuery;
use super::order::Rank;
use crate::page::Page;
use crate::site::Site;

/// A site that belongs to the answer.
struct Hit<'a> {
    site: &'a Arc<Site>,
    rank: Rank,
    /// In kilometres, infinite where there is none.
    distance: f64,
}

impl SiteQuery {
    /// The answer to this query over `sites`, each given once, in any order. This is what a query means: every
    /// repository may be faster, but not different.
    #[must_use]
    pub fn select<'a>(&self, sites: impl IntoIterator<Item = &'a Arc<Site>>) -> Page<Arc<Site>> {
        let mut hits: Vec<_> = sites.into_iter().filter_map(|site| self.hit(site)).collect();
        self.keep_nearest(&mut hits);
        hits.sort_by(|hit, other| hit.rank.compare(&other.rank));
        let total = u64::try_from(hits.len()).unwrap_or(u64::MAX);
        let offset = usize::try_from(self.window.offset()).unwrap_or(usize::MAX);
        let limit = usize::try_from(self.window.limit()).unwrap_or(usize::MAX);
        Page { items: hits.iter().skip(offset).take(limit).map(|hit| Arc::clone(hit.site)).collect(), total }
    }

    fn hit<'a>(&self, site: &'a Arc<Site>) -> Option<Hit<'a>> {
        let score = self.score(site)?;
        let distance = self.distance_km(site).unwrap_or(f64::INFINITY);
        Some(Hit { site, rank: Rank::of(site, self, score), distance })
    }

    fn keep_nearest(&self, hits: &mut Vec<Hit<'_>>) {
        let Some(nearest) = self.near.and_then(|near| near.nearest) else { return };
        hits.sort_by(|hit, other| {
            hit.distance.total_cmp(&other.distance).then(hit.site.id.cmp(&other.site.id))
        });
        hits.truncate(usize::try_from(nearest.get()).unwrap_or(usize::MAX));
    }
}
