//! `POST /auth/logout` and `POST /account/sessions`: sessions that end.

use crate::login::Login;
use crate::session::Fingerprint;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::Problem;
use crate::web::request::form;
use crate::web::visitor::Visitor;

use super::login::{cookies, logins};

/// The field that names the session to end, or all.
const END: &str = "end";
const ALL: &str = "all";

/// Ends the session of whoever asks, everywhere.
pub(crate) async fn logout(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let login = logins(context)?;
    if let Some(own) = visitor.session() {
        login.end(own.id).await.map_err(Problem::from_sessions)?;
    }
    Ok(gone(context, login))
}

/// Ends one of their sessions, or all of them.
pub(crate) async fn end(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let login = logins(context)?;
    let own =
        visitor.session().ok_or_else(|| Problem::invalid_form("only somebody with a session has others"))?;
    let body = context.body.read().await?;
    let which = form::field(&body, END).unwrap_or_default();
    if which == ALL {
        login.end_all(own).await.map_err(Problem::from_sessions)?;
        return Ok(gone(context, login));
    }
    let which: Fingerprint = which.parse().map_err(|_| {
        Problem::invalid_form("end is the id of a session on the page of the account, or all")
    })?;
    // What is not theirs is not theirs to end; what is over already is over.
    let theirs = login.sessions_of(own).await.map_err(Problem::from_sessions)?;
    if theirs.iter().any(|(id, _)| *id == which) {
        login.end(which).await.map_err(Problem::from_sessions)?;
    }
    if which == own.id {
        return Ok(gone(context, login));
    }
    Ok(Answer::see_other(&format!("{}/account", context.base)))
}

fn gone(context: &Context<'_>, login: &Login) -> Answer {
    let address = login.config().logout.address(context.base);
    Answer::see_other(&address).with_cookie(cookies(context, login).remove_session())
}
