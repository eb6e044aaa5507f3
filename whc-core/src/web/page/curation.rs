//! `/sites/{id}/edit` and its neighbours: a site as curators see it, who change it, take it off the List and back.

pub(crate) mod edit;
mod field;
pub(crate) mod findings;
pub(crate) mod hand_back;
pub(crate) mod history;
pub(crate) mod listing;
mod value;

use http::StatusCode;

use crate::auth::Curator;
use crate::if_match::IfMatch;
use crate::repository::{Placed, SiteEdit, SitePut, SiteStore};
use crate::site::{SiteId, SiteRecord, SiteRevision};
use crate::web::context::Context;
use crate::web::page::address::Address;
use crate::web::page::form::Notice;
use crate::web::page::frame::Frame;
use crate::web::problem::Problem;
use crate::web::request::{Flash, Form};

/// Why something changes.
const REASON: &str = "reason";

/// Where the list is written.
fn store<'a>(context: &Context<'a>) -> Result<&'a dyn SiteStore, Problem> {
    context.app.site_store().ok_or_else(|| {
        Problem::not_configured(
            "the list is only read here: whoever runs this service sets DATABASE_WRITE_URL",
        )
    })
}

/// The site in the path, as the store has it.
async fn record(context: &Context<'_>) -> Result<SiteRecord, Problem> {
    let id: SiteId = context.id().parse().map_err(|error: crate::Error| missing(&error.to_string()))?;
    let record = store(context)?.record(id).await.map_err(Problem::from_curation)?;
    record.ok_or_else(|| missing(&format!("there is no site {id}; the numbers of sites are UNESCO's")))
}

fn missing(detail: &str) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, detail)
}

/// Which states of a site a form may change: the one it was made of. `None` of a form that does not say, which could undo what
/// others have written.
fn if_match(sent: &Form) -> Option<IfMatch<SiteRevision>> {
    sent.value("_version").map(|version| IfMatch::OneOf(version.parse().into_iter().collect()))
}

/// The problem of a form that does not say which state of the site it was made of.
fn unversioned() -> Problem {
    Problem::precondition_required(
        "send _version as the form has it, so that nobody's change is lost; GET the form again where it is old",
    )
}

/// What a form says that was made of another state of the site.
const BEHIND: Notice = Notice {
    heading: "Somebody else has changed this site since you opened it",
    text: "Nothing of yours is lost, and nothing of theirs yet: where the two differ, both are below. Put into each field what is \
           to stay, and save again.",
};
/// What a form says that was sent without the state it was made of.
const UNVERSIONED: Notice = Notice {
    heading: "The form did not say how old it was",
    text: "So it could have undone what others have written, and nothing was saved. This is the form opened again: where yours \
           and the site of now differ, both are below. Put into each field what is to stay, and save again.",
};

/// Why, where somebody says so.
fn reason(sent: &Form) -> Option<&str> {
    sent.value(REASON).map(str::trim).filter(|reason| !reason.is_empty())
}

async fn put(
    context: &Context<'_>,
    curator: &Curator,
    put: &SitePut<'_>,
    edit: &mut SiteEdit<'_>,
) -> Result<Placed, Problem> {
    store(context)?.put(curator, put, edit).await.map_err(Problem::from_curation)
}

/// What was done is said where it is seen, and whether readers see it yet.
fn said(flash: Flash, placed: &Placed) -> Flash {
    if placed.is_behind { Flash::SiteBehind } else { flash }
}

fn history<'a>(frame: &Frame<'a>, id: SiteId) -> Address<'a> {
    frame.to.page(format!("/sites/{id}/history"))
}
