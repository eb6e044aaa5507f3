//! Change sites in a store of your own: what a change does is decided for you, the store keeps what comes of it.
//!
//! `cargo run -p examples --example own_store`
#![expect(clippy::print_stdout, reason = "an example talks to its reader")]

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use bytes::Bytes;
use http::Request;
use whc_core::audit::AuditEvent;
use whc_core::auth::Curator;
use whc_core::repository::{
    Drafting, Earlier, FoundSite, ImportRecord, ImportedChanges, Placed, Recorded, Revised, SiteDecision,
    SiteEdit, SitePlacement, SitePut,
};
use whc_core::testing::conformance;
use whc_core::{
    App, Change, ChangeKind, ChangeQuery, Clock, KnownSites, Page, Result, RevisionOrigin, Site, SiteId,
    SiteQuery, SiteRecord, SiteRepository, SiteRevision, SiteStore, Snapshot, SystemClock, Version,
    async_trait, web,
};

/// Everything behind one lock. Yours may be transactions of a database.
#[derive(Default)]
struct LockedSites(Mutex<State>);

#[derive(Default)]
struct State {
    records: BTreeMap<SiteId, SiteRecord>,
    /// The latest first.
    history: Vec<Arc<Change>>,
    events: Vec<AuditEvent>,
    /// By caller, target and key: the body, what came of it and when.
    requests: BTreeMap<String, (Vec<u8>, Recorded<SiteRevision>, SystemTime)>,
    /// The latest last.
    imports: Vec<ImportedChanges>,
    /// Counts the writes. A store that outlives its process draws revisions at random.
    writes: u64,
}

impl LockedSites {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn sites(&self) -> Vec<Arc<Site>> {
        self.records.values().map(|record| Arc::clone(&record.site)).collect()
    }

    fn write(&mut self, record: SiteRecord, changes: impl IntoIterator<Item = Change>) -> SiteRevision {
        self.writes += 1;
        let revision = SiteRevision::new(self.writes);
        let record = SiteRecord::new(record.site, revision).with_curated(record.curated);
        self.records.insert(record.site.id, record);
        self.tell(changes);
        revision
    }

    fn remove(&mut self, id: SiteId, change: Change) {
        self.writes += 1;
        self.records.remove(&id);
        self.tell([change]);
    }

    fn tell(&mut self, changes: impl IntoIterator<Item = Change>) {
        self.history.splice(..0, changes.into_iter().map(Arc::new));
        self.history.sort_by_key(|change| (std::cmp::Reverse(change.at), change.site));
    }
}

#[async_trait]
impl SiteRepository for LockedSites {
    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>> {
        Ok(self.record(id).await?.map(|record| record.site))
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        Ok(query.select(&self.lock().sites()))
    }

    async fn changes(&self, query: &ChangeQuery) -> Result<Page<Arc<Change>>> {
        Ok(query.select(&self.lock().history))
    }

    async fn version(&self) -> Result<Version> {
        Ok(Version::new(format!("write-{}", self.lock().writes)))
    }

    /// For a `ReplicatedSites` in front of this store: so it knows revisions and marks.
    async fn load(&self, _: Version, _known: Option<&Snapshot>) -> Result<Snapshot> {
        let state = self.lock();
        let version = Version::new(format!("write-{}", state.writes));
        let snapshot = Snapshot::of_records(version, state.records.values().cloned().collect())?;
        Ok(snapshot.with_changes(state.history.clone()))
    }
}

