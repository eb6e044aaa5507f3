//! Sites changed one at a time, and what stays of it.

pub(crate) mod editors;
mod freshness;
mod import;
mod older;
mod rights;
mod sequences;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use whc_core::audit::{AuditEvent, AuditQuery, Subject, Trace};
use whc_core::auth::{Actor, Caller, Curator, Scopes};
use whc_core::repository::{Edited, SitePlacement, SitePut};
use whc_core::testing::MockClock;
use whc_core::{
    Category, ContactRepository, FieldName, IfMatch, Names, Site, SiteId, SiteRecord, SiteRevision,
    SiteStore, Window, Year,
};

fn caller() -> Caller {
    Caller::new(Actor { issuer: None, subject: "42".to_owned() }, Scopes::all())
}

fn curator() -> Curator {
    caller().curator().unwrap()
}

fn id(number: u32) -> SiteId {
    SiteId::new(number).unwrap()
}

fn year(number: u16) -> Year {
    Year::new(number).unwrap()
}

/// A site of which little is known.
pub(crate) fn bare(number: u32) -> Site {
    Site::new(id(number), Names::new(format!("Site {number}")).unwrap(), Category::Cultural, year(1978))
}

fn fields(names: &str) -> BTreeSet<FieldName> {
    names.split_whitespace().map(|name| name.parse().unwrap()).collect()
}

/// A request of its own, a second after the last.
fn trace() -> Trace {
    static LAST: AtomicU64 = AtomicU64::new(1_800_000_000);
    let second = LAST.fetch_add(1, Ordering::Relaxed);
    Trace::new(
        format!("request {second}"),
        &MockClock::at(SystemTime::UNIX_EPOCH + Duration::from_secs(second)),
    )
}

async fn put(
    store: &dyn SiteStore,
    site: impl Into<Edited>,
    if_match: Option<&IfMatch<SiteRevision>>,
) -> SitePlacement {
    let (edited, trace) = (site.into(), trace());
    let put = SitePut::new(edited.site.id, if_match, &trace)
        .because(Some("it was wrong"))
        .superseded_by(edited.site.status.superseded_by());
    store.put(&curator(), &put, &mut |_| Ok(edited.clone())).await.unwrap().placement
}

/// The record that a change by hand of what is there leaves.
async fn corrected(store: &dyn SiteStore, number: u32, correct: impl FnOnce(&mut Site)) -> SiteRecord {
    let mut site = Site::clone(&record(store, number).await.site);
    correct(&mut site);
    match put(store, site, Some(&IfMatch::Any)).await {
        SitePlacement::Changed { after, .. } => after,
        other => unreachable!("not changed: {other:?}"),
    }
}

async fn record(store: &dyn SiteStore, number: u32) -> SiteRecord {
    store.record(id(number)).await.unwrap().unwrap()
}

/// Every event about a site, the first first.
async fn events(store: &dyn ContactRepository, number: u32) -> Vec<AuditEvent> {
    let query = AuditQuery::default().with(|query| {
        (query.window, query.subject) = (Window::ALL, Some(Subject::Site(id(number))));
    });
    let mut events = store.events(&caller().auditor().unwrap(), &query).await.unwrap().items;
    events.sort_by_key(|event| event.number);
    events
}
