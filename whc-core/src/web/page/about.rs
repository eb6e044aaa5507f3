//! `/about`: where the facts come from, on what terms they may be used, and what is weak about them.

use askama::Template;

use super::frame::Frame;
use super::number::Number;
use crate::repository::ReadView;
use crate::site::SiteQuery;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::timestamp;
use crate::web::problem::Problem;

/// The parameters of this path.
const NAMES: [&str; 2] = ["lang", "f"];

#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage<'a> {
    frame: Frame<'a>,
    sites: Number,
    /// The day of the latest change of the data, where that is known.
    changed: Option<String>,
    without_area: Number,
    without_point: Number,
    incomplete: Number,
    noted: Number,
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[])?;
    parameters.finish()?;
    let sites = view.sites().list_all(&SiteQuery::default()).await?;
    let page = AboutPage {
        sites: Number(sites.len() as u64),
        changed: view.version().modified().map(|time| timestamp::to_text(time).chars().take(10).collect()),
        without_area: Number(sites.iter().filter(|site| site.area.is_none()).count() as u64),
        without_point: Number(sites.iter().filter(|site| site.point.is_none()).count() as u64),
        incomplete: Number(sites.iter().filter(|site| !site.criteria_complete).count() as u64),
        noted: Number(sites.iter().filter(|site| !site.notes.is_empty()).count() as u64),
        frame: frame.clone().titled(frame.text.about_the_data),
    };
    Ok(super::answer(view, &representation, &page)?)
}
