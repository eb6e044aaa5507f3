//! Files that belong to pages, under names that change with their content, so that browsers keep them for a year.

use http::StatusCode;
use http::header::{CACHE_CONTROL, HeaderValue};

use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::endpoint::typed;
use crate::web::problem::Problem;

/// The one style sheet.
const CSS: &str = include_str!("../../../templates/site.css");

/// The name of the style sheet.
pub(crate) const STYLE: &str = match std::str::from_utf8(&STYLE_NAME) {
    Ok(name) => name,
    Err(_) => "",
};

const STYLE_NAME: [u8; 25] = named(*b"site-", CSS.as_bytes(), *b".css");

const TYPE: &str = "text/css; charset=utf-8";

/// For a year, whatever happens: another content has another name.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The style sheet under its name. While one release follows another, pages of the other ask here for theirs: they get ours,
/// which no cache keeps under that name.
pub(crate) fn show(context: &Context<'_>) -> Result<Answer, Problem> {
    context.parameters(&[]).finish()?;
    let name = context.path.get("name").unwrap_or_default();
    let hash = name.strip_prefix("site-").and_then(|rest| rest.strip_suffix(".css"));
    if hash.is_none_or(|hash| hash.len() != 16) {
        let detail = format!("there is no file of that name; the style sheet is {STYLE}");
        return Err(Problem::new(StatusCode::NOT_FOUND, detail));
    }
    if name != STYLE {
        return Ok(Answer::no_store(typed(TYPE, CSS)));
    }
    let mut answer = super::file(TYPE, CSS, None);
    answer.response.headers_mut().insert(CACHE_CONTROL, IMMUTABLE);
    Ok(answer)
}

/// `before`, the hash of `content` in sixteen digits, and `after`: FNV-1a, which a constant can be made of.
const fn named(before: [u8; 5], content: &[u8], after: [u8; 4]) -> [u8; 25] {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut at = 0;
    while at < content.len() {
        hash = (hash ^ content[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    let mut name = [0; 25];
    let mut at = 0;
    while at < name.len() {
        name[at] = match at {
            0..5 => before[at],
            5..21 => b"0123456789abcdef"[(hash >> (60 - 4 * (at - 5)) & 15) as usize],
            _ => after[at - 21],
        };
        at += 1;
    }
    name
}