#[async_trait]
impl SiteStore for LockedSites {
    async fn revise_from(&self, origin: &RevisionOrigin, drafting: &mut Drafting<'_>) -> Result<usize> {
        let mut state = self.lock();
        let sites = state.sites();
        let curated = state.records.values().map(|record| (record.site.id, record.curated.clone())).collect();
        let known = KnownSites::new(&sites, &curated);
        let (draft, at) = (drafting(&known)?, SystemClock.now());
        let removed: Vec<_> = draft.removed.iter().filter_map(|id| known.get(*id)).collect();
        let count = draft.sites.len() + removed.len();
        let all_revised = origin.revised(&known, draft.sites, at)?;
        if let Some(findings) = draft.findings {
            let mut import = ImportRecord::new(state.imports.len() as u64 + 1, at);
            (import.source, import.takes_back) = (origin.source.clone(), origin.takes_back);
            (import.sites, import.findings) = (all_revised.len() + removed.len(), findings);
            let changes = all_revised.iter().map(Revised::values).collect();
            state.imports.push(ImportedChanges::new(import, changes));
        }
        for site in removed {
            let mut change = Change::new(at, site.id, ChangeKind::Removed);
            change.name = Some(site.names.english().to_owned());
            state.remove(site.id, change);
        }
        for revised in all_revised {
            let marks = &curated.get(&revised.site.id).cloned().unwrap_or_default() - &revised.overruled;
            let record = SiteRecord::new(revised.site, SiteRevision::new(0)).with_curated(marks);
            state.write(record, [revised.change]);
        }
        Ok(count)
    }

    async fn last_import(&self) -> Result<Option<ImportRecord>> {
        Ok(self.lock().imports.last().map(|last| last.import.clone()))
    }

    async fn import_to_take_back(&self) -> Result<Option<ImportedChanges>> {
        let state = self.lock();
        let taken_back: Vec<_> = state.imports.iter().filter_map(|other| other.import.takes_back).collect();
        let can_be = |imported: &&ImportedChanges| {
            let import = &imported.import;
            import.takes_back.is_none()
                && !imported.changes.is_empty()
                && !taken_back.contains(&import.number)
        };
        Ok(state.imports.iter().rev().find(can_be).cloned())
    }

    async fn record(&self, id: SiteId) -> Result<Option<SiteRecord>> {
        Ok(self.lock().records.get(&id).cloned())
    }

    async fn put(&self, curator: &Curator, put: &SitePut<'_>, edit: &mut SiteEdit<'_>) -> Result<Placed> {
        // From here to the end nobody else can change a site.
        let mut state = self.lock();
        let mut found = FoundSite::new(state.records.get(&put.site).cloned());
        found.superseder = put.superseder.and_then(|id| state.records.get(&id).cloned());
        let key =
            put.request.map(|request| format!("{:?} {} {}", curator.actor(), request.target, request.key));
        found.earlier = put.request.zip(key.as_ref()).and_then(|(request, key)| {
            let (body, outcome, at) = state.requests.get(key)?;
            let counts = put.trace.at() < *at + whc_core::repository::IdempotentRequest::KEPT;
            counts.then(|| Earlier { outcome: outcome.clone(), same_body: body == request.body })
        });
        let (status, revision, placement) = match found.decide(put, edit)? {
            SiteDecision::Nothing(placement) => return Ok(placement.into()),
            SiteDecision::Conflict(revision) => (409, revision, SitePlacement::Exists(revision)),
            SiteDecision::Write(writing) => {
                let record = SiteRecord::new(Arc::clone(&writing.site), SiteRevision::new(0));
                let record = record.with_curated(writing.curated.clone());
                let revision = state.write(record, writing.change(put, SystemClock.now()));
                state.events.push(writing.event(put, curator));
                (201, revision, writing.placement(revision))
            }
        };
        if let (Some(request), Some(key)) = (put.request, key) {
            let outcome = Recorded::new(status, request.location, revision);
            state.requests.insert(key, (request.body.to_vec(), outcome, put.trace.at()));
        }
        Ok(placement.into())
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let store = LockedSites::default();
    conformance::check_store(&store).await;
    println!("the store is read and written as it should be; {} events", store.lock().events.len());

    let store = Arc::new(LockedSites::default());
    store.revise(&mut |_| whc_core::site::embedded()).await?;
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
    println!("{}: {}", response.status(), String::from_utf8_lossy(&response.into_body().into_bytes()));
    Ok(())
}
