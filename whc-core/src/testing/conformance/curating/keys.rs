//! Requests with a key.

use super::site::{Desk, curator, request};
use crate::repository::{IdempotentRequest, Recorded, SitePlacement, SiteStore};
use crate::site::SiteRevision;
use crate::testing::conformance::{Outcome, equal};

const DAY: u64 = 24 * 60 * 60;

fn again(status: u16, revision: SiteRevision) -> SitePlacement {
    SitePlacement::Again(Recorded::new(status, request("", "").location, revision))
}

pub(super) async fn same_again(store: &dyn SiteStore) -> Outcome {
    let desk = Desk::new(store, 2020);
    let created = match desk.post(&desk.curator, &request("one", "{}"), 10).await? {
        SitePlacement::Created(record) => record,
        other => return Err(format!("not created: {other:?}")),
    };
    desk.changed(|site| site.transboundary = true).await?;
    let told = desk.history().await?;
    let second = desk.post(&desk.curator, &request("one", "{}"), 11).await?;
    equal("what comes of the second", &second, &again(201, created.revision))?;
    let other = desk.post(&desk.curator, &request("one", "{ }"), 12).await?;
    equal("what comes of another body", &other, &SitePlacement::OtherBody)?;
    equal("the history", &desk.history().await?, &told)
}

pub(super) async fn whose(store: &dyn SiteStore) -> Outcome {
    let desk = Desk::new(store, 2020);
    let exists = SitePlacement::Exists(desk.record().await?.revision);
    let one = request("one", "{}");
    equal("the same of another caller", &desk.post(&curator("43"), &one, 13).await?, &exists)?;
    let other = IdempotentRequest { target: "POST /elsewhere", ..one };
    equal("the same for another target", &desk.post(&desk.curator, &other, 13).await?, &exists)
}

pub(super) async fn conflict(store: &dyn SiteStore) -> Outcome {
    let desk = Desk::new(store, 2020);
    let revision = desk.record().await?.revision;
    let first = desk.post(&desk.curator, &request("two", "{}"), 14).await?;
    equal("what comes of the first", &first, &SitePlacement::Exists(revision))?;
    desk.changed(|site| site.transboundary = false).await?;
    let second = desk.post(&desk.curator, &request("two", "{}"), 15).await?;
    equal("what comes of the second", &second, &again(409, revision))
}

pub(super) async fn forgotten(store: &dyn SiteStore) -> Outcome {
    let desk = Desk::new(store, 2020);
    let exists = SitePlacement::Exists(desk.record().await?.revision);
    let late = desk.post(&desk.curator, &request("one", "{}"), 10 + DAY - 1).await?;
    if !matches!(late, SitePlacement::Again(_)) {
        return Err(format!("within a day: {late:?}"));
    }
    let later = desk.post(&desk.curator, &request("one", "{}"), 10 + DAY).await?;
    equal("what comes of it after a day", &later, &exists)
}
