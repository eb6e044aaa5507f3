//! `/`: what the List is, its map, its figures, and what is new.

use askama::Template;

use super::frame::Frame;
use crate::repository::ReadView;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::Problem;

/// The parameters of this path.
const NAMES: [&str; 2] = ["lang", "f"];

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    frame: Frame<'a>,
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[])?;
    parameters.finish()?;
    let page = HomePage { frame };
    Ok(super::answer(context, view, &representation, &page)?)
}
