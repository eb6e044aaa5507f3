//! Checks of requests that may be sent again, and of erasing.

use serde_json::json;

use super::case::{Case, auditor, request, somebody, trace};
use crate::auth::{Read, Write};
use crate::contact::ContactVersion;
use crate::repository::{ContactRepository, Creation, IdempotentRequest, Recorded};
use crate::testing::conformance::{Outcome, equal, failed};

const DAY: u64 = 24 * 60 * 60;

async fn create(case: &Case<'_>, request: IdempotentRequest<'_>, at: u64) -> Outcome<Creation> {
    let details = case.details(&json!({"first_name": "Ada"}))?;
    case.store.create(&case.access::<Write>(), details, Some(&request), &trace(at)).await.map_err(failed)
}

async fn created(case: &Case<'_>, request: IdempotentRequest<'_>, at: u64) -> Outcome<ContactVersion> {
    match create(case, request, at).await? {
        Creation::Created(contact) => Ok(contact.version),
        other => Err(format!("not created: {other:?}")),
    }
}

fn again(status: u16, version: &ContactVersion) -> Creation {
    Creation::Again(Recorded::new(status, request("", "").location, version.clone()))
}

pub(super) async fn same_again(store: &dyn ContactRepository) -> Outcome {
    let case = Case::new(store, 201);
    let version = created(&case, request("same", "{}"), 1).await?;
    for at in [2, DAY] {
        equal("again", &create(&case, request("same", "{}"), at).await?, &again(201, &version))?;
    }
    equal("with another body", &create(&case, request("same", "{ }"), 3).await?, &Creation::OtherBody)?;
    let other = Case::new(store, 202);
    equal("of another case", &create(&other, request("same", "{}"), 4).await?, &again(201, &version))?;
    equal("the other contact", &other.get().await?, &None)?;
    equal("the events", &case.told().await?, &vec!["create first_name".to_owned()])
}

pub(super) async fn whose(store: &dyn ContactRepository) -> Outcome {
    let case = Case::new(store, 203);
    created(&case, request("whose", "{}"), 1).await?;
    let other = Case { caller: somebody("43"), ..Case::new(store, 204) };
    created(&other, request("whose", "{}"), 2).await?;
    let elsewhere = IdempotentRequest { target: "POST /elsewhere", ..request("whose", "{}") };
    created(&Case::new(store, 205), elsewhere, 3).await?;
    created(&Case::new(store, 206), request("another", "{}"), 4).await.map(drop)
}

pub(super) async fn conflict(store: &dyn ContactRepository) -> Outcome {
    let case = Case::new(store, 207);
    let there = case.created(&json!({"last_name": "King"}), 1).await?;
    let outcome = create(&case, request("conflict", "{}"), 2).await?;
    equal("a second one", &outcome, &Creation::Exists(there.version.clone()))?;
    equal("again", &create(&case, request("conflict", "{}"), 3).await?, &again(409, &there.version))?;
    let details = case.details(&json!({"first_name": "Ada"}))?;
    let outcome = store.create(&case.access::<Write>(), details, None, &trace(4)).await.map_err(failed)?;
    equal("without a key", &outcome, &Creation::Exists(there.version.clone()))?;
    equal("the contact", &case.get().await?, &Some(there))?;
    equal("the events", &case.told().await?, &vec!["create last_name".to_owned()])
}

pub(super) async fn forgotten(store: &dyn ContactRepository) -> Outcome {
    let case = Case::new(store, 208);
    let version = created(&case, request("old", "{}"), 1).await?;
    let outcome = create(&case, request("old", "other"), DAY + 2).await?;
    equal("another request a day later", &outcome, &Creation::Exists(version.clone()))?;
    equal("again", &create(&case, request("old", "other"), DAY + 3).await?, &again(409, &version))
}

pub(super) async fn erases(store: &dyn ContactRepository) -> Outcome {
    let case = Case::new(store, 209);
    equal("a case without anything", &case.erase(1).await?, &false)?;
    let first = created(&case, request("erased", "{}"), 2).await?;
    equal("a case", &case.erase(3).await?, &true)?;
    let record = store.export(&case.access::<Read>(), &auditor()).await.map_err(failed)?;
    equal("the contact", &record.contact, &None)?;
    equal("the case once more", &case.erase(4).await?, &false)?;
    equal("the events", &case.told().await?, &["create first_name", "erase "].map(str::to_owned).to_vec())?;
    let second = created(&case, request("erased", "{}"), 5).await?;
    if first == second { Err("the request is remembered".to_owned()) } else { Ok(()) }
}
