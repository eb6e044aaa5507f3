//! `/danger`: the List of World Heritage in Danger, now and before, as a page.

use askama::Template;

use super::frame::{Frame, Section};
use super::over_time::{self, YearRow};
use super::row::{SiteLink, SiteRow};
use crate::repository::ReadView;
use crate::site::{Site, SiteQuery};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::plot::DangerPlot;
use crate::web::problem::Problem;

/// The parameters of this path.
const NAMES: [&str; 2] = ["lang", "f"];

#[derive(Template)]
#[template(path = "danger.html")]
struct DangerPage<'a> {
    frame: Frame<'a>,
    lede: String,
    rows: Vec<SiteRow<'a>>,
    danger_plot: DangerPlot<'a>,
    in_danger: Vec<YearRow<'a>>,
    /// Those that were in danger and are no longer, with the years.
    before: Vec<(SiteLink<'a>, String)>,
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[])?;
    parameters.finish()?;
    let sites = view.sites().list_all(&SiteQuery::default()).await?;
    let (mut now, others): (Vec<_>, Vec<_>) = sites.iter().partition(|site| site.danger.is_current());
    // Those that came last first; of unknown years last.
    now.sort_by_key(|site| (std::cmp::Reverse(site.danger.since()), site.id));
    let mut before: Vec<_> = others.into_iter().filter(|site| !site.danger.past().is_empty()).collect();
    before.sort_by_key(|site| {
        (std::cmp::Reverse(site.danger.past().last().map(|period| period.to())), site.id)
    });

    let all = view.sites().list_all(&SiteQuery::ALL).await?;
    let statistics = over_time::statistics(&all, context, view);
    let last = over_time::danger_in_last(&statistics, &frame);
    let page = DangerPage {
        danger_plot: DangerPlot { years: &statistics.years, labelled_by: "over-time", last: &last },
        in_danger: over_time::in_danger(&statistics.years, &frame),
        lede: (frame.text.danger_lede)(now.len() as u64),
        rows: now.iter().map(|site| SiteRow::new(site, &frame)).collect(),
        before: before.iter().map(|site| (SiteLink::new(site, &frame), periods(site))).collect(),
        frame: frame
            .clone()
            .titled(frame.text.danger_title)
            .within(Section::Danger)
            .with_data("/api/whcsites?danger=true"),
    };
    Ok(super::answer(view, &representation, &page)?)
}

/// The years in danger: `1984–1992, 1996–2007`.
fn periods(site: &Site) -> String {
    let periods = site.danger.past().iter().map(|period| format!("{}–{}", period.from(), period.to()));
    periods.collect::<Vec<_>>().join(", ")
}
