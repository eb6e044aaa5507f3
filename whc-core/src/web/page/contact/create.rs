//! `/contacts/new` and `POST /contacts`: the contact of a case that has none.

use askama::Template;
use http::StatusCode;

use super::fields::{self, CASE_ID};
use super::{address, find};
use crate::auth::{Read, Write};
use crate::contact::{CaseId, ContactDetails, Violations, case_and_details};
use crate::error::Error;
use crate::repository::Creation;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::endpoint::contact_answers::{no_such_site, repository};
use crate::web::page::desk::{Around, Desk};
use crate::web::page::form::{Control, Field, FormView, Wrong};
use crate::web::page::frame::Frame;
use crate::web::problem::Problem;
use crate::web::request::{Flash, Form};
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "contact/form.html")]
struct CreatePage<'a> {
    frame: Frame<'a>,
    around: Around<'a>,
    heading: String,
    lede: &'static str,
    what: &'static str,
    form: FormView<'a>,
}

/// What asks for the case, where none is named.
#[derive(Template)]
#[template(path = "contact/which.html")]
struct WhichPage<'a> {
    frame: Frame<'a>,
    around: Around<'a>,
    given: String,
    wrong: String,
}

/// The empty form.
pub(crate) async fn blank(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&["lang", "f", CASE_ID]);
    let (desk, frame) = Desk::read(context, visitor, &mut parameters, &[CASE_ID])?;
    let given = parameters.text(CASE_ID).unwrap_or_default().trim().to_owned();
    parameters.finish()?;
    let case = match given.parse::<CaseId>() {
        Ok(case) => case,
        Err(error) => return which(&desk, frame, &given, error),
    };
    let access = desk.caller().case_access::<Read>(case)?;
    if find(context, &access).await?.is_some() {
        return Ok(Answer::see_other(&frame.to.page(format!("/contacts/{case}/edit")).to_string()));
    }
    let form = form(&desk, &frame, &case.to_string(), |_| String::new(), Vec::new());
    desk.answer(&page(&desk, frame, form))
}

/// Writes the contact down.
pub(crate) async fn create(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let (desk, frame) = Desk::plain(context, visitor)?;
    let repository = repository(context.app)?;
    let sent = desk.form(&[]).await?;
    let given = sent.value(CASE_ID).unwrap_or_default().trim().to_owned();
    let (case, details) = match read(context, &sent, &given).await? {
        Ok(read) => read,
        Err(violations) => return refused(&desk, frame, &sent, fields::wrong(&violations), violations),
    };
    let access = desk.caller().case_access::<Write>(case)?;
    let created = repository.create(&access, details, None, &context.trace()).await;
    if let Creation::Created(_) = created.map_err(Problem::from_contacts)? {
        return Ok(desk.done(Flash::ContactCreated, &address(&frame, case)));
    }
    let reason = format!("Case {case} has a contact already");
    let remedy = Some((address(&frame, case).to_string(), "See the contact it has"));
    let wrong = vec![Wrong { remedy, ..Wrong::new(CASE_ID, reason.clone()) }];
    refused(&desk, frame, &sent, wrong, Problem::new(StatusCode::CONFLICT, reason))
}

/// The form for a case whose contact somebody took away while it was changed here, with all that was typed.
pub(super) fn anew(
    (desk, frame): (&Desk<'_>, Frame<'_>),
    case: CaseId,
    sent: &Form,
    problem: Problem,
) -> Result<Answer, Problem> {
    let reason =
        "Somebody has deleted this contact since you opened it; to keep what you typed, add it again";
    let wrong = vec![Wrong::new(CASE_ID, reason)];
    let form = form(desk, &frame, &case.to_string(), |name| fields::typed(sent, name), wrong);
    desk.refuse(StatusCode::CONFLICT, &page(desk, frame, form), problem)
}

/// The case and what is said of its contact, or all that is wrong.
async fn read(
    context: &Context<'_>,
    sent: &Form,
    given: &str,
) -> Result<Result<(CaseId, ContactDetails), Violations>, Problem> {
    let mut body = fields::document(sent);
    body[CASE_ID] = given.parse::<CaseId>().map_or_else(|_| given.into(), |case| case.get().into());
    let (case, details) = match case_and_details(&body) {
        Ok(read) => read,
        Err(violations) => return Ok(Err(violations)),
    };
    Ok(match no_such_site(context.app, details.site()).await? {
        Some(violation) => Err(violation.into()),
        None => Ok((case, details)),
    })
}

fn refused(
    desk: &Desk<'_>,
    frame: Frame<'_>,
    sent: &Form,
    wrong: Vec<Wrong>,
    problem: impl Into<Problem>,
) -> Result<Answer, Problem> {
    let given = sent.value(CASE_ID).unwrap_or_default();
    let form = form(desk, &frame, given, |name| fields::typed(sent, name), wrong);
    desk.refuse(StatusCode::UNPROCESSABLE_ENTITY, &page(desk, frame, form), problem)
}

fn form<'a>(
    desk: &Desk<'a>,
    frame: &Frame<'a>,
    case: &str,
    value: impl Fn(&str) -> String,
    wrong: Vec<Wrong>,
) -> FormView<'a> {
    // A number that is wrong can be put right; one that is right stays.
    let control = if case.parse::<CaseId>().is_ok() {
        Control::Fixed
    } else {
        Control::Line("short", " inputmode=\"numeric\"")
    };
    let number = Field {
        name: CASE_ID,
        label: "Case number".into(),
        hint: String::new(),
        control,
        value: case.to_owned(),
        now: None,
        completed_by: "off",
    };
    FormView {
        action: frame.to.page("/contacts"),
        method: "",
        token: desk.form_token(),
        version: None,
        fields: [number].into_iter().chain(fields::fields(value)).collect(),
        button: "Save contact",
        cancel: frame.to.page("/contacts"),
        wrong,
        notice: None,
    }
}

fn page<'a>(desk: &Desk<'a>, frame: Frame<'a>, form: FormView<'a>) -> CreatePage<'a> {
    let case = form.fields.first().map(|field| field.value.as_str()).unwrap_or_default();
    let heading = match case.parse::<CaseId>() {
        Ok(case) => format!("Add contact data for case #{case}"),
        Err(_) => "Add contact data".to_owned(),
    };
    CreatePage {
        around: desk.around(&frame, ""),
        frame: frame.titled(&form.title(&heading)),
        heading,
        lede: "Whom to talk to in this case. A case has one contact; fill in what is known.",
        what: "The contact is not saved yet",
        form,
    }
}

fn which(desk: &Desk<'_>, frame: Frame<'_>, given: &str, error: Error) -> Result<Answer, Problem> {
    let wrong = if given.is_empty() {
        "Enter the number of the case that the contact is for".to_owned()
    } else {
        format!("A case number is a whole number from 1 to {}", CaseId::MAX)
    };
    let problem = if given.is_empty() {
        Problem::new(
            StatusCode::BAD_REQUEST,
            "case_id is missing: /contacts/new?case_id=7 is the form for case 7",
        )
    } else {
        Problem::from(error)
    };
    let page = WhichPage {
        around: desk.around(&frame, ""),
        frame: frame.titled("Error: Which case?"),
        given: given.to_owned(),
        wrong,
    };
    desk.refuse(StatusCode::BAD_REQUEST, &page, problem)
}
