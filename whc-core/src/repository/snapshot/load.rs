//! Taking a picture that is of one version from corner to corner.

use std::sync::Arc;

use crate::error::{Error, Result};
use crate::page::Window;
use crate::repository::picture::Picture;
use crate::repository::{SiteRepository, Version};
use crate::site::{Site, SiteQuery};

/// How often the data may change under the reading before it is given up until the next check.
const ATTEMPTS: usize = 5;

/// A picture of `source` as it is now; `None` if its version is still the one known.
pub(super) async fn if_moved(
    source: Arc<dyn SiteRepository>,
    known: Option<Version>,
) -> Result<Option<Picture>> {
    let mut version = source.version().await?;
    if known.as_ref() == Some(&version) {
        return Ok(None);
    }
    // A schema that does not fit might still be readable, and mean something else.
    source.ready().await?;
    for _ in 0..ATTEMPTS {
        let sites = everything(&*source).await;
        let after = source.version().await?;
        // What was read, or could not be, counts only if nothing moved meanwhile.
        if after == version {
            return Ok(Some(Picture::new(version, sites?)?.prepared()));
        }
        version = after;
    }
    Err(Error::unavailable("the data changes faster than it can be read"))
}

async fn everything(source: &dyn SiteRepository) -> Result<Vec<Arc<Site>>> {
    let mut sites = Vec::new();
    let mut window = Window::ALL;
    loop {
        let page = source.list(&SiteQuery { window, ..SiteQuery::EVERYTHING }).await?;
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
        window = Window::new(window.limit(), found)?;
    }
}
