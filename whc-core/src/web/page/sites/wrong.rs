//! Filters that cannot be read: what is wrong with each, said at its field.

use crate::web::problem::{Place, Problem};

/// The filters that are typed in, and the ids of their fields.
const FIELDS: [(&str, &str); 4] =
    [("q", "f-q"), ("inscribed", "f-inscribed"), ("area", "f-area"), ("as_of", "f-as-of")];

/// Something wrong with a parameter.
pub(super) struct Wrong {
    /// The id of its field; `None` of what is not typed in.
    pub(super) field: Option<&'static str>,
    pub(super) detail: String,
}

impl Wrong {
    /// All that is wrong.
    ///
    /// # Errors
    /// It is not the filters.
    pub(super) fn all(read: Result<(), Problem>) -> Result<Vec<Self>, Problem> {
        let Err(problem) = read else { return Ok(Vec::new()) };
        if problem.violations().is_empty() {
            return Err(problem);
        }
        let wrong = problem.violations().iter().map(|violation| {
            let is_of = |(name, _): &&(&str, _)| violation.place == Place::Parameter((*name).to_owned());
            let field = FIELDS.iter().find(is_of).map(|(_, id)| *id);
            Self { field, detail: violation.detail.clone() }
        });
        Ok(wrong.collect())
    }
}
