//! Pages with all sites that have one thing in common, in one index: a country, a criterion.

use std::sync::Arc;

use super::frame::Frame;
use super::number::Number;
use crate::repository::ReadView;
use crate::site::{Facets, Order, Site, SiteQuery, SortKey};
use crate::web::problem::Problem;

/// The sites that have something in common, the newest first, and how many of them there are of each kind.
pub(super) struct Index {
    pub(super) sites: Vec<Arc<Site>>,
    pub(super) counts: Facets,
}

impl Index {
    /// Those that pass this query.
    pub(super) async fn of(query: &SiteQuery, view: &ReadView<'_>) -> Result<Self, Problem> {
        let counts = view.sites().facets(query).await?;
        let newest = query.clone().with(|query| query.sort = Some(Order::by_descending(SortKey::Inscribed)));
        Ok(Self { sites: view.sites().list_all(&newest).await?, counts })
    }

    /// The figures of the page: how many there are of each category, and how many in danger, where there are any.
    pub(super) fn figures(&self, frame: &Frame<'_>) -> Vec<(&'static str, Number)> {
        let categories = self.counts.categories.iter();
        let categories = categories.map(|(category, count)| (frame.text.category_of(*category), *count));
        let danger = (frame.text.in_danger, self.counts.in_danger);
        let all = (frame.text.sites, self.counts.total);
        let figures = std::iter::once(all).chain(categories).chain([danger]);
        figures.filter(|(_, count)| *count > 0).map(|(name, count)| (name, Number(count))).collect()
    }
}
