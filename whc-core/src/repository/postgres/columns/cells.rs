//! The cells of a row, taken from left to right.

use tokio_postgres::Row;
use tokio_postgres::types::FromSql;

use crate::error::{Error, Result};

/// The cells of a row that were not taken yet.
pub(super) struct Cells<'a> {
    row: &'a Row,
    next: usize,
}

impl<'a> Cells<'a> {
    pub(super) fn new(row: &'a Row) -> Self {
        Self { row, next: 0 }
    }

    /// Takes the next cell.
    ///
    /// # Errors
    /// Internal, with the name of the column, if it is of another type or null where `T` cannot be.
    pub(super) fn value<T: FromSql<'a>>(&mut self) -> Result<T> {
        let at = self.next;
        self.next += 1;
        self.row.try_get(at).map_err(|error| {
            let name = self.row.columns().get(at).map_or("after the last", |column| column.name());
            Error::internal(format!("column {name}")).with_source(error)
        })
    }

    /// Takes the next cell, an array. An aggregate makes null of no rows.
    pub(super) fn array<T: FromSql<'a>>(&mut self) -> Result<Vec<T>> {
        Ok(self.value::<Option<Vec<T>>>()?.unwrap_or_default())
    }

    /// Takes the next cell, where null says that nothing is known.
    pub(super) fn known<T: FromSql<'a>, U>(
        &mut self,
        from: impl FnOnce(T) -> Result<U>,
    ) -> Result<Option<U>> {
        self.value::<Option<T>>()?.map(from).transpose()
    }

    /// Sets a field to what the next cell says.
    pub(super) fn set<T: FromSql<'a>, U>(
        &mut self,
        field: &mut U,
        from: impl FnOnce(T) -> Result<U>,
    ) -> Result<()> {
        *field = from(self.value()?)?;
        Ok(())
    }

    /// Sets a field to what the next cell says, or to nothing where that is null.
    pub(super) fn set_known<T: FromSql<'a>, U>(
        &mut self,
        field: &mut Option<U>,
        from: impl FnOnce(T) -> Result<U>,
    ) -> Result<()> {
        *field = self.known(from)?;
        Ok(())
    }

    /// Sets a field to what the elements of the next cell say.
    pub(super) fn collect<T: FromSql<'a>, U, C: FromIterator<U>>(
        &mut self,
        field: &mut C,
        from: impl Fn(T) -> Result<U>,
    ) -> Result<()> {
        *field = self.array()?.into_iter().map(from).collect::<Result<_>>()?;
        Ok(())
    }
}
