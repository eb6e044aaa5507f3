//! `/changes`: the history of the sites in this list, as a page.

use askama::Template;

use super::address::{Address, Query};
use super::frame::Frame;
use super::row::ChangeRow;
use crate::repository::ReadView;
use crate::site::ChangeQuery;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::timestamp;
use crate::web::problem::Problem;
use crate::web::request::paging;

/// The parameters of this path.
const NAMES: [&str; 6] = ["limit", "offset", "lang", "f", "since", "id"];
/// How many changes a page has where no `limit` is given.
const LIMIT: u32 = 50;
/// The most sites one address can name, as in the API.
const MAX_IDS: usize = 500;

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage<'a> {
    frame: Frame<'a>,
    rows: Vec<ChangeRow<'a>>,
    range: String,
    previous: Option<Address<'a>>,
    next: Option<Address<'a>>,
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &NAMES[4..])?;
    let query = ChangeQuery {
        window: paging::window(&mut parameters, LIMIT),
        since: parameters.read("since", timestamp::from_text),
        ids: parameters.list("id", MAX_IDS, |_| None).into_iter().collect(),
    };
    parameters.finish()?;
    let changes = view.sites().changes(&query).await?;
    let (first, shown) = (query.window.offset(), changes.items.len() as u64);
    let next = query.window.next();
    let to = |offset: u64| {
        let at = if offset == 0 { Query::default() } else { Query::default().with("offset", offset) };
        frame
            .to
            .with("/changes", frame.query().iter().fold(at, |query, (name, value)| query.with(name, value)))
    };
    let page = ChangesPage {
        rows: changes.items.iter().map(|change| ChangeRow::new(change, &frame)).collect(),
        range: (frame.text.range_of)(first + u64::from(shown > 0), first + shown, changes.total),
        previous: query.window.previous().map(|window| to(window.offset())),
        next: (next.offset() < changes.total).then(|| to(next.offset())),
        frame: frame.clone().titled(frame.text.changes).with_data("/api/changes").with_canonical(first),
    };
    let count = page.rows.len();
    Ok(super::answer(view, &representation, &page)?.with_page_of(count))
}
