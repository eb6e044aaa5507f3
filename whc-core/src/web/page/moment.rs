//! When something was, for people to the minute and for programs as exactly as it is known.

use std::fmt;
use std::time::SystemTime;

use askama::filters::HtmlSafe;

use crate::web::format::timestamp;

/// A time, as an element of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment(pub(crate) SystemTime);

impl Moment {
    /// To the minute: `2026-11-21 10:00`.
    pub(crate) fn to_minute(self) -> String {
        let exact = timestamp::to_text(self.0);
        exact.get(..16).unwrap_or(&exact).replace('T', " ")
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (exact, minute) = (timestamp::to_text(self.0), self.to_minute());
        write!(f, "<time datetime=\"{exact}\">{minute}</time>")
    }
}

impl HtmlSafe for Moment {}
