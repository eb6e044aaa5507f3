//! The parts of a result: its pages, and where to get all of it.

use super::state::State;
use crate::page::Window;
use crate::web::page::address::Address;
use crate::web::page::frame::Frame;

/// How many pages around this one are linked, beside the first and the last.
const AROUND: u64 = 2;

/// A link to a page of the result.
pub(super) struct PageLink<'a> {
    pub(super) label: String,
    /// The page; `None` for this one, and for a gap.
    pub(super) address: Option<Address<'a>>,
    pub(super) is_here: bool,
    /// `prev` or `next`.
    pub(super) relation: Option<&'static str>,
}

/// The first page, those around this one, the last, and before and after them the page before and after this one; nothing
/// where there is one page.
pub(super) fn pages<'a>(state: &State<'_, 'a>, window: Window, total: u64) -> Vec<PageLink<'a>> {
    let size = u64::from(window.limit());
    let last = total.saturating_sub(1) / size;
    let here = window.offset() / size;
    let mut pages = Vec::new();
    if last == 0 && here == 0 {
        return pages;
    }
    let to = |page: u64| {
        let query =
            if page == 0 { state.query.clone() } else { state.query.clone().with("offset", page * size) };
        state.to(query)
    };
    let turn = |label: &str, relation, page| PageLink {
        label: label.to_owned(),
        address: Some(to(page)),
        is_here: false,
        relation: Some(relation),
    };
    if here > 0 {
        pages.push(turn(state.text.previous, "prev", (here - 1).min(last)));
    }
    let mut before = None;
    for page in (0..=last).filter(|page| [0, last].contains(page) || page.abs_diff(here) <= AROUND) {
        if before.is_some_and(|before| before + 1 < page) {
            pages.push(PageLink { label: "…".to_owned(), address: None, is_here: false, relation: None });
        }
        before = Some(page);
        let is_here = page == here;
        pages.push(PageLink {
            label: (page + 1).to_string(),
            address: (!is_here).then(|| to(page)),
            is_here,
            relation: None,
        });
    }
    if here < last {
        pages.push(turn(state.text.next, "next", here + 1));
    }
    pages
}

/// Which part of the result is shown: `1–25 of 56`.
pub(super) fn range(frame: &Frame<'_>, window: Window, shown: usize, total: u64) -> String {
    let first = window.offset().min(total) + u64::from(shown > 0);
    let last = window.offset().saturating_add(shown as u64).min(total);
    (frame.text.range_of)(first, last, total)
}

/// Where to get all of the result.
pub(super) struct Take {
    /// The names of the formats, with the address of the result in each.
    pub(super) formats: Vec<(&'static str, String)>,
    /// The call of the API.
    pub(super) call: String,
}

impl Take {
    /// Of this result.
    pub(super) fn new(state: &State<'_, '_>) -> Self {
        let prefix = state.frame.to.prefix;
        let formats = [("CSV", "csv"), ("GeoJSON", "geojson"), ("NDJSON", "ndjson"), ("JSON", "json")];
        let address = |f: &str| format!("{prefix}{}", state.data(&format!("&limit=10000&f={f}")));
        let formats = formats.into_iter().map(|(name, f)| (name, address(f))).collect();
        Self { formats, call: format!("curl '{}{}'", state.frame.base, state.data("")) }
    }
}
