//! A page of sites, for `/api/whcsites` and `/api/whcsites/{id}/nearby`.

use http::Response;
use http::header::LINK;

use crate::app::App;
use crate::body::Body;
use crate::error::Result;
use crate::repository::ReadView;
use crate::web::answer::Answer;
use crate::web::format::json::PageMeta;
use crate::web::format::{Listing, PageLinks};
use crate::web::request::{ListRequest, Representation};

/// The page that is requested, of the list at `address`.
pub(super) async fn page(
    app: &App,
    view: &ReadView<'_>,
    list: &ListRequest,
    address: &str,
) -> Result<Answer> {
    let ListRequest { query, fields, rest, .. } = list;
    let Representation { format, language, .. } = list.representation;
    let page = view.sites().list(query).await?;
    let links = PageLinks::new(address, query.window, page.total, rest);
    let meta = PageMeta::new(query.window, language, page.items.len(), page.total);
    let listing = Listing { sites: &page.items, snapshot: view.snapshot(), query, fields };
    let body = listing.write(format, page.total, &meta, &links)?;
    let mut response: Response<Body> = format.response(language, body);
    response.headers_mut().extend(links.header().map(|header| (LINK, header)));
    Ok(list.representation.answer(app, view.version(), response).with_page_of(page.items.len()))
}
