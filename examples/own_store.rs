//! A list that can be written, in a store of your own: a file of JSON lines, changed over HTTP with a reason.
//!
//! `cargo run -p examples --example own_store`
#![expect(clippy::print_stdout, reason = "an example talks to its reader")]

use std::collections::BTreeMap;
use std::error::Error;
use std::hash::{BuildHasher, RandomState};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::Request;
use whc_core::auth::Curator;
use whc_core::repository::{Placed, SiteEdit, SitePlacement, SitePut};
use whc_core::{
    App, Page, Result, Revision, Site, SiteId, SiteQuery, SiteRecord, SiteRepository, SiteRevision,
    SiteStore, Version, async_trait, web,
};

/// Sites in a file, each a line. Whoever writes holds `writing`, so that nobody else comes in between.
struct FileSites {
    path: PathBuf,
    sites: Mutex<BTreeMap<SiteId, SiteRecord>>,
    writing: tokio::sync::Mutex<()>,
}

impl FileSites {
    fn with<T>(&self, look: impl FnOnce(&mut BTreeMap<SiteId, SiteRecord>) -> T) -> T {
        look(&mut self.sites.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keeps a site in a new state, which is drawn at random so that none comes again.
    fn keep(&self, record: SiteRecord) -> Result<SiteRecord> {
        let revision = SiteRevision::new(RandomState::new().hash_one(record.site.id.get()));
        let record = SiteRecord::new(record.site, revision).with_curated(record.curated);
        let lines = self.with(|sites| {
            sites.insert(record.site.id, record.clone());
            sites.values().filter_map(|record| serde_json::to_string(&*record.site).ok()).collect::<Vec<_>>()
        });
        let failed = |error| whc_core::Error::unavailable("the file cannot be written").with_source(error);
        std::fs::write(&self.path, lines.join("\n")).map_err(failed)?;
        Ok(record)
    }
}

#[async_trait]
impl SiteRepository for FileSites {
    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>> {
        Ok(self.with(|sites| sites.get(&id).map(|record| Arc::clone(&record.site))))
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        Ok(self.with(|sites| query.select(sites.values().map(|record| &record.site))))
    }

    async fn version(&self) -> Result<Version> {
        // It changes whenever a site does.
        let all = self.with(|sites| sites.values().fold(0, |all, record| all ^ record.revision.get()));
        Ok(Version::new(format!("file-{all:016x}")))
    }
}

#[async_trait]
impl SiteStore for FileSites {
    async fn revise_from(&self, _source: Option<&str>, revision: &mut Revision<'_>) -> Result<usize> {
        let _writing = self.writing.lock().await;
        let known: Vec<_> =
            self.with(|sites| sites.values().map(|record| Arc::clone(&record.site)).collect());
        let written = revision(&known)?;
        for site in &written {
            let marks = self.with(|sites| sites.get(&site.id).map(|record| record.curated.clone()));
            let record = SiteRecord::new(Arc::new(site.clone()), SiteRevision::of(site));
            self.keep(record.with_curated(marks.unwrap_or_default()))?;
        }
        Ok(written.len())
    }

    async fn record(&self, id: SiteId) -> Result<Option<SiteRecord>> {
        Ok(self.with(|sites| sites.get(&id).cloned()))
    }

    async fn put(&self, curator: &Curator, put: &SitePut<'_>, edit: &mut SiteEdit<'_>) -> Result<Placed> {
        let _writing = self.writing.lock().await;
        // What comes of it is decided once for all stores; this one writes it down.
        let placement = match self.rehearse(put, edit).await? {
            SitePlacement::Created(record) => SitePlacement::Created(self.keep(record)?),
            SitePlacement::Changed { before, after } => {
                println!("{} changes site {}: {:?}", curator.actor().subject, put.site, put.reason);
                SitePlacement::Changed { before, after: self.keep(after)? }
            }
            nothing => nothing,
        };
        Ok(placement.into())
    }
}

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn Error>> {
    let path = std::env::temp_dir().join(format!("whc-own-store-{}.jsonl", std::process::id()));
    let record = |site: Site| {
        let revision = SiteRevision::of(&site);
        (site.id, SiteRecord::new(Arc::new(site), revision))
    };
    let sites = whc_core::site::embedded()?.into_iter().map(record).collect();
    let store = Arc::new(FileSites {
        path: path.clone(),
        sites: Mutex::new(sites),
        writing: tokio::sync::Mutex::default(),
    });
    // Without authentication only this machine may change anything; `authenticator` takes one of yours.
    let app = App::builder(Arc::clone(&store) as _).site_store(store).without_authentication().build();

    let request = Request::get("http://localhost/api/whcsites/1").body(Bytes::new())?;
    let etag = web::handle(&app, request).await.headers()["etag"].clone();
    let request = Request::patch("http://localhost/api/whcsites/1")
        .header("host", "localhost")
        .header("content-type", "application/json")
        .header("if-match", etag)
        .body(Bytes::from_static(br#"{"date_inscribed": 1979, "reason": "to try it"}"#))?;
    let response = web::handle(&app, request).await;
    println!("{}", response.status());
    println!("{}", String::from_utf8_lossy(&response.into_body().into_bytes()));
    std::fs::remove_file(path)?;
    Ok(())
}
