//! `/api`: the documentation of the API, made from its description.

mod operations;

use std::sync::OnceLock;

use askama::Template;
use serde_json::{Map, Value};

use self::operations::{Group, groups};
use super::frame::Frame;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::endpoint::openapi;
use crate::web::problem::Problem;

/// The parameters of this path.
const NAMES: [&str; 2] = ["lang", "f"];

/// The operations: the description takes milliseconds to make, and what is shown of it is the same for every client.
static GROUPS: OnceLock<Vec<Group>> = OnceLock::new();

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage<'a> {
    frame: Frame<'a>,
    groups: &'static [Group],
}

/// The page; `paths` are those of the description.
pub(crate) fn show(context: &Context<'_>, paths: fn() -> Map<String, Value>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[])?;
    parameters.finish()?;
    let groups = GROUPS.get_or_init(|| groups(&openapi::document(&paths())));
    let frame = frame.titled("API").with_data("/api/openapi.json");
    Ok(super::answer_without_data(&representation, &ApiPage { frame, groups })?)
}
