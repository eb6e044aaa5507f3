//! `/embed`: a map and a list of sites for a frame in a page of somebody else.

use askama::Template;
use http::header::{CONTENT_SECURITY_POLICY, HeaderValue};

use super::state::{self, State};
use super::usual_order;
use crate::repository::ReadView;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::page::address::Address;
use crate::web::page::frame::Frame;
use crate::web::page::map::SiteMap;
use crate::web::page::pages;
use crate::web::page::row::SiteRow;
use crate::web::problem::Problem;
use crate::web::request::{filters, paging};

/// How many sites the list has where no `limit` is given. The map has all.
const LIMIT: u32 = 10;

/// The only page that others may show inside theirs. It has no form: nobody can be made to press what is not theirs.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *";

#[derive(Template)]
#[template(path = "embed.html")]
struct EmbeddedPage<'a> {
    frame: Frame<'a>,
    heading: String,
    /// Of the page with the same sites.
    address: Address<'a>,
    map: Option<SiteMap<'a>>,
    rows: Vec<SiteRow<'a>>,
    range: String,
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&state::names());
    let (frame, representation) = Frame::read(context, &mut parameters, &state::filters())?;
    let window = paging::window(&mut parameters, LIMIT);
    let mut query = filters::query(&mut parameters, representation.language, window);
    parameters.finish()?;
    query.sort = query.sort.or_else(|| usual_order(&query));

    let page = view.sites().list(&query).await?;
    let all = view.sites().list_all(&query).await?;
    let state = State::new(&frame);
    let heading = state.heading(&query, page.total);
    let page = EmbeddedPage {
        address: state.to(state.query.clone()),
        map: SiteMap::around(&all, &query, &frame),
        rows: page.items.iter().map(|site| SiteRow::new(site, &frame)).collect(),
        range: pages::range(&frame, query.window, page.items.len(), page.total),
        frame: frame.titled(&heading),
        heading,
    };
    let count = page.rows.len();
    let mut answer = crate::web::page::answer(view, &representation, &page)?.with_page_of(count);
    answer.response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    Ok(answer)
}
