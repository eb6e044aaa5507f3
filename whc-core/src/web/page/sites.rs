//! `/sites`: the list, and any question about it, as a page.

mod chosen;
pub(crate) mod embed;
mod empty;
mod facets;
mod form;
mod order;
mod result;
mod state;
mod wrong;
mod years;

use askama::Template;
use http::StatusCode;

use self::chosen::Chosen;
use self::empty::Remedy;
use self::facets::Facet;
use self::form::Form;
use self::order::OrderLink;
use self::result::Take;
use self::state::State;
use self::wrong::Wrong;
use super::frame::{Frame, Section};
use super::map::SiteMap;
use super::number::Number;
use super::pages::{self, PageLink};
use super::row::SiteRow;
use super::years::Years;
use crate::repository::ReadView;
use crate::site::{Order, SiteQuery, SortKey};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::Problem;
use crate::web::request::{filters, paging};

/// How many sites a page has where no `limit` is given.
const LIMIT: u32 = 25;

#[derive(Template)]
#[template(path = "sites.html")]
struct SitesPage<'a> {
    frame: Frame<'a>,
    heading: String,
    lede: Option<String>,
    /// What is wrong with the filters. There is no result then.
    wrong: Vec<Wrong>,
    chosen: Vec<Chosen<'a>>,
    /// The slider, where a year is chosen.
    years: Option<(String, Years<'a>)>,
    map: Option<SiteMap<'a>>,
    facets: Vec<Facet<'a>>,
    orders: Vec<OrderLink<'a>>,
    rows: Vec<SiteRow<'a>>,
    pages: Vec<PageLink<'a>>,
    range: String,
    take: Take,
    form: Form<'a>,
    is_empty: bool,
    remedies: Vec<Remedy<'a>>,
    all: Number,
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&state::names());
    let (frame, representation) = Frame::read(context, &mut parameters, &state::filters())?;
    let window = paging::window(&mut parameters, LIMIT);
    let mut query = filters::query(&mut parameters, representation.language, window);
    let wrong = Wrong::all(parameters.finish())?;
    query.sort = query.sort.or_else(|| usual_order(&query));

    let sites = view.sites();
    let page = sites.list(&query).await?;
    let counts = sites.facets(&query).await?;
    let everything = sites.facets(&SiteQuery::default()).await?;
    // A map has no order: that in which the sites are kept costs nothing.
    let all = sites.list_all(&query.clone().with(|query| query.sort = Some(Order::by(SortKey::Id)))).await?;
    let state = State::new(&frame);
    let data = state.data("");
    let heading = match &*wrong {
        [] => state.heading(&query, page.total),
        _ => frame.text.wrong_filters.to_owned(),
    };
    let title = if wrong.is_empty() { heading.clone() } else { format!("{}{heading}", frame.text.error) };
    let chosen = Chosen::all(&state);
    let to_drop = if page.total == 0 { &*chosen } else { &[] };
    let page = SitesPage {
        lede: state.lede(&query, &counts).filter(|_| wrong.is_empty()),
        years: years::years(&state, &query, view).await?,
        map: SiteMap::around(&all, &query, view, &frame),
        facets: facets::all(&state, &query, &counts),
        orders: order::all(&state, &query),
        rows: page.items.iter().map(|site| SiteRow::new(site, &frame)).collect(),
        pages: pages::pages(&frame, "/sites", query.window, page.total),
        range: pages::range(&frame, query.window, page.items.len(), page.total),
        take: Take::new(&state),
        form: Form::new(&state, &query, view, (&counts, &everything)).await?,
        remedies: empty::remedies(&state, to_drop, (view, context.app.clock())).await?,
        is_empty: page.total == 0,
        all: Number(everything.total),
        chosen,
        wrong,
        frame: frame
            .titled(&title)
            .within(Section::Sites)
            .with_data(&data)
            .with_canonical(query.window.offset()),
        heading,
    };
    let answer = super::answer(view, &representation, &page)?;
    if page.wrong.is_empty() {
        return Ok(answer.with_page_of(page.rows.len()));
    }
    Ok(answer.without_validator().with_status(StatusCode::BAD_REQUEST))
}

impl SitesPage<'_> {
    /// What is wrong with what was typed into the field with this id.
    fn wrong_at(&self, field: &str) -> Option<&str> {
        self.wrong.iter().find(|wrong| wrong.field == Some(field)).map(|wrong| &*wrong.detail)
    }
}

/// The newest first, unless something was looked for.
fn usual_order(query: &SiteQuery) -> Option<Order> {
    let looked_for = query.search.is_some() || query.near.is_some();
    (!looked_for).then_some(Order::by_descending(SortKey::Inscribed))
}
