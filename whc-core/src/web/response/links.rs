//! URLs of this service, as clients see them.

use crate::contact::CaseId;
use crate::site::SiteId;
use crate::web::request::Base;

const SITES: &str = "/api/whcsites";

/// The URL of a path.
pub(crate) fn to(base: Base<'_>, path: &str) -> String {
    format!("{base}{path}")
}

pub(crate) fn sites(base: Base<'_>) -> String {
    to(base, SITES)
}

pub(crate) fn changes(base: Base<'_>) -> String {
    to(base, "/api/changes")
}

pub(crate) fn site(base: Base<'_>, id: SiteId) -> String {
    format!("{base}{SITES}/{id}")
}

pub(crate) fn nearby(base: Base<'_>, id: SiteId) -> String {
    format!("{base}{SITES}/{id}/nearby")
}

pub(crate) fn facets(base: Base<'_>) -> String {
    format!("{base}{SITES}/facets")
}

pub(crate) fn contacts(base: Base<'_>) -> String {
    to(base, "/api/contacts")
}

pub(crate) fn contact(base: Base<'_>, case: CaseId) -> String {
    format!("{base}/api/cases/{case}/contact")
}

pub(crate) fn export(base: Base<'_>, case: CaseId) -> String {
    format!("{base}/api/cases/{case}/export")
}

pub(crate) fn audit(base: Base<'_>) -> String {
    to(base, "/api/audit")
}
