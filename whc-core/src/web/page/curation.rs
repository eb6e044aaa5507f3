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

/// Which states of a site a form may change: the one it was made of.
fn if_match(sent: &Form) -> IfMatch<SiteRevision> {
    let version = sent.value("_version");
    version.map_or(IfMatch::Any, |version| IfMatch::OneOf(version.parse().into_iter().collect()))
}

/// Why, where somebody says so.
fn reason(sent: &Form) -> Option<&str> {
    sent.value(REASON).map(str::trim).filter(|reason| !reason.is_empty())
}

async fn put(
    context: &Context<'_>,
    curator: &Curator,
    (id, sent): (SiteId, &Form),
    edit: &mut SiteEdit<'_>,
) -> Result<Placed, Problem> {
    let (if_match, trace) = (if_match(sent), context.trace());
    let put = SitePut::new(id, Some(&if_match), &trace).because(reason(sent));
    store(context)?.put(curator, &put, edit).await.map_err(Problem::from_curation)
}

/// What was done is said where it is seen, and whether readers see it yet.
fn said(flash: Flash, placed: &Placed) -> Flash {
    if placed.is_behind { Flash::SiteBehind } else { flash }
}

fn history<'a>(frame: &Frame<'a>, id: SiteId) -> Address<'a> {
    frame.to.page(format!("/sites/{id}/history"))
}
