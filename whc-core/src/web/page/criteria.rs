//! `/criteria`: the ten criteria, as a page.

use askama::Template;

use super::address::Address;
use super::frame::{Frame, Section};
use super::number::{Number, Share};
use crate::repository::ReadView;
use crate::site::{Criteria, Criterion, SiteQuery};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::Problem;

/// The parameters of this path.
const NAMES: [&str; 2] = ["lang", "f"];

#[derive(Template)]
#[template(path = "criteria.html")]
struct CriteriaPage<'a> {
    frame: Frame<'a>,
    criteria: Vec<CriterionRow<'a>>,
}

struct CriterionRow<'a> {
    address: Address<'a>,
    numeral: &'static str,
    summary: &'static str,
    class: &'static str,
    sites: Number,
    /// Of the criterion with the most.
    share: Share,
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[])?;
    parameters.finish()?;
    let counts = view.sites().facets(&SiteQuery::default()).await?.criteria;
    let most = counts.values().copied().max().unwrap_or_default();
    let row = |criterion: Criterion| {
        let sites = counts.get(&criterion).copied().unwrap_or_default();
        CriterionRow {
            address: frame.to.criterion(criterion),
            numeral: criterion.numeral(),
            summary: criterion.summary(),
            class: if criterion.is_cultural() { "cultural" } else { "natural" },
            sites: Number(sites),
            share: Share(sites, most),
        }
    };
    let page = CriteriaPage {
        criteria: Criteria::ALL.iter().map(row).collect(),
        frame: frame.clone().titled(frame.text.criteria).within(Section::Criteria).with_data("/api/criteria"),
    };
    Ok(super::answer(view, &representation, &page)?)
}
