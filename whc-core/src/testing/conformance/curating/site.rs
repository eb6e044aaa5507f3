//! A site for a check, with somebody who may change it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::audit::Trace;
use crate::auth::{Actor, Caller, Curator, Scopes};
use crate::if_match::IfMatch;
use crate::repository::{Edited, IdempotentRequest, SitePlacement, SitePut, SiteStore};
use crate::site::{
    Category, Change, ChangeQuery, FieldName, Names, Site, SiteId, SiteRecord, SiteRevision, Year,
};
use crate::testing::MockClock;
use crate::testing::conformance::{Outcome, failed};

/// One site of a store, as somebody works on it.
pub(super) struct Desk<'a> {
    pub(super) store: &'a dyn SiteStore,
    pub(super) id: SiteId,
    pub(super) curator: Curator,
}

pub(super) fn curator(subject: &str) -> Curator {
    let actor = Actor { issuer: Some("tests".to_owned()), subject: subject.to_owned() };
    Caller::new(actor, Scopes::all()).curator().expect("a scope for everything")
}

/// A request at so many seconds past a fixed time.
pub(super) fn trace(seconds: u64) -> Trace {
    let day = SystemTime::UNIX_EPOCH + Duration::new(1_800_000_000, 123_456_789);
    Trace::new(format!("request-{seconds}"), &MockClock::at(day + Duration::from_secs(seconds)))
}

pub(super) fn request<'a>(key: &'a str, body: &'a str) -> IdempotentRequest<'a> {
    let (target, location) = ("POST /api/whcsites", "/api/whcsites/2001");
    IdempotentRequest { key, target, body: body.as_bytes(), location }
}

pub(super) fn fields(names: &str) -> BTreeSet<FieldName> {
    names.split_whitespace().map(|name| name.parse().expect("the name of a field")).collect()
}

pub(super) fn year(number: u16) -> Year {
    Year::new(number).expect("a year")
}

impl<'a> Desk<'a> {
    pub(super) fn new(store: &'a dyn SiteStore, number: u32) -> Self {
        Self { store, id: SiteId::new(number).expect("an id"), curator: curator("42") }
    }

    /// A site of which little is known.
    pub(super) fn bare(&self) -> Site {
        let names = Names::new(format!("Site {}", self.id)).expect("a name");
        Site::new(self.id, names, Category::Cultural, year(1978))
    }

    pub(super) async fn record(&self) -> Outcome<SiteRecord> {
        let record = self.store.record(self.id).await.map_err(failed)?;
        record.ok_or_else(|| format!("site {} is not there", self.id))
    }

    pub(super) async fn put(
        &self,
        site: impl Into<Edited>,
        if_match: Option<&IfMatch<SiteRevision>>,
    ) -> Outcome<SitePlacement> {
        let (edited, trace) = (site.into(), trace(1));
        let superseder = edited.site.status.superseded_by();
        let put =
            SitePut::new(self.id, if_match, &trace).because(Some("to be right")).superseded_by(superseder);
        let placed =
            self.store.put(&self.curator, &put, &mut |_| Ok(edited.clone())).await.map_err(failed)?;
        Ok(placed.placement)
    }

    pub(super) async fn post(
        &self,
        curator: &Curator,
        request: &IdempotentRequest<'_>,
        at: u64,
    ) -> Outcome<SitePlacement> {
        let (edited, trace) = (Edited::from(self.bare()), trace(at));
        let put = SitePut::new(self.id, None, &trace).sent_again_with(Some(request));
        let placed = self.store.put(curator, &put, &mut |_| Ok(edited.clone())).await.map_err(failed)?;
        Ok(placed.placement)
    }

    /// The record that this creates.
    pub(super) async fn created(&self) -> Outcome<SiteRecord> {
        match self.put(self.bare(), None).await? {
            SitePlacement::Created(record) => Ok(record),
            other => Err(format!("not created: {other:?}")),
        }
    }

    /// The record that a change of the present one leaves.
    pub(super) async fn changed(&self, change: impl FnOnce(&mut Site)) -> Outcome<SiteRecord> {
        let before = self.record().await?;
        let mut site = Site::clone(&before.site);
        change(&mut site);
        match self.put(site, Some(&IfMatch::only(&before.revision))).await? {
            SitePlacement::Changed { after, .. } => Ok(after),
            other => Err(format!("not changed: {other:?}")),
        }
    }

    /// The history of the site, the latest first.
    pub(super) async fn history(&self) -> Outcome<Vec<Arc<Change>>> {
        let query = ChangeQuery { ids: [self.id].into(), ..ChangeQuery::LATEST };
        Ok(self.store.changes(&query).await.map_err(failed)?.items)
    }
}
