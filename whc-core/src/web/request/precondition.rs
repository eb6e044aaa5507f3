//! Preconditions of changes (RFC 9110, 13.1): which state a client thinks it changes.

use http::header::{IF_MATCH, IF_NONE_MATCH};
use http::{HeaderMap, HeaderName, StatusCode};

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
    let none_match = list(headers, &IF_NONE_MATCH)?;
    match (if_match(headers)?, none_match.as_deref()) {
        (None, None) => Ok(Placing::Anything),
        (None, Some("*")) => Ok(Placing::Nothing),
        (Some(tags), None) => Ok(Placing::Match(tags)),
        (None, Some(_)) => Err(unreadable("If-None-Match of a PUT can only be *, for what is not there yet")),
        (Some(_), Some(_)) => {
            Err(unreadable("send If-Match to replace or If-None-Match to create, not both"))
        }
    }
}

/// The precondition of a request that changes what is there.
///
/// # Errors
/// There is none, or it cannot be read.
pub(crate) fn changing(headers: &HeaderMap) -> Result<IfMatch<ContactVersion>, Problem> {
    if_match(headers)?.ok_or_else(required)
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
/// There is none, or it cannot be read.
pub(crate) fn curating(headers: &HeaderMap) -> Result<IfMatch<SiteRevision>, Problem> {
    let revision = |tag: &str| tag.split('.').next().and_then(|revision| revision.parse().ok());
    tags(headers, revision)?.ok_or_else(|| {
        Problem::precondition_required(
            "send If-Match with the ETag of the site, which GET answers, so that nobody's change is lost",
        )
    })
}

/// Whether a tag is one that never matches, since something on the way has changed it.
pub(crate) fn is_weak(headers: &HeaderMap) -> bool {
    headers.get_all(IF_MATCH).iter().any(|line| line.as_bytes().windows(3).any(|part| part == b"W/\""))
}

fn if_match(headers: &HeaderMap) -> Result<Option<IfMatch<ContactVersion>>, Problem> {
    tags(headers, |tag| Some(ContactVersion::new(tag)))
}

/// The states that the tags of `If-Match` name; `state` reads one, `None` for a text that names none.
fn tags<V>(headers: &HeaderMap, state: impl Fn(&str) -> Option<V>) -> Result<Option<IfMatch<V>>, Problem> {
    let Some(text) = list(headers, &IF_MATCH)? else { return Ok(None) };
    if text == "*" {
        return Ok(Some(IfMatch::Any));
    }
    // A weak tag is none that could be matched strongly (RFC 9110, 13.1.1). Our tags have no comma.
    let strong = |tag: &str| {
        let weak = tag.starts_with("W/");
        let name = tag.trim_start_matches("W/").strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
        name.map(|name| state(name).filter(|_| !weak))
    };
    let tags: Option<Vec<_>> =
        text.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(strong).collect();
    match tags.filter(|tags| !tags.is_empty()) {
        Some(tags) => Ok(Some(IfMatch::OneOf(tags.into_iter().flatten().collect()))),
        None => Err(unreadable("If-Match is * or the ETag that GET answers, with its quotes")),
    }
}

/// The lines of a header as one.
fn list(headers: &HeaderMap, name: &HeaderName) -> Result<Option<String>, Problem> {
    let lines: Result<Vec<_>, _> = headers.get_all(name).iter().map(|line| line.to_str()).collect();
    let lines = lines.map_err(|_| unreadable(&format!("{name} cannot be read")))?;
    Ok((!lines.is_empty()).then(|| lines.join(",").trim().to_owned()))
}

fn unreadable(detail: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, detail)
}
