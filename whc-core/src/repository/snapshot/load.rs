//! Taking a picture that is of one version from corner to corner.

use std::sync::Arc;

use crate::error::{Error, Result};
use crate::repository::everything;
use crate::repository::picture::Picture;
use crate::repository::{SiteRepository, Version};
use crate::site::SiteQuery;

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
        let sites = everything(&*source, &SiteQuery::EVERYTHING).await;
        let after = source.version().await?;
        // What was read, or could not be, counts only if nothing moved meanwhile.
        if after == version {
            return Picture::new(version, sites?).map(Some);
        }
        version = after;
    }
    Err(Error::unavailable("the data changes faster than it can be read"))
}
