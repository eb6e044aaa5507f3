//! `/problems/{code}`: what a kind of problem means, and the way out of it.

mod kinds;

use askama::Template;
use http::StatusCode;

use self::kinds::meaning;
use super::address::Address;
use super::frame::Frame;
use crate::violation::nearest;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::{KINDS, Problem, title};

/// The parameters of these paths.
const NAMES: [&str; 2] = ["lang", "f"];

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    frame: Frame<'a>,
    code: &'static str,
    status: StatusCode,
    title: &'static str,
    meaning: &'static str,
    way_out: &'static str,
    others: Vec<(Address<'a>, &'static str)>,
}

#[derive(Template)]
#[template(path = "problems.html")]
struct ProblemsPage<'a> {
    frame: Frame<'a>,
    kinds: Vec<(Address<'a>, &'static str, u16, &'static str)>,
}

/// The page of one kind.
pub(crate) fn show(context: &Context<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[])?;
    parameters.finish()?;
    let given = context.path.get("code").unwrap_or_default();
    let (status, code) = *KINDS.iter().find(|(_, code)| *code == given).ok_or_else(|| unknown(given))?;
    let (meaning, way_out) = meaning(code);
    let page = ProblemPage {
        code,
        status,
        title: title(status),
        meaning,
        way_out,
        others: others(&frame, code),
        frame: frame.titled(title(status)),
    };
    Ok(super::answer_without_data(&representation, &page)?)
}

/// The page of all kinds.
pub(crate) fn list(context: &Context<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[])?;
    parameters.finish()?;
    let kind = |(status, code): &(StatusCode, &'static str)| {
        (frame.to.page(format!("/problems/{code}")), *code, status.as_u16(), meaning(code).0)
    };
    let page =
        ProblemsPage { kinds: KINDS.iter().map(kind).collect(), frame: frame.clone().titled("Problems") };
    Ok(super::answer_without_data(&representation, &page)?)
}

/// The other kinds with the same status.
fn others<'a>(frame: &Frame<'a>, code: &str) -> Vec<(Address<'a>, &'static str)> {
    let status = KINDS.iter().find(|(_, other)| *other == code).map(|(status, _)| *status);
    let others = KINDS.iter().filter(|(other, name)| Some(*other) == status && *name != code);
    others.map(|(_, name)| (frame.to.page(format!("/problems/{name}")), *name)).collect()
}

fn unknown(given: &str) -> Problem {
    let codes = KINDS.map(|(_, code)| code);
    let given: String = given.chars().take(40).collect();
    let detail = match nearest(&given, &codes) {
        Some(meant) => format!("there is no kind of problem {given}; did you mean {meant}?"),
        None => format!("there is no kind of problem {given}"),
    };
    Problem::new(StatusCode::NOT_FOUND, detail)
}
