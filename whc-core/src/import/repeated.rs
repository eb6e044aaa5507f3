//! Rows about a site that a row before is about: a slip, or a table of something else.

use super::tolerable;
use crate::error::{Error, Result};

/// Rows about a site that a row before is about.
#[derive(Debug, Default)]
pub(super) struct Repeated {
    first: Option<usize>,
    count: usize,
    /// How many of them have a name that the row before has too.
    agreeing: usize,
}

impl Repeated {
    pub(super) fn count(&mut self, row: usize, agrees_in_name: bool) {
        self.first = self.first.or(Some(row));
        self.count += 1;
        self.agreeing += usize::from(agrees_in_name);
    }

    /// Refuses a file with many of them: it has a row for each state or criterion of a site, or numbers of something else.
    pub(super) fn check(&self, total: usize) -> Result<()> {
        let Self { first, count, agreeing } = *self;
        let Some(first) = first.filter(|_| count > tolerable(total)) else { return Ok(()) };
        let cause = if agreeing * 2 > count {
            "with its name: the table has several rows for a site, as one for each country or criterion; keep one of each"
        } else {
            "mostly with another name: has the column UNESCO's numbers?"
        };
        Err(Error::refused(format!(
            "{count} of {total} rows are about a site that a row before is about, the first of them row {first}, {cause}"
        )))
    }
}
