//! `/contacts/{case_id}`: the contact of a case.

use askama::Template;

use super::{address, fields, find, missing};
use crate::auth::Read;
use crate::contact::{CaseId, Contact, TextField};
use crate::scope::Scope;
use crate::site::SiteId;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::page::address::Address;
use crate::web::page::desk::{Around, Desk};
use crate::web::page::frame::Frame;
use crate::web::page::language::Foreign;
use crate::web::page::moment::Moment;
use crate::web::problem::Problem;
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "contact/show.html")]
struct ShowPage<'a> {
    frame: Frame<'a>,
    around: Around<'a>,
    case: CaseId,
    /// What it says, a label and a text each.
    texts: Vec<(&'static str, String)>,
    site: Option<Site<'a>>,
    created: Moment,
    updated: Moment,
    /// For whoever may change it.
    own: Address<'a>,
    may_change: bool,
}

/// The site that a case is about.
struct Site<'a> {
    address: Address<'a>,
    name: String,
    foreign: Foreign,
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let (desk, frame) = Desk::plain(context, visitor)?;
    let access = desk.caller().case_access::<Read>(context.case()?)?;
    let Some(contact) = find(context, &access).await? else {
        return missing::answer(&desk, frame, access.case());
    };
    let site = match contact.details.site() {
        Some(id) => Some(site(context, &frame, id).await?),
        None => None,
    };
    desk.answer(&page(&desk, frame, &contact, site))
}

fn page<'a>(desk: &Desk<'a>, frame: Frame<'a>, contact: &Contact, site: Option<Site<'a>>) -> ShowPage<'a> {
    let case = contact.case;
    let text = |field: TextField| (fields::label(field), fields::said(&contact.details, field.name()));
    ShowPage {
        around: desk.around(&frame, ""),
        own: address(&frame, case),
        frame: frame.titled(&format!("Contact data for case #{case}")),
        case,
        texts: TextField::ALL.into_iter().map(text).collect(),
        site,
        created: Moment(contact.created),
        updated: Moment(contact.updated),
        may_change: desk.caller().scopes().contains(Scope::ContactsWrite),
    }
}

/// A site that is not there any more has its number for a name.
async fn site<'a>(context: &Context<'a>, frame: &Frame<'a>, id: SiteId) -> Result<Site<'a>, Problem> {
    let found = context.app.sites().get(id).await?;
    let name = found.as_ref().map(|found| found.names.best(frame.language));
    Ok(Site {
        address: frame.to.site(id),
        foreign: frame.foreign(name.map_or(frame.text.language, |(language, _)| language)),
        name: name.map_or_else(|| format!("Site {id}"), |(_, name)| name.to_owned()),
    })
}
