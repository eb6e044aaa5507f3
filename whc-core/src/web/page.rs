//! The pages for people: HTML without scripts. Each is a struct, a template and a row of the table of routes.

mod address;
pub(crate) mod asset;
pub(crate) mod changes;
pub(crate) mod countries;
pub(crate) mod country;
pub(crate) mod criteria;
pub(crate) mod criterion;
pub(crate) mod danger;
mod error;
mod frame;
pub(crate) mod home;
mod index;
mod language;
mod number;
mod row;
pub(crate) mod site;
pub(crate) mod sites;
mod text;

use std::future::Future;

use askama::Template;
use http::Response;
use http::header::{CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY};

pub(crate) use self::error::refusal;
use super::answer::Answer;
use super::context::Context;
use super::format::Format;
use super::problem::Problem;
use super::request::{Representation, negotiation};
use crate::body::Body;
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
fn answer(
    context: &Context<'_>,
    view: &ReadView<'_>,
    representation: &Representation,
    page: &impl Template,
) -> Result<Answer> {
    let response = response(representation.language, page)?;
    Ok(representation.answer(context.app, view.version(), response))
}

/// The response with a page.
fn response(language: Language, page: &impl Template) -> Result<Response<Body>> {
    let html =
        page.render().map_err(|error| Error::internal("a page cannot be written").with_source(error))?;
    let mut response: Response<Body> = Format::Html.response(language, html);
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}
