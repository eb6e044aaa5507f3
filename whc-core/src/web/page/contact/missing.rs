//! What says that a case has no contact, with the way to add one.

use askama::Template;
use http::StatusCode;

use super::address;
use crate::contact::CaseId;
use crate::scope::Scope;
use crate::web::answer::Answer;
use crate::web::page::address::{Address, Query};
use crate::web::page::desk::{Around, Desk};
use crate::web::page::frame::Frame;
use crate::web::problem::Problem;

#[derive(Template)]
#[template(path = "contact/missing.html")]
struct MissingPage<'a> {
    frame: Frame<'a>,
    around: Around<'a>,
    case: CaseId,
    /// The way to add one, for whoever may.
    add: Option<Address<'a>>,
}

/// The page, or the problem for programs.
pub(super) fn answer(desk: &Desk<'_>, frame: Frame<'_>, case: CaseId) -> Result<Answer, Problem> {
    let add = desk.caller().scopes().contains(Scope::ContactsWrite);
    let add = add.then(|| frame.to.with("/contacts/new", Query::default().with("case_id", case)));
    let detail = format!("case {case} has no contact; {} is where one is added", address(&frame, case));
    let page = MissingPage { around: desk.around(&frame, ""), frame: frame.titled("Not found"), case, add };
    desk.refuse(StatusCode::NOT_FOUND, &page, Problem::new(StatusCode::NOT_FOUND, detail))
}
