//! Keep the sites in a store of your own, and prove that it answers as every other one does.
//!
//! `cargo run -p examples --example own_repository`
#![expect(clippy::print_stdout, reason = "an example talks to its reader")]

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;

use whc_core::testing::conformance;
use whc_core::{App, Page, Result, Site, SiteId, SiteQuery, SiteRepository, Version, async_trait, web};

/// The simplest store there is. Yours may read a file, a service or a database of your own.
struct MapSites(BTreeMap<SiteId, Arc<Site>>);

#[async_trait]
impl SiteRepository for MapSites {
    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>> {
        Ok(self.0.get(&id).cloned())
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        // `SiteQuery::select` is what a query means; a store may be faster, but not different.
        Ok(query.select(self.0.values()))
    }

    async fn version(&self) -> Result<Version> {
        // This map never changes, so one name will do.
        Ok(Version::new("map-1"))
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sites = MapSites(conformance::fixture().into_iter().map(|site| (site.id, Arc::new(site))).collect());
    conformance::check(&sites).await;
    println!("the store answers as it should");

    let app = App::new(Arc::new(sites));
    let request = http::Request::get("/api/whcsites?limit=1").body(bytes::Bytes::new())?;
    let response = web::handle(&app, request).await;
    println!("{}", String::from_utf8_lossy(&response.into_body().into_bytes()));
    Ok(())
}
