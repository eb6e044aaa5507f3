//! Tables compiled into the crate, as `text/tab-separated-values`: no cell has a tab or a line feed in it, so nothing is
//! quoted and splitting is reading. A function reads them at each cold start.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use crate::error::{Error, Result};

/// A table and the columns it must have.
pub(super) struct Table {
    pub name: &'static str,
    /// Their names, separated by spaces, in as many parts as tables share.
    pub columns: &'static [&'static str],
    pub text: &'static str,
}

impl Table {
    /// Calls `each` with every row, top to bottom.
    ///
    /// # Errors
    /// An internal error when the columns are others, and those of `each`, with the name of the table.
    pub(super) fn each(&self, mut each: impl FnMut(&mut Row) -> Result<()>) -> Result<()> {
        let mut rest = self.rows()?;
        while !rest.is_empty() {
            let mut row = Row { rest: cut(&mut rest, b'\n') };
            each(&mut row).map_err(|error| error.within(self.name))?;
        }
        Ok(())
    }

    /// Its rows by the id in the first column, which must ascend.
    pub(super) fn by_id(&self) -> Result<ById> {
        Ok(ById { rest: self.rows()? })
    }

    /// What is below the header.
    fn rows(&self) -> Result<&'static str> {
        let mut rest = self.text;
        let columns = self.columns.iter().flat_map(|part| part.split(' '));
        if !cut(&mut rest, b'\n').split('\t').eq(columns) {
            return Err(Error::internal(format!("{} has other columns", self.name)));
        }
        Ok(rest)
    }
}

/// The rows of a table that are not taken yet.
pub(super) struct ById {
    rest: &'static str,
}

impl ById {
    /// The rows of this id and how many they are; ids must be asked for in ascending order.
    pub(super) fn take(&mut self, id: u32) -> Result<(usize, Rows)> {
        while !self.rest.is_empty() {
            let mut rest = self.rest;
            match (Row { rest: cut(&mut rest, b'\n') }).value::<u32>()?.cmp(&id) {
                Ordering::Less => self.rest = rest,
                Ordering::Equal => return Ok(self.take_alike()),
                Ordering::Greater => break,
            }
        }
        Ok((0, Rows("")))
    }

    /// The rows that begin as the first one does.
    fn take_alike(&mut self) -> (usize, Rows) {
        let (rows, mut count) = (self.rest, 0);
        let mut id = rows;
        let id = cut(&mut id, b'\t');
        while self.rest.strip_prefix(id).is_some_and(|row| row.starts_with('\t')) {
            cut(&mut self.rest, b'\n');
            count += 1;
        }
        (count, Rows(&rows[..rows.len() - self.rest.len()]))
    }
}

/// Some rows of a table, each with its line feed.
#[derive(Clone, Copy, Debug)]
pub(in crate::site) struct Rows(&'static str);

impl Rows {
    /// What `read` makes of the cells of each row behind its id.
    pub(super) fn read<T>(self, read: impl Fn(&mut Row) -> Result<T>) -> Result<Vec<T>> {
        let mut rest = self.0;
        let mut values = Vec::new();
        while !rest.is_empty() {
            let mut row = Row { rest: cut(&mut rest, b'\n') };
            row.text();
            values.push(read(&mut row)?);
        }
        Ok(values)
    }
}

/// The cells of a row, taken from left to right. A cell that is not there is empty.
pub(super) struct Row {
    rest: &'static str,
}

impl Row {
    pub(super) fn text(&mut self) -> &'static str {
        cut(&mut self.rest, b'\t')
    }

    pub(super) fn value<T: FromStr<Err: fmt::Display>>(&mut self) -> Result<T> {
        parse(self.text())
    }

    /// What is in a cell that may be empty.
    pub(super) fn optional<T: FromStr<Err: fmt::Display>>(&mut self) -> Result<Option<T>> {
        Some(self.text()).filter(|text| !text.is_empty()).map(parse).transpose()
    }

    /// A 1 or a 0.
    pub(super) fn flag(&mut self) -> bool {
        self.text() == "1"
    }

    /// What is in a cell that holds any number of values, separated by spaces.
    pub(super) fn values<T: FromStr<Err: fmt::Display>, C: FromIterator<T>>(&mut self) -> Result<C> {
        self.text().split(' ').filter(|text| !text.is_empty()).map(parse).collect()
    }
}

/// Takes what is before the next `separator` off `rest`, or all of it. Cells are short: `str::split` costs three times this.
fn cut(rest: &mut &'static str, separator: u8) -> &'static str {
    let end = memchr::memchr(separator, rest.as_bytes()).unwrap_or(rest.len());
    let (before, after) = rest.split_at(end);
    *rest = after.get(1..).unwrap_or_default();
    before
}

fn parse<T: FromStr<Err: fmt::Display>>(text: &str) -> Result<T> {
    text.parse().map_err(|error| Error::internal(format!("the cell \"{text}\": {error}")))
}
