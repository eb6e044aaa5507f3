//! Builds statements: numbers their parameters, and has each condition beside its value.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use bytes::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use crate::page::Window;

/// A parameter of a statement with its type, so that no round trip is needed to learn it.
pub(super) type Parameter<'a> = (&'a (dyn ToSql + Sync), Type);

/// A statement and its parameters.
pub(super) type Statement<'a> = (Cow<'static, str>, Parameters<'a>);

/// A parameter that no log shows, should a library write down its parameters.
pub(super) struct Private<T>(pub(super) T);

impl<T: ToSql> ToSql for Private<T> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.0.to_sql(kind, out)
    }

    fn accepts(kind: &Type) -> bool {
        T::accepts(kind)
    }

    to_sql_checked!();
}

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Private(…)")
    }
}

/// The parameters of one statement, in the order they were added.
#[derive(Default)]
pub(super) struct Parameters<'a>(Vec<(Box<dyn ToSql + Sync + Send + 'a>, Type)>);

/// The placeholder of a parameter in the text of a statement, `$1` for the first. Only placeholders are written into
/// texts, never values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placeholder(usize);

/// Conditions of a WHERE clause, all of which must hold, and their parameters.
#[derive(Default)]
pub(super) struct Conditions<'a> {
    texts: Vec<String>,
    parameters: Parameters<'a>,
}

impl<'a> Parameters<'a> {
    /// Adds a parameter and returns its placeholder.
    pub(super) fn add(&mut self, value: impl ToSql + Sync + Send + 'a, kind: Type) -> Placeholder {
        self.0.push((Box::new(value), kind));
        Placeholder(self.0.len())
    }

    /// The clause for a page of an ordered result.
    pub(super) fn add_window(&mut self, window: Window) -> String {
        let limit = self.add(i64::from(window.limit()), Type::INT8);
        let offset = self.add(i64::try_from(window.offset()).unwrap_or(i64::MAX), Type::INT8);
        format!("LIMIT {limit} OFFSET {offset}")
    }

    /// The parameters as `query_typed` takes them.
    pub(super) fn to_vec(&self) -> Vec<Parameter<'_>> {
        self.0.iter().map(|(value, kind)| (&**value as _, kind.clone())).collect()
    }
}

impl<'a> Conditions<'a> {
    /// Adds a condition on a value. Without a value there is no condition.
    pub(super) fn and<T: ToSql + Sync + Send + 'a>(
        mut self,
        value: Option<T>,
        kind: Type,
        condition: impl FnOnce(Placeholder) -> String,
    ) -> Self {
        if let Some(value) = value {
            let placeholder = self.parameters.add(value, kind);
            self.texts.push(condition(placeholder));
        }
        self
    }

    /// All conditions as one text, and their parameters, to which the rest of the statement adds its own.
    pub(super) fn into_parts(self) -> (String, Parameters<'a>) {
        let text = if self.texts.is_empty() { "true".to_owned() } else { self.texts.join(" AND ") };
        (text, self.parameters)
    }
}

impl fmt::Display for Placeholder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${}", self.0)
    }
}

/// The values of a filter, any of which will do; `None` where there are none, which filters nothing.
pub(super) fn any_of<T>(values: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let values: Vec<_> = values.collect();
    (!values.is_empty()).then_some(values)
}

#[cfg(test)]
mod tests {
    use tokio_postgres::types::Type;

    use super::Conditions;
    use crate::page::Window;

    #[test]
    fn parameters_are_numbered_as_they_are_added_and_absent_ones_leave_no_trace() {
        let conditions = Conditions::default()
            .and(Some(7), Type::INT4, |id| format!("id <> {id}"))
            .and(None::<bool>, Type::BOOL, |danger| format!("in_danger = {danger}"))
            .and(Some(1.0), Type::FLOAT8, |area| format!("(low <= {area} OR high >= {area})"));
        let (text, mut parameters) = conditions.into_parts();
        assert_eq!(text, "id <> $1 AND (low <= $2 OR high >= $2)");
        assert_eq!(parameters.add_window(Window::ALL), "LIMIT $3 OFFSET $4");
        let kinds: Vec<_> = parameters.to_vec().into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(kinds, [Type::INT4, Type::FLOAT8, Type::INT8, Type::INT8]);
    }

    #[test]
    fn no_condition_is_one_that_always_holds() {
        assert_eq!(Conditions::default().into_parts().0, "true");
    }
}
