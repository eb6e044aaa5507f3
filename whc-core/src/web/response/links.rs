//! URLs of this service, as clients see them.

use crate::app::App;
use crate::site::SiteId;

const SITES: &str = "/api/whcsites";

/// The URL of a path.
pub(crate) fn to(app: &App, path: &str) -> String {
    [&*app.web().public_url, path].concat()
}

pub(crate) fn sites(app: &App) -> String {
    to(app, SITES)
}

pub(crate) fn changes(app: &App) -> String {
    to(app, "/api/changes")
}

pub(crate) fn site(app: &App, id: SiteId) -> String {
    to(app, &format!("{SITES}/{id}"))
}

pub(crate) fn nearby(app: &App, id: SiteId) -> String {
    format!("{}/nearby", site(app, id))
}

pub(crate) fn facets(app: &App) -> String {
    format!("{}/facets", sites(app))
}
