//! Addresses of our own, as clients see them.

use crate::app::App;
use crate::page::Window;
use crate::site::SiteId;

const SITES: &str = "/api/whcsites";

pub(super) fn sites(app: &App) -> String {
    format!("{}{SITES}", app.web().public_url)
}

pub(super) fn site(app: &App, id: SiteId) -> String {
    format!("{}{SITES}/{id}", app.web().public_url)
}

/// The list at `window`; `rest` is what else the query had.
pub(super) fn sites_page(app: &App, window: Window, rest: &str) -> String {
    let separator = if rest.is_empty() { "" } else { "&" };
    format!("{}?limit={}&offset={}{separator}{rest}", sites(app), window.limit(), window.offset())
}
