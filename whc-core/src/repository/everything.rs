//! Reading all of an answer, however many pages it takes.

use std::sync::Arc;

use super::SiteRepository;
use crate::error::{Error, Result};
use crate::page::Window;
use crate::site::{Site, SiteQuery};

/// All sites of the answer to `query`, whatever its window.
pub(crate) async fn everything<R: SiteRepository + ?Sized>(
    source: &R,
    query: &SiteQuery,
) -> Result<Vec<Arc<Site>>> {
    let mut query = SiteQuery { window: Window::ALL, ..query.clone() };
    let mut sites = Vec::new();
    loop {
        let page = source.list(&query).await?;
        let empty = page.items.is_empty();
        sites.extend(page.items);
        let found = u64::try_from(sites.len()).unwrap_or(u64::MAX);
        if found == page.total {
            return Ok(sites);
        }
        if empty || found > page.total {
            return Err(Error::internal(format!("the list has {found} of {} sites", page.total)));
        }
        // By what came, not by what was asked for: a source may keep its pages shorter.
        query.window = Window::new(Window::MAX_LIMIT, found)?;
    }
}
