//! `/contacts/{case_id}/delete` and `DELETE /contacts/{case_id}`: a contact that is taken away, once somebody has said so twice.

use askama::Template;
use http::StatusCode;

use super::{address, fields, find, missing};
use crate::auth::{Read, Write};
use crate::contact::{CaseId, Contact, TextField};
use crate::repository::Deletion;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::endpoint::contact_answers::repository;
use crate::web::page::address::Address;
use crate::web::page::desk::{Around, Desk};
use crate::web::page::frame::Frame;
use crate::web::problem::Problem;
use crate::web::request::{Flash, Form};
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "contact/remove.html")]
struct RemovePage<'a> {
    frame: Frame<'a>,
    around: Around<'a>,
    case: CaseId,
    /// Whether it is another contact than somebody thinks.
    is_behind: bool,
    texts: Vec<(&'static str, String)>,
    action: Address<'a>,
    token: Option<String>,
    version: String,
}

/// Asks whether it is meant.
pub(crate) async fn confirm(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let (desk, frame) = Desk::plain(context, visitor)?;
    let access = desk.caller().case_access::<Read>(context.case()?)?;
    let Some(contact) = find(context, &access).await? else {
        return missing::answer(&desk, frame, access.case());
    };
    desk.answer(&page(&desk, frame, &contact, false))
}

/// Takes it away.
pub(crate) async fn remove(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let (desk, frame) = Desk::plain(context, visitor)?;
    // Programs may leave the body out.
    let sent = if context.request.headers().contains_key(http::header::CONTENT_TYPE) {
        desk.form(&[]).await?
    } else {
        Form::default()
    };
    removed(context, &desk, frame, &sent).await
}

pub(super) async fn removed(
    context: &Context<'_>,
    desk: &Desk<'_>,
    frame: Frame<'_>,
    sent: &Form,
) -> Result<Answer, Problem> {
    let access = desk.caller().case_access::<Write>(context.case()?)?;
    let deletion = repository(context.app)?.delete(&access, &fields::if_match(sent), &context.trace()).await;
    match deletion.map_err(Problem::from_contacts)? {
        Deletion::Deleted => Ok(desk.done(Flash::ContactDeleted, &address(&frame, access.case()))),
        Deletion::Missing => missing::answer(desk, frame, access.case()),
        Deletion::Stale(_) => {
            let access = desk.caller().case_access::<Read>(access.case())?;
            let Some(contact) = find(context, &access).await? else {
                return missing::answer(desk, frame, access.case());
            };
            let detail = "the contact has changed since; get it again and look what is new";
            let problem = Problem::new(StatusCode::CONFLICT, detail);
            desk.refuse(StatusCode::CONFLICT, &page(desk, frame, &contact, true), problem)
        }
    }
}

fn page<'a>(desk: &Desk<'a>, frame: Frame<'a>, contact: &Contact, is_behind: bool) -> RemovePage<'a> {
    let text = |field: TextField| (fields::label(field), fields::said(&contact.details, field.name()));
    RemovePage {
        around: desk.around(&frame, ""),
        action: address(&frame, contact.case),
        frame: frame.titled("Confirm deletion"),
        case: contact.case,
        is_behind,
        texts: TextField::ALL.into_iter().map(text).filter(|(_, text)| !text.is_empty()).collect(),
        token: desk.form_token(),
        version: contact.version.to_string(),
    }
}
