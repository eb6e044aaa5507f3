//! `/contacts`: whom to talk to about a case, for people: found, seen, added, changed and taken away.

pub(crate) mod change;
pub(crate) mod create;
mod fields;
pub(crate) mod list;
mod missing;
pub(crate) mod remove;
pub(crate) mod show;

use crate::auth::{CaseAccess, Read};
use crate::contact::{CaseId, Contact};
use crate::web::context::Context;
use crate::web::endpoint::contact_answers::repository;
use crate::web::page::address::Address;
use crate::web::page::frame::Frame;
use crate::web::problem::Problem;

/// The contact of a case.
async fn find(context: &Context<'_>, access: &CaseAccess<Read>) -> Result<Option<Contact>, Problem> {
    repository(context.app)?.get(access).await.map_err(Problem::from_contacts)
}

/// The page of the contact of a case.
fn address<'a>(frame: &Frame<'a>, case: CaseId) -> Address<'a> {
    frame.to.page(format!("/contacts/{case}"))
}
