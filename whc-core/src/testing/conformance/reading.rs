//! Reading sites and pages.

use std::sync::Arc;

use super::{NONE, Outcome, equal, equal_sites, failed, fixture};
use crate::page::{Page, Window};
use crate::repository::SiteRepository;
use crate::site::{Site, SiteId, SiteQuery, StatusFilter};

pub(super) async fn ready(repository: &dyn SiteRepository) -> Outcome {
    repository.ready().await.map_err(failed)
}

pub(super) async fn get(repository: &dyn SiteRepository) -> Outcome {
    for site in fixture() {
        let found = repository.get(site.id).await.map_err(failed)?;
        equal_sites(&format!("the site with the id {}", site.id), found.as_slice(), &[site])?;
    }
    Ok(())
}

pub(super) async fn absent(repository: &dyn SiteRepository) -> Outcome {
    let nowhere = SiteId::new(77_777).map_err(failed)?;
    let found = repository.get(nowhere).await.map_err(failed)?;
    equal_sites("the site with the id 77777", found.as_slice(), NONE)
}

pub(super) async fn status(repository: &dyn SiteRepository) -> Outcome {
    for status in [StatusFilter::All, StatusFilter::Inscribed, StatusFilter::Delisted] {
        let query = SiteQuery { status, ..SiteQuery::ALL };
        let expected: Vec<Site> = fixture().into_iter().filter(|site| query.matches(site)).collect();
        let page = repository.list(&query).await.map_err(failed)?;
        equal(&format!("the total for {status:?}"), &page.total, &count(&expected))?;
        equal_sites(&format!("the list for {status:?}"), &page.items, &expected)?;
    }
    Ok(())
}

pub(super) async fn pages(repository: &dyn SiteRepository) -> Outcome {
    let all = fixture();
    let mut window = Window::new(5, 0).map_err(failed)?;
    let mut ids = Vec::new();
    while ids.len() < all.len() {
        let page = page(repository, window).await?;
        equal(&format!("the total at offset {}", window.offset()), &page.total, &count(&all))?;
        if page.items.is_empty() {
            return Err(format!("the list ends at {} of {} sites", ids.len(), all.len()));
        }
        ids.extend(page.items.iter().map(|site| site.id));
        window = window.next();
    }
    equal("the order", &ids, &all.iter().map(|site| site.id).collect())
}

pub(super) async fn past_the_end(repository: &dyn SiteRepository) -> Outcome {
    let total = count(&fixture());
    for offset in [total, total + 1000, u64::MAX] {
        let page = page(repository, Window::new(5, offset).map_err(failed)?).await?;
        equal(&format!("the total at offset {offset}"), &page.total, &total)?;
        equal_sites(&format!("the page at offset {offset}"), &page.items, NONE)?;
    }
    Ok(())
}

pub(super) async fn version(repository: &dyn SiteRepository) -> Outcome {
    let version = repository.version().await.map_err(failed)?;
    let text = version.as_str();
    if text.is_empty() || text.len() > 64 || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(format!("{text:?} is not 1 to 64 visible ASCII characters"));
    }
    equal("the version of unchanged data", &repository.version().await.map_err(failed)?, &version)
}

async fn page(repository: &dyn SiteRepository, window: Window) -> Outcome<Page<Arc<Site>>> {
    repository.list(&SiteQuery { window, ..SiteQuery::ALL }).await.map_err(failed)
}

fn count(sites: &[Site]) -> u64 {
    u64::try_from(sites.len()).unwrap_or(u64::MAX)
}
