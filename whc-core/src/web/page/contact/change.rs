//! `/contacts/{case_id}/edit`, and what its form sends: a contact as it is to be.

use askama::Template;
use http::StatusCode;

use super::{address, create, fields, find, missing, remove};
use crate::auth::{Read, Write};
use crate::contact::{CaseId, Contact, ContactPatch, ContactVersion, Violations};
use crate::repository::Patching;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::endpoint::contact_answers::{no_such_site, repository};
use crate::web::page::desk::{Around, Desk};
use crate::web::page::form::{Field, FormView, Notice, Wrong};
use crate::web::page::frame::Frame;
use crate::web::problem::Problem;
use crate::web::request::{Flash, Form};
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "contact/form.html")]
struct ChangePage<'a> {
    frame: Frame<'a>,
    around: Around<'a>,
    heading: String,
    lede: &'static str,
    what: &'static str,
    form: FormView<'a>,
}

/// What the form says that was made of another state of the contact.
const BEHIND: Notice = Notice {
    heading: "Somebody else has changed this contact since you opened it",
    text: "Nothing of yours is lost, and nothing of theirs yet: where the two differ, both are below. Put into each field what is \
           to stay, and save again.",
};

/// The form.
pub(crate) async fn edit(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let (desk, frame) = Desk::plain(context, visitor)?;
    let access = desk.caller().case_access::<Read>(context.case()?)?;
    let Some(contact) = find(context, &access).await? else {
        return missing::answer(&desk, frame, access.case());
    };
    let fields = fields::fields(|name| fields::said(&contact.details, name));
    let form = form(&desk, &frame, (contact.case, Some(&contact.version)), fields, Vec::new());
    desk.answer(&page(&desk, frame, contact.case, form))
}

/// What a form sends, which browsers can by POST only: `_method` says what is meant.
pub(crate) async fn send(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let (desk, frame) = Desk::plain(context, visitor)?;
    let sent = desk.form(&[]).await?;
    let meant = sent.value("_method").unwrap_or_default().to_ascii_uppercase();
    match &*meant {
        "PUT" | "PATCH" => changed(context, &desk, frame, &sent).await,
        "DELETE" => remove::removed(context, &desk, frame, &sent).await,
        _ => {
            let detail = "a POST to a contact says in its field _method what it means: put, patch or delete";
            Err(Problem::new(StatusCode::BAD_REQUEST, detail))
        }
    }
}

/// The same by its own method.
pub(crate) async fn change(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let (desk, frame) = Desk::plain(context, visitor)?;
    let sent = desk.form(&[]).await?;
    changed(context, &desk, frame, &sent).await
}

async fn changed(
    context: &Context<'_>,
    desk: &Desk<'_>,
    frame: Frame<'_>,
    sent: &Form,
) -> Result<Answer, Problem> {
    let access = desk.caller().case_access::<Write>(context.case()?)?;
    let repository = repository(context.app)?;
    let patch = match read(context, access.case(), sent).await? {
        Ok(patch) => patch,
        Err(violations) => return refused(desk, frame, access.case(), sent, violations),
    };
    let patching = repository.patch(&access, &patch, &fields::if_match(sent), &context.trace()).await;
    let flash = match patching.map_err(Problem::from_contacts)? {
        Patching::Changed(_) => Flash::ContactUpdated,
        Patching::Unchanged(_) => Flash::Unchanged,
        Patching::Invalid(violations) => return refused(desk, frame, access.case(), sent, violations),
        Patching::Stale(_) => return behind(context, desk, frame, sent).await,
        Patching::Missing => return create::anew((desk, frame), access.case(), sent, gone(access.case())),
    };
    Ok(desk.done(flash, &address(&frame, access.case())))
}

async fn read(
    context: &Context<'_>,
    case: CaseId,
    sent: &Form,
) -> Result<Result<ContactPatch, Violations>, Problem> {
    // The case is the one in the address, whatever the form says.
    let patch = match ContactPatch::from_json(case, &fields::document(sent)) {
        Ok(patch) => patch,
        Err(violations) => return Ok(Err(violations)),
    };
    Ok(no_such_site(context.app, patch.site()).await?.map_or(Ok(patch), |violation| Err(violation.into())))
}

fn refused(
    desk: &Desk<'_>,
    frame: Frame<'_>,
    case: CaseId,
    sent: &Form,
    violations: Violations,
) -> Result<Answer, Problem> {
    let version = sent.value("_version").map(ContactVersion::new);
    let fields = fields::fields(|name| fields::typed(sent, name));
    let form = form(desk, &frame, (case, version.as_ref()), fields, fields::wrong(&violations));
    desk.refuse(StatusCode::UNPROCESSABLE_ENTITY, &page(desk, frame, case, form), violations)
}

/// The form once more, with what it says beside what somebody else wrote meanwhile. What is sent from there is sent in full
/// knowledge of that.
async fn behind(
    context: &Context<'_>,
    desk: &Desk<'_>,
    frame: Frame<'_>,
    sent: &Form,
) -> Result<Answer, Problem> {
    let access = desk.caller().case_access::<Read>(context.case()?)?;
    let Some(contact) = find(context, &access).await? else {
        return create::anew((desk, frame), access.case(), sent, gone(access.case()));
    };
    // Whatever the form leaves out stays as it is.
    let value =
        |name: &str| sent.value(name).map_or_else(|| fields::said(&contact.details, name), str::to_owned);
    let fields = fields::fields(value).into_iter().map(|field| beside(field, &contact));
    let mut form = form(desk, &frame, (contact.case, Some(&contact.version)), fields.collect(), Vec::new());
    form.notice = Some(BEHIND);
    let detail = "the contact has changed since the form was made; get it again and look what is new";
    let problem = Problem::new(StatusCode::CONFLICT, detail);
    desk.refuse(StatusCode::CONFLICT, &page(desk, frame, contact.case, form), problem)
}

fn beside(field: Field, contact: &Contact) -> Field {
    let now = fields::said(&contact.details, field.name);
    let now = (now != field.value).then_some(now);
    Field { now, ..field }
}

fn gone(case: CaseId) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("case {case} has no contact any more"))
}

fn form<'a>(
    desk: &Desk<'a>,
    frame: &Frame<'a>,
    (case, version): (CaseId, Option<&ContactVersion>),
    fields: Vec<Field>,
    wrong: Vec<Wrong>,
) -> FormView<'a> {
    FormView {
        action: address(frame, case),
        method: "put",
        token: desk.form_token(),
        version: version.map(ToString::to_string),
        fields,
        button: "Save contact",
        cancel: address(frame, case),
        wrong,
        notice: None,
    }
}

fn page<'a>(desk: &Desk<'a>, frame: Frame<'a>, case: CaseId, form: FormView<'a>) -> ChangePage<'a> {
    let heading = format!("Edit contact data for case #{case}");
    ChangePage {
        around: desk.around(&frame, ""),
        frame: frame.titled(&form.title(&heading)),
        heading,
        lede: "Whom to talk to in this case. What is left empty is not known.",
        what: "The contact is not saved yet",
        form,
    }
}
