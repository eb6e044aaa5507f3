//! The pages for people: HTML without scripts. Each is a struct, a template and a row of the table of routes.

pub(crate) mod about;
#[cfg(feature = "oidc")]
pub(crate) mod account;
mod address;
pub(crate) mod api;
pub(crate) mod asset;
pub(crate) mod audit;
pub(crate) mod browser;
#[cfg(feature = "oidc")]
pub(crate) mod callback;
pub(crate) mod changes;
pub(crate) mod contact;
pub(crate) mod countries;
pub(crate) mod country;
pub(crate) mod crawler;
pub(crate) mod criteria;
pub(crate) mod criterion;
pub(crate) mod curation;
pub(crate) mod danger;
mod desk;
mod error;
mod event;
pub(crate) mod feed;
mod form;
mod frame;
pub(crate) mod home;
mod index;
mod language;
#[cfg(feature = "oidc")]
pub(crate) mod login;
#[cfg(feature = "oidc")]
pub(crate) mod logout;
mod map;
mod moment;
mod number;
mod over_time;
mod pages;
pub(crate) mod problem;
mod row;
pub(crate) mod security;
pub(crate) mod site;
pub(crate) mod sites;
pub(crate) mod statistics;
mod text;
mod years;

#[cfg(feature = "oidc")]
use std::collections::BTreeSet;
use std::future::Future;
use std::hash::BuildHasher;
use std::time::SystemTime;

use askama::Template;
use bytes::Bytes;
use foldhash::fast::FixedState;
use http::Response;
use http::header::{CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY};

pub(crate) use self::error::refusal;
use super::answer::Answer;
use super::context::Context;
use super::endpoint::typed;
use super::format::{Encoding, Format};
use super::problem::Problem;
use super::request::{Representation, negotiation};
use crate::body::Body;
use crate::cache::Validator;
use crate::error::{Error, Result};
use crate::repository::ReadView;
use crate::site::Language;

/// What a page may do: show its own style, its own images and its manifest, and send its forms home. There is nothing that
/// runs, so a text that got past the escaping would do nothing either.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; manifest-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The headers of every page.
const HEADERS: [(HeaderName, &str); 2] =
    [(CONTENT_SECURITY_POLICY, POLICY), (REFERRER_POLICY, "same-origin")];

/// The page where a client prefers one, else the data that programs get at the same path.
pub(crate) async fn or_data(
    context: &Context<'_>,
    page: impl Future<Output = Result<Answer, Problem>>,
    data: impl Future<Output = Result<Answer, Problem>>,
) -> Result<Answer, Problem> {
    if negotiation::prefers_page(context.headers, context.request.uri().query()) {
        page.await
    } else {
        data.await
    }
}

/// The answer with a page made of the data of `view`.
fn answer(view: &ReadView<'_>, representation: &Representation, page: &impl Template) -> Result<Answer> {
    written(representation, page, view.version().modified())
}

/// The answer with a page that does not depend on the data.
fn answer_without_data(representation: &Representation, page: &impl Template) -> Result<Answer> {
    written(representation, page, None)
}

/// The answer with a page for whoever asks, and nobody else. Browsers hold what a form leads to against its policy too, so the
/// places that logins and logouts end at are named there.
#[cfg(feature = "oidc")]
fn answer_for_one(
    language: Language,
    page: &impl Template,
    logins: &crate::config::LoginConfig,
) -> Result<Answer> {
    let mut response = response(language, rendered(page)?);
    let ends = [Some(&logins.success), logins.failure.as_ref(), Some(&logins.logout)];
    let origins = ends.into_iter().flatten().filter_map(crate::config::Destination::origin);
    let origins: BTreeSet<_> = origins.map(ToString::to_string).collect();
    let targets =
        origins.iter().fold("form-action 'self'".to_owned(), |all, origin| format!("{all} {origin}"));
    if let Ok(policy) = HeaderValue::try_from(POLICY.replace("form-action 'self'", &targets)) {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    Ok(Answer::no_store(response))
}

/// The answer with a page. Its validator is made of its bytes: a page stays the same through changes of the data that it does not
/// show, and is another with another style sheet.
fn written(
    representation: &Representation,
    page: &impl Template,
    modified: Option<SystemTime>,
) -> Result<Answer> {
    let html = rendered(page)?;
    let hash = FixedState::default().hash_one(html.as_bytes());
    let validator = Validator::new(&format!("{hash:016x}-html-{}", representation.language), modified);
    Ok(Answer::public(response(representation.language, html), validator, &representation.vary))
}

/// The answer with a file that is no page, for any client.
fn file(media_type: &'static str, body: impl Into<Bytes>, modified: Option<SystemTime>) -> Answer {
    let body = body.into();
    let validator = Validator::new(&format!("{:016x}", FixedState::default().hash_one(&body)), modified);
    let vary: &[_] = if Encoding::is_possible() { &["accept-encoding"] } else { &[] };
    Answer::public(typed(media_type, body), validator, vary)
}

fn rendered(page: &impl Template) -> Result<String> {
    page.render().map_err(|error| Error::internal("a page cannot be written").with_source(error))
}

/// The response with a page.
fn response(language: Language, html: String) -> Response<Body> {
    let mut response: Response<Body> = Format::Html.response(language, html);
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
