//! Preconditions of changes (RFC 9110, 13.1): which state a client thinks it changes.

use http::header::{IF_MATCH, IF_NONE_MATCH};
use http::{HeaderMap, StatusCode};

use super::entity_tags::{self, EntityTags};
use crate::contact::ContactVersion;
use crate::if_match::IfMatch;
use crate::site::SiteRevision;
use crate::web::problem::Problem;

/// What a client demands of what it writes as a whole.
pub(crate) enum Placing {
    /// Nothing.
    Anything,
    /// That there is none yet (`If-None-Match: *`).
    Nothing,
    /// That there is one in such a state.
    Match(IfMatch<ContactVersion>),
}

/// The precondition of a request that writes the whole.
///
/// # Errors
/// The headers contradict each other or cannot be read.
pub(crate) fn placing(headers: &HeaderMap) -> Result<Placing, Problem> {
    match (if_match(headers)?, if_none_match(headers)?) {
        (None, None) => Ok(Placing::Anything),
        (None, Some(EntityTags::Any)) => Ok(Placing::Nothing),
        (Some(tags), None) => Ok(Placing::Match(tags)),
        (None, Some(EntityTags::List(_))) => {
            Err(unreadable("If-None-Match of a PUT can only be *, for what is not there yet"))
        }
        (Some(_), Some(_)) => {
            Err(unreadable("send If-Match to replace or If-None-Match to create, not both"))
        }
    }
}

/// The precondition of a request that changes what is there.
///
/// # Errors
/// There is none, it cannot be read, or there is another.
pub(crate) fn changing(headers: &HeaderMap) -> Result<IfMatch<ContactVersion>, Problem> {
    expect_no_if_none_match(headers)?;
    if_match(headers)?.ok_or_else(required)
}

/// Checks that a request names no state, where none of what it is about could be told by one: to ignore what a client demands
/// would be to do what it does not want. That there is something (`If-Match: *`) is so.
///
/// # Errors
/// It names one, or a header cannot be read.
pub(crate) fn none(headers: &HeaderMap) -> Result<(), Problem> {
    match (if_match(headers)?, if_none_match(headers)?) {
        (None | Some(IfMatch::Any), None) => Ok(()),
        _ => {
            Err(unreadable("no ETag is of what this request is about: leave out If-Match and If-None-Match"))
        }
    }
}

/// A change could undo what another client has written since.
pub(crate) fn required() -> Problem {
    Problem::precondition_required(
        "send If-Match with the ETag of the contact, which GET answers, so that nobody's change is lost",
    )
}

/// The precondition of a request that changes a site: of its tags the part that names the state of the site counts, so that
/// those of every language, format and encoding serve.
///
/// # Errors
/// There is none, it cannot be read, or there is another.
pub(crate) fn curating(headers: &HeaderMap) -> Result<IfMatch<SiteRevision>, Problem> {
    expect_no_if_none_match(headers)?;
    let revision = |tag: &str| tag.split('.').next().and_then(|revision| revision.parse().ok());
    states(headers, revision)?.ok_or_else(|| {
        Problem::precondition_required(
            "send If-Match with the ETag of the site, which GET answers, so that nobody's change is lost",
        )
    })
}

/// Whether a tag is one that never matches, since something on the way has changed it.
pub(crate) fn is_weak(headers: &HeaderMap) -> bool {
    let tags = entity_tags::read(headers, &IF_MATCH);
    matches!(tags, Ok(Some(EntityTags::List(tags))) if tags.iter().any(|tag| tag.is_weak))
}

fn if_match(headers: &HeaderMap) -> Result<Option<IfMatch<ContactVersion>>, Problem> {
    states(headers, |tag| Some(ContactVersion::new(tag)))
}

/// The states that the tags of `If-Match` name; `state` reads one, `None` for a text that names none. Weak tags match nothing,
/// for they name no bytes (RFC 9110, 13.1.1).
fn states<V>(headers: &HeaderMap, state: impl Fn(&str) -> Option<V>) -> Result<Option<IfMatch<V>>, Problem> {
    let tags = entity_tags::read(headers, &IF_MATCH);
    let tags = tags.map_err(|_| unreadable("If-Match is * or the ETag that GET answers, with its quotes"))?;
    Ok(tags.map(|tags| match tags {
        EntityTags::Any => IfMatch::Any,
        EntityTags::List(tags) => {
            let strong = tags.iter().filter(|tag| !tag.is_weak);
            // What is no text is none of ours.
            let texts = strong.filter_map(|tag| str::from_utf8(tag.opaque).ok());
            IfMatch::OneOf(texts.filter_map(state).collect())
        }
    }))
}

fn expect_no_if_none_match(headers: &HeaderMap) -> Result<(), Problem> {
    if if_none_match(headers)?.is_some() {
        return Err(unreadable("what is changed or deleted is there: send If-Match, without If-None-Match"));
    }
    Ok(())
}

fn if_none_match(headers: &HeaderMap) -> Result<Option<EntityTags<'_>>, Problem> {
    let wrong = |_| unreadable("If-None-Match is * or a list of ETags, with their quotes");
    entity_tags::read(headers, &IF_NONE_MATCH).map_err(wrong)
}

fn unreadable(detail: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, detail)
}
