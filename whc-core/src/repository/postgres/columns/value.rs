//! What a column holds: a value, and the type of an array of them.

use tokio_postgres::types::{ToSql, Type};

use crate::error::{Error, Result};

/// A value of a column.
pub(super) trait Value: ToSql + Sync + Send {
    /// The type of an array of them.
    const ARRAY: Type;

    /// Whether PostgreSQL can hold it.
    fn is_storable(&self) -> bool {
        true
    }
}

/// The value, unless PostgreSQL cannot hold it.
pub(super) fn storable<T: Value>(value: T) -> Result<T> {
    if value.is_storable() { Ok(value) } else { Err(Error::invalid("a text contains a zero byte")) }
}

impl Value for bool {
    const ARRAY: Type = Type::BOOL_ARRAY;
}

impl Value for i16 {
    const ARRAY: Type = Type::INT2_ARRAY;
}

impl Value for i32 {
    const ARRAY: Type = Type::INT4_ARRAY;
}

impl Value for i64 {
    const ARRAY: Type = Type::INT8_ARRAY;
}

impl Value for f64 {
    const ARRAY: Type = Type::FLOAT8_ARRAY;
}

impl Value for &str {
    const ARRAY: Type = Type::TEXT_ARRAY;

    /// The one character that texts of PostgreSQL cannot have.
    fn is_storable(&self) -> bool {
        !self.contains('\0')
    }
}

impl<T: Value> Value for Option<T> {
    const ARRAY: Type = T::ARRAY;

    fn is_storable(&self) -> bool {
        self.as_ref().is_none_or(T::is_storable)
    }
}
