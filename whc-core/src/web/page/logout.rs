//! `GET /auth/logout`: the button that logs somebody out, for whoever comes by a link.

use askama::Template;

use super::frame::Frame;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::endpoint::login::logins;
use crate::web::problem::Problem;
use crate::web::visitor::Visitor;

/// The parameters of this path.
const NAMES: [&str; 2] = ["lang", "f"];

#[derive(Template)]
#[template(path = "logout.html")]
struct LogoutPage<'a> {
    frame: Frame<'a>,
    form_token: String,
}

/// The page.
pub(crate) fn show(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[])?;
    parameters.finish()?;
    let login = logins(context)?;
    let form_token = visitor.session().map(|own| login.form_token(own)).unwrap_or_default();
    let page = LogoutPage { frame: frame.titled("Log out"), form_token };
    Ok(super::answer_for_one(representation.language, &page, login.config())?)
}
