//! The list at the end of a year: a slider to other years, and what can be known.

use super::state::State;
use crate::error::Result;
use crate::repository::ReadView;
use crate::site::SiteQuery;
use crate::web::page::years::Years;

/// What can be known of the year that is chosen, and the slider; `None` where none is.
pub(super) async fn years<'a>(
    state: &State<'_, 'a>,
    query: &SiteQuery,
    view: &ReadView<'_>,
) -> Result<Option<(String, Years<'a>)>> {
    let Some(year) = query.as_of else { return Ok(None) };
    let ever = view.sites().list_all(&SiteQuery::ALL).await?;
    let to = |year: Option<u16>| match year {
        Some(year) => state.with("as_of", year),
        None => state.to(state.query.clone().without(&["as_of"])),
    };
    let years = Years::new(&ever, state.frame, Some(year), to);
    Ok(Some(((state.text.known_of_year)(year.get()), years)))
}
