//! `POST /auth/{provider}/callback`: the answer of a provider that sends a form from its own page.
//!
//! Browsers leave cookies out of such a request, and without them nobody knows which login it belongs to. So the answer is a
//! page that sends the same form once more, from here; of that one there is no third.

use askama::Template;

use super::frame::Frame;
use crate::config::ResponseMode;
use crate::login::ProviderAnswer;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::endpoint::login::{answer, complete, is_from_own_page, logins};
use crate::web::problem::Problem;
use crate::web::request::form;

/// What says that a form was sent from here.
const CONTINUED: &str = "continued";

#[derive(Template)]
#[template(path = "continue.html")]
struct ContinuePage<'a> {
    frame: Frame<'a>,
    provider: &'a str,
    address: String,
    fields: Vec<(&'static str, String)>,
}

/// Ends the login, or shows the page.
pub(crate) async fn receive(context: &Context<'_>) -> Result<Answer, Problem> {
    if !form::is_urlencoded(context.request.headers()) {
        let detail = "a provider answers with a form";
        return Err(Problem::unsupported_media_type(detail.to_owned(), "application/x-www-form-urlencoded"));
    }
    let body = context.body.read().await?;
    let answer = answer(&body, ResponseMode::FormPost)?;
    let is_continued = form::field(&body, CONTINUED).is_some();
    match (is_continued, is_from_own_page(context)) {
        (true, true) => complete(context, answer).await,
        (true, false) => Err(Problem::cross_site("only the page of this service goes on with a login")),
        (false, _) => page(context, answer),
    }
}

fn page(context: &Context<'_>, answer: ProviderAnswer) -> Result<Answer, Problem> {
    let login = logins(context)?;
    let name = context.path.get("provider").unwrap_or_default();
    let title = login.provider(name).map_or(name, |provider| &*provider.config().title);
    let frame = Frame::of_error(context.app, context.request, context.headers).titled("Nearly there");
    let values = [
        ("state", Some(answer.state)),
        ("code", answer.code),
        ("iss", answer.issuer),
        ("error", answer.error),
        ("user", answer.user),
        (CONTINUED, Some("1".to_owned())),
    ];
    let page = ContinuePage {
        address: frame.to.at(context.request.uri().path()).to_string(),
        provider: title,
        fields: values.into_iter().filter_map(|(field, value)| Some((field, value?))).collect(),
        frame,
    };
    Ok(super::answer_for_one(page.frame.language, &page, login.config())?)
}
