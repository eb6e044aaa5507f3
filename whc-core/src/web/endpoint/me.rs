//! `/api/me` and `/api/profile`: who asks.

use std::borrow::Cow;

use http::StatusCode;
use serde::Serialize;

use super::openapi::operation::{Operation, answer, body};
use super::openapi::{headers, schemas};
use super::typed;
use crate::session::Account;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::json::to_vec;
use crate::web::format::timestamp;
use crate::web::problem::Problem;
use crate::web::visitor::Visitor;

#[derive(Serialize)]
struct Me<'a> {
    user: User<'a>,
    authenticated: bool,
    scopes: Vec<&'static str>,
    /// Absent with a token.
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<SessionRow>,
}

#[derive(Serialize)]
struct User<'a> {
    email: Option<&'a str>,
    name: Option<&'a str>,
    first_name: Option<&'a str>,
    last_name: Option<&'a str>,
    image: Option<&'a str>,
    provider: Option<&'a str>,
    provider_uid: &'a str,
}

/// What a script of our own pages has to know of the session it has.
#[derive(Serialize)]
struct SessionRow {
    expires: String,
    csrf_token: String,
}

#[derive(Serialize)]
struct Profile<'a> {
    data: ProfileData<'a>,
}

#[derive(Serialize)]
struct ProfileData<'a> {
    id: &'a str,
    email: Option<&'a str>,
    name: Option<&'a str>,
    first_name: Option<&'a str>,
    last_name: Option<&'a str>,
    avatar_url: Option<&'a str>,
    auth_provider: Option<&'a str>,
}

/// Who asks, with what they may do.
pub(crate) fn show(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    context.parameters(&[]).finish()?;
    let account = account(visitor);
    let session = visitor.session().zip(context.app.login()).map(|(own, login)| SessionRow {
        expires: timestamp::to_text(own.session.expires),
        csrf_token: login.form_token(own),
    });
    let me = Me {
        user: User {
            email: account.email.as_deref(),
            name: account.name.as_deref(),
            first_name: account.first_name.as_deref(),
            last_name: account.last_name.as_deref(),
            image: account.image.as_deref(),
            provider: provider(&account),
            provider_uid: &account.subject,
        },
        authenticated: true,
        scopes: visitor.caller().scopes().iter().map(crate::auth::Scope::as_str).collect(),
        session,
    };
    Ok(Answer::no_store(typed("application/json", to_vec(&me)?)))
}

/// The same as another form has it.
pub(crate) fn profile(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    context.parameters(&[]).finish()?;
    let account = account(visitor);
    let data = ProfileData {
        id: &account.subject,
        email: account.email.as_deref(),
        name: account.name.as_deref(),
        first_name: account.first_name.as_deref(),
        last_name: account.last_name.as_deref(),
        avatar_url: account.image.as_deref(),
        auth_provider: provider(&account),
    };
    Ok(Answer::no_store(typed("application/json", to_vec(&Profile { data })?)))
}

/// The account; of a token only who it is about is known.
fn account(visitor: &Visitor) -> Cow<'_, Account> {
    let actor = visitor.caller().actor();
    match visitor.session() {
        Some(own) => Cow::Borrowed(&own.session.account),
        None => Cow::Owned(Account { subject: actor.subject.clone(), ..Account::default() }),
    }
}

fn provider(account: &Account) -> Option<&str> {
    Some(&*account.provider).filter(|provider| !provider.is_empty())
}

/// Describes [`show`].
pub(crate) fn describe_show() -> Operation {
    let description = "Who asks, and what they may do. With a session, `session.csrf_token` is what scripts send in \
                       `X-CSRF-Token` with whatever changes something.";
    operation("getMe", "Who am I?", description).answering(
        StatusCode::OK,
        answer(
            "Who asks.",
            &headers::UNCACHED,
            &[("application/json", body("Me", &schemas::examples::me()))],
        ),
    )
}

/// Describes [`profile`].
pub(crate) fn describe_profile() -> Operation {
    let description = "Who asks, as clients of `/api/profile` know it.";
    operation("getProfile", "My profile", description).answering(
        StatusCode::OK,
        answer(
            "Who asks.",
            &headers::UNCACHED,
            &[("application/json", body("Profile", &schemas::examples::profile()))],
        ),
    )
}

fn operation(id: &str, summary: &str, description: &str) -> Operation {
    Operation::new(id, "account", summary, description)
}
