//! What is read of the sites to show one of them.

use std::num::NonZeroU32;
use std::sync::Arc;

use crate::error::Result;
use crate::page::Window;
use crate::repository::ReadView;
use crate::site::{Change, ChangeQuery, Near, Order, Site, SiteId, SiteQuery, SortKey};

/// How many of the sites around are shown.
const NEARBY: NonZeroU32 = NonZeroU32::new(8).unwrap();
/// How many of the latest changes are shown.
const CHANGES: u32 = 5;

/// A site, and what is around it.
pub(super) struct Reading {
    pub(super) site: Arc<Site>,
    /// The site it became a part of.
    pub(super) successor: Option<Arc<Site>>,
    /// The sites around, the nearest first; none where nobody knows where it is.
    pub(super) nearby: Vec<Arc<Site>>,
    /// Its latest changes, the latest first.
    pub(super) changes: Vec<Arc<Change>>,
    /// The sites before and after it, by number.
    pub(super) beside: [Option<Arc<Site>>; 2],
}

impl Reading {
    /// What there is of this site; `None` if there is no such site.
    pub(super) async fn of(id: SiteId, view: &ReadView<'_>) -> Result<Option<Self>> {
        let sites = view.sites();
        let Some(site) = sites.get(id).await? else { return Ok(None) };
        let successor = match site.status.superseded_by() {
            Some(by) => sites.get(by).await?,
            None => None,
        };
        let history = ChangeQuery { window: Window::new(CHANGES, 0)?, since: None, ids: [id].into() };
        let all = sites.list_all(&SiteQuery::ALL).await?;
        let at = all.iter().position(|other| other.id == id).unwrap_or_default();
        Ok(Some(Self {
            successor,
            nearby: nearby(&site, view).await?,
            changes: sites.changes(&history).await?.items,
            beside: [at.checked_sub(1), Some(at + 1)].map(|at| all.get(at?).cloned()),
            site,
        }))
    }
}

async fn nearby(site: &Site, view: &ReadView<'_>) -> Result<Vec<Arc<Site>>> {
    let Some(point) = site.point else { return Ok(Vec::new()) };
    let window = Window::new(NEARBY.get(), 0)?;
    let query = SiteQuery::default().with(|query| {
        query.near = Some(Near { point, radius: None, nearest: Some(NEARBY) });
        query.except = Some(site.id);
        query.sort = Some(Order::by(SortKey::Distance));
        query.window = window;
    });
    Ok(view.sites().list(&query).await?.items)
}
