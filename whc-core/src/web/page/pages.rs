//! The pages of a list: links to them, and which part of it is shown.

use super::address::{Address, Query};
use super::frame::Frame;
use crate::page::Window;

/// How many pages around this one are linked, beside the first and the last.
const AROUND: u64 = 2;

/// A link to a page of a list.
pub(crate) struct PageLink<'a> {
    pub(crate) label: String,
    /// The page; `None` for this one, and for a gap.
    pub(crate) address: Option<Address<'a>>,
    pub(crate) is_here: bool,
    /// `prev` or `next`.
    pub(crate) relation: Option<&'static str>,
}

/// The pages of the list at `path` that this is one of: the first page, those around this one, the last, and before and after
/// them the page before and after this one; nothing where there is one page.
pub(crate) fn pages<'a>(
    frame: &Frame<'a>,
    path: &'static str,
    window: Window,
    total: u64,
) -> Vec<PageLink<'a>> {
    let size = u64::from(window.limit());
    let last = total.saturating_sub(1) / size;
    let here = window.offset() / size;
    let mut pages = Vec::new();
    if last == 0 && here == 0 {
        return pages;
    }
    let to = |page: u64| frame.to.with(path, at(frame.query(), page * size));
    let turn = |label: &str, relation, page| PageLink {
        label: label.to_owned(),
        address: Some(to(page)),
        is_here: false,
        relation: Some(relation),
    };
    if here > 0 {
        pages.push(turn(frame.text.previous, "prev", (here - 1).min(last)));
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
        pages.push(turn(frame.text.next, "next", here + 1));
    }
    pages
}

fn at(query: &Query, offset: u64) -> Query {
    let query = query.clone();
    if offset == 0 { query } else { query.with("offset", offset) }
}

/// Which part of a list is shown: `1–25 of 56`.
pub(crate) fn range(frame: &Frame<'_>, window: Window, shown: usize, total: u64) -> String {
    let first = window.offset().min(total) + u64::from(shown > 0);
    let last = window.offset().saturating_add(shown as u64).min(total);
    (frame.text.range_of)(first, last, total)
}
