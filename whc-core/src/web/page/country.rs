//! `/countries/{iso}`: the sites of one country, as a page.

use askama::Template;
use http::StatusCode;

use super::address::Address;
use super::frame::{Frame, Section};
use super::index::Index;
use super::number::Number;
use super::row::SiteRow;
use crate::error::Error;
use crate::repository::ReadView;
use crate::site::{CountryCode, Site, SiteQuery, state_name};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::Problem;

/// The parameters of this path.
const NAMES: [&str; 2] = ["lang", "f"];

#[derive(Template)]
#[template(path = "country.html")]
struct CountryPage<'a> {
    frame: Frame<'a>,
    name: String,
    figures: Vec<(&'static str, Number)>,
    rows: Vec<SiteRow<'a>>,
    /// The same sites in the list, to be filtered further.
    list: Address<'a>,
    data: Address<'a>,
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[])?;
    let given = context.path.get("iso").unwrap_or_default();
    let iso: CountryCode = given.parse().map_err(|error: Error| unknown(&error.to_string()))?;
    parameters.finish()?;
    let query = SiteQuery::default().with(|query| query.countries = [iso].into());
    let index = Index::of(&query, view).await?;
    let name = name(iso, index.sites.first().map(|site| &**site))
        .ok_or_else(|| unknown(&format!("no site on the List is in a country with the code {iso}")))?;

    let code = iso.as_str().to_ascii_lowercase();
    let page = CountryPage {
        figures: index.figures(&frame),
        rows: index.sites.iter().map(|site| SiteRow::new(site, &frame)).collect(),
        list: frame.to.sites("country", &code),
        data: frame.to.at(format!("/api/whcsites?country={code}")),
        frame: frame
            .titled(&name)
            .within(Section::Countries)
            .with_data(&format!("/api/whcsites?country={code}")),
        name,
    };
    Ok(super::answer(view, &representation, &page)?)
}

/// The name of a country, if one of its sites is on the List.
fn name(iso: CountryCode, site: Option<&Site>) -> Option<String> {
    let own = site?.states.iter().find(|state| state.iso == Some(iso)).map(|state| &*state.name);
    state_name(iso).or(own).map(str::to_owned)
}

fn unknown(detail: &str) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, detail)
}
