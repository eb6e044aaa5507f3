//! `/login`: with whom somebody can log in.

use askama::Template;

use super::address::{Address, Query};
use super::frame::Frame;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::endpoint::login::{RETURN_TO, logins, return_to};
use crate::web::problem::Problem;

/// The parameters of this path.
const NAMES: [&str; 3] = ["lang", "f", RETURN_TO];

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage<'a> {
    frame: Frame<'a>,
    providers: Vec<(Address<'a>, &'a str)>,
}

/// The page.
pub(crate) fn show(context: &Context<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[RETURN_TO])?;
    let return_to = return_to(&mut parameters);
    parameters.finish()?;
    let login = logins(context)?;
    let query = return_to.map_or_else(Query::default, |path| Query::default().with(RETURN_TO, path.as_str()));
    let providers = login.providers().iter().map(|provider| {
        let provider = provider.config();
        (frame.to.with(format!("/auth/{}", provider.name), query.clone()), &*provider.title)
    });
    let page = LoginPage { providers: providers.collect(), frame: frame.clone().titled("Log in") };
    Ok(super::answer_for_one(representation.language, &page, login.config())?)
}
