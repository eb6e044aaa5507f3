//! `/api/cases/{case_id}/contact`: the contact of a case.

use http::StatusCode;

use super::change_headers;
use super::contact_answers::{created, etag, expect_json, nothing, one, repository, said, written};
use super::contact_operations as describing;
use super::openapi::operation::Operation;
use crate::auth::{Caller, Read, Write};
use crate::contact::{CaseId, ContactDetails, ContactPatch, ContactVersion};
use crate::repository::{Deletion, Patching, Placement};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::Problem;
use crate::web::request::precondition::{self, Placing};
use crate::web::response::conditional;

/// A body that would do.
const EXAMPLE: &str = r#"{"first_name":"first"}"#;

/// The contact.
pub(crate) async fn show(context: &Context<'_>, caller: &Caller) -> Result<Answer, Problem> {
    expect_json(context)?;
    let case = context.case()?;
    let access = caller.case_access::<Read>(case)?;
    let contact = repository(context.app)?
        .get(&access)
        .await
        .map_err(Problem::from_contacts)?
        .ok_or_else(|| missing(case))?;
    let answer = one(context.base, &contact)?;
    Ok(conditional::unless_known(context.headers, answer))
}

/// Writes the whole contact.
pub(crate) async fn put(context: &Context<'_>, caller: &Caller) -> Result<Answer, Problem> {
    let access = caller.case_access::<Write>(context.case()?)?;
    let placing = precondition::placing(context.request.headers())?;
    let repository = repository(context.app)?;
    let (details, _) = said(context, EXAMPLE, |body| {
        let details = ContactDetails::from_json(access.case(), body)?;
        let site = details.site();
        Ok((details, site))
    })
    .await?;
    let if_match = match &placing {
        Placing::Match(if_match) => Some(if_match),
        Placing::Anything | Placing::Nothing => None,
    };
    match repository
        .put(&access, details, if_match, &context.trace())
        .await
        .map_err(Problem::from_contacts)?
    {
        Placement::Created(contact) => created(context.base, &contact),
        Placement::Replaced(contact) | Placement::Unchanged(contact) => one(context.base, &contact),
        Placement::Exists(_) if matches!(placing, Placing::Anything) => Err(precondition::required()),
        Placement::Exists(version) => Err(stale("the case has a contact already", &version)),
        Placement::Stale(version) => Err(stale(CHANGED, &version)),
        Placement::Missing => {
            Err(Problem::precondition_failed("the case has no contact to be replaced", None))
        }
    }
}

/// Changes some fields.
pub(crate) async fn patch(context: &Context<'_>, caller: &Caller) -> Result<Answer, Problem> {
    let access = caller.case_access::<Write>(context.case()?)?;
    let if_match = precondition::changing(context.request.headers())?;
    let repository = repository(context.app)?;
    let (patch, _) = said(context, EXAMPLE, |body| {
        let patch = ContactPatch::from_json(access.case(), body)?;
        let site = patch.site();
        Ok((patch, site))
    })
    .await?;
    match repository
        .patch(&access, &patch, &if_match, &context.trace())
        .await
        .map_err(Problem::from_contacts)?
    {
        Patching::Changed(contact) | Patching::Unchanged(contact) => {
            match caller.case_access::<Read>(access.case()) {
                Ok(_) => one(context.base, &contact),
                // What others wrote is not for those who may write only.
                Err(_) => written(context.base, access.case(), &patch, &contact.version),
            }
        }
        Patching::Invalid(violations) => Err(violations.into()),
        Patching::Stale(version) => Err(stale(CHANGED, &version)),
        Patching::Missing => Err(missing(access.case())),
    }
}

/// Takes it away.
pub(crate) async fn delete(context: &Context<'_>, caller: &Caller) -> Result<Answer, Problem> {
    expect_json(context)?;
    let access = caller.case_access::<Write>(context.case()?)?;
    let if_match = precondition::changing(context.request.headers())?;
    match repository(context.app)?
        .delete(&access, &if_match, &context.trace())
        .await
        .map_err(Problem::from_contacts)?
    {
        Deletion::Deleted => Ok(nothing()),
        Deletion::Stale(version) => Err(stale(CHANGED, &version)),
        Deletion::Missing => Err(missing(access.case())),
    }
}

const CHANGED: &str =
    "the contact has changed since; GET it, see what is new, and send the change with its ETag";

fn stale(detail: &str, version: &ContactVersion) -> Problem {
    Problem::precondition_failed(detail, etag(version))
}

fn missing(case: CaseId) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("case {case} has no contact; PUT writes one"))
}

/// Describes [`show`].
pub(crate) fn describe_show() -> Operation {
    let description = "What is known of whom to talk to about the case.";
    Operation::new("getContact", "contacts", "The contact of a case", description)
        .taking(&["case_id", "If-None-Match"])
        .failing(&[StatusCode::NOT_FOUND])
        .about_contacts()
        .answering(StatusCode::OK, describing::answer("The contact."))
        .answering(StatusCode::NOT_MODIFIED, describing::not_modified())
}

/// Describes [`put`].
pub(crate) fn describe_put() -> Operation {
    let description = "Writes the whole contact: what is left out is not known afterwards. Where the case has a contact, \
                       `If-Match` with its `ETag` is needed; `If-None-Match: *` makes sure that it has none. The same \
                       again changes nothing.";
    Operation::new("putContact", "contacts", "Write the contact of a case", description)
        .taking(&["case_id"])
        .taking_own(describing::if_match(false))
        .taking_own(change_headers::if_none_match())
        .about_contacts()
        .changing()
        .reading(describing::details("ContactDetails"))
        .answering(StatusCode::OK, describing::answer("The contact as it is now."))
        .answering(StatusCode::CREATED, describing::created("The new contact.", "ContactAnswer"))
}

/// Describes [`patch`].
pub(crate) fn describe_patch() -> Operation {
    let description = "Changes what the body names and leaves the rest; `null` clears (RFC 7396, JSON Merge Patch; \
        `application/merge-patch+json` is taken, too).";
    Operation::new("patchContact", "contacts", "Change the contact of a case", description)
        .taking(&["case_id"])
        .taking_own(describing::if_match(true))
        .failing(&[StatusCode::NOT_FOUND])
        .about_contacts()
        .changing()
        .reading(describing::details("ContactPatch"))
        .answering(
            StatusCode::OK,
            describing::patched("The contact as it is now; without `contacts:read` only what was written."),
        )
}

/// Describes [`delete`].
pub(crate) fn describe_delete() -> Operation {
    let description =
        "Takes the contact away. `DELETE /api/cases/{case_id}` erases what is kept beside it too.";
    Operation::new("deleteContact", "contacts", "Take the contact of a case away", description)
        .taking(&["case_id"])
        .taking_own(describing::if_match(true))
        .failing(&[StatusCode::NOT_FOUND, StatusCode::PRECONDITION_FAILED, StatusCode::PRECONDITION_REQUIRED])
        .about_contacts()
        .answering(StatusCode::NO_CONTENT, describing::nothing("It is gone."))
}
