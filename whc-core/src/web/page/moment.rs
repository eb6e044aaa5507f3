//! When something was, for people to the minute and for programs to the second.

use std::fmt;
use std::time::SystemTime;

use askama::filters::HtmlSafe;

use crate::web::format::timestamp;

/// A time, as an element of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment(pub(crate) SystemTime);

impl Moment {
    /// To the second, since HTML knows no more than milliseconds: `2026-11-21T10:00:00Z`.
    pub(crate) fn to_second(self) -> String {
        let exact = timestamp::to_text(self.0);
        exact.get(..19).map_or(exact.clone(), |second| format!("{second}Z"))
    }

    /// To the minute: `2026-11-21 10:00`.
    pub(crate) fn to_minute(self) -> String {
        let exact = timestamp::to_text(self.0);
        exact.get(..16).unwrap_or(&exact).replace('T', " ")
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<time datetime=\"{}\">{}</time>", self.to_second(), self.to_minute())
    }
}

impl HtmlSafe for Moment {}
