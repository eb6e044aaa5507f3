//! `/criteria/{numeral}`: one criterion and the sites inscribed under it, as a page.

use askama::Template;
use http::StatusCode;

use super::address::Address;
use super::frame::{Frame, Section};
use super::index::Index;
use super::number::Number;
use super::row::SiteRow;
use crate::error::Error;
use crate::repository::ReadView;
use crate::site::{Criterion, SiteQuery};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::Problem;

/// The parameters of this path.
const NAMES: [&str; 2] = ["lang", "f"];
/// How many sites are shown; the rest is a link away.
const SHOWN: usize = 25;

#[derive(Template)]
#[template(path = "criterion.html")]
struct CriterionPage<'a> {
    frame: Frame<'a>,
    name: String,
    group: &'static str,
    summary: &'static str,
    figures: Vec<(&'static str, Number)>,
    rows: Vec<SiteRow<'a>>,
    list: Address<'a>,
    all: String,
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[])?;
    let given = context.path.get("numeral").unwrap_or_default();
    let unknown = |error: Error| Problem::new(StatusCode::NOT_FOUND, error.to_string());
    let criterion: Criterion = given.parse().map_err(unknown)?;
    parameters.finish()?;
    let query = SiteQuery::default().with(|query| query.criteria = [criterion].into_iter().collect());
    let index = Index::of(&query, view).await?;

    let (text, numeral) = (frame.text, criterion.numeral());
    let name = (text.criterion_name)(numeral);
    let page = CriterionPage {
        group: text.group_of_criterion[usize::from(!criterion.is_cultural())],
        summary: criterion.summary(),
        figures: index.figures(&frame),
        rows: index.sites.iter().take(SHOWN).map(|site| SiteRow::new(site, &frame)).collect(),
        list: frame.to.sites("criterion", numeral),
        all: (text.all_with_criterion)(index.counts.total),
        frame: frame
            .titled(&name)
            .within(Section::Criteria)
            .with_data(&format!("/api/whcsites?criterion={numeral}")),
        name,
    };
    Ok(super::answer(view, &representation, &page)?)
}
