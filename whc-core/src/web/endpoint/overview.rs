//! Tables about the whole list: the code that `countries` and `criteria` share.

use serde_json::Value;

use super::openapi::headers;
use super::openapi::operation::{Operation, answer, body, plain};
use crate::error::Result;
use crate::repository::ReadView;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::json::Meta;
use crate::web::format::rows::{self, Row};
use crate::web::format::{Format, SelfLinks, with_query};
use crate::web::problem::Problem;
use crate::web::request::Representation;
use crate::web::response::links;

/// The parameters such a table has.
const NAMES: [&str; 3] = ["lang", "f", "bom"];

/// A request for such a table.
pub(super) struct Overview {
    representation: Representation,
    /// The query of the link to the table itself.
    rest: String,
}

impl Overview {
    pub(super) fn read(context: &Context<'_>) -> Result<Self, Problem> {
        let mut parameters = context.parameters(&NAMES);
        let representation = Representation::negotiate(context.headers, &mut parameters, Format::TABLE)?;
        let rest = parameters.rest(&NAMES);
        parameters.finish()?;
        Ok(Self { representation: representation.in_english(), rest })
    }

    /// The table of `rows`.
    pub(super) fn answer<R: Row>(
        &self,
        context: &Context<'_>,
        view: &ReadView<'_>,
        rows: &[R],
    ) -> Result<Answer> {
        let Representation { format, language, .. } = self.representation;
        let meta = Meta::new(rows.len() as u64, language);
        let this = with_query(&links::to(context.base, context.request.uri().path()), &self.rest);
        let links = SelfLinks::new(this, links::sites(context.base));
        let response = format.response(language, rows::write(format, rows, &meta, &links)?);
        Ok(self.representation.answer(context.app, view.version(), response))
    }
}

/// Describes such a table.
pub(super) fn describe(id: &str, summary: &str, description: &str) -> Operation {
    Operation::new(id, "numbers", summary, description)
        .taking_query(&NAMES)
        .in_formats(Format::TABLE)
        .cached()
}

/// Describes the answer with it.
pub(super) fn described_rows(schema: &str, example: &Value, table: &str) -> Value {
    let content = [
        ("application/json", body(schema, example)),
        ("text/csv", plain("A table (RFC 4180) with a header.", table)),
    ];
    answer("A row for each.", &headers::CACHED, &content)
}
