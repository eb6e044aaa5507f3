//! The size limit of a scope: a page that is too long gets fewer items, with links to the rest.

use http::StatusCode;
use http::header::CONTENT_ENCODING;

use super::links;
use crate::app::App;
use crate::cache::Items;
use crate::web::answer::Reply;
use crate::web::format::Encoding;
use crate::web::problem::Problem;
use crate::web::request::Base;

/// The attempts to answer within the limit: each has fewer items in a page than the one before.
pub(crate) struct SizeLimit<'a> {
    app: &'a App,
    base: Base<'a>,
    max_items: Option<u32>,
}

impl<'a> SizeLimit<'a> {
    /// The state before the first attempt.
    pub(crate) fn new(app: &'a App, base: Base<'a>) -> Self {
        Self { app, base, max_items: None }
    }

    /// The most items in a page of the next attempt.
    pub(crate) fn max_items(&self) -> Option<u32> {
        self.max_items
    }

    /// Whether the reply fits; if not, another attempt is needed.
    ///
    /// # Errors
    /// The reply is too long and cannot be cut down.
    pub(crate) fn fits(&mut self, reply: &Reply) -> Result<bool, Problem> {
        let Some(limit) = self.app.size_limit().filter(|limit| reply.response.body().len() > *limit) else {
            return Ok(true);
        };
        match reply.items.filter(|items| items.in_pages && items.count > 1) {
            Some(items) => {
                let fewer = within(items, limit, reply.response.body().len());
                self.max_items = u32::try_from(fewer).ok();
                Ok(false)
            }
            None => Err(too_long(self.base, reply, limit)),
        }
    }
}

/// An estimate of how many of the items fit into `limit` bytes, if all take `length`. A little less, since items differ in
/// size; at least one, and fewer than before.
fn within(items: Items, limit: usize, length: usize) -> usize {
    (items.count * limit / length.max(1) * 15 / 16).clamp(1, items.count.saturating_sub(1).max(1))
}

fn too_long(base: Base<'_>, reply: &Reply, limit: usize) -> Problem {
    let Reply { response, items, .. } = reply;
    let length = response.body().len();
    let mut ways = Vec::new();
    if !response.headers().contains_key(CONTENT_ENCODING) && Encoding::is_possible() {
        ways.push("compressed, with Accept-Encoding: gzip".to_owned());
    }
    if let Some(items) = items {
        let items = within(*items, limit, length);
        ways.push(format!("page by page, with {}?limit={items}", links::sites(base)));
    }
    let advice = if ways.is_empty() { String::new() } else { format!("; ask for it {}", ways.join(" or ")) };
    let detail = format!("this answer has {length} bytes, and {limit} pass through here{advice}");
    Problem::new(StatusCode::NOT_ACCEPTABLE, detail)
}
