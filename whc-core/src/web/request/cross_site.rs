//! Requests that pages of other sites make a browser send, and why those that change something are refused.

use http::header::{AUTHORIZATION, HeaderName, ORIGIN};
use http::{HeaderMap, Request};

use super::{RequestHeaders, host};
use crate::config::{Origin, WebConfig};
use crate::web::problem::Problem;

/// What a browser says of the page that sends a request (W3C Fetch Metadata). No script can set it.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses a request with an unsafe method that a page of another site may have sent. `Authorization` exempts nobody: proxies
/// add it to whatever a browser sends.
///
/// `trusting` is for services that want no credentials: programs that send none, and say nothing of a page, pass too.
///
/// # Errors
/// The page is of another site, or nothing says that there is none.
pub(crate) fn check(
    web: &WebConfig,
    request: &Request<()>,
    headers: &RequestHeaders<'_>,
    trusting: bool,
) -> Result<(), Problem> {
    let (site, page) = (only(request.headers(), &SEC_FETCH_SITE), Page::read(request.headers()));
    // Before what the browser says of it: a page that is configured is of another site.
    if page.is_one_of(&web.cors_origins) {
        return Ok(());
    }
    let passes = match (site, &page) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Page::None) => {
            return if trusting || request.headers().contains_key(AUTHORIZATION) {
                Ok(())
            } else {
                Err(unsaid())
            };
        }
        (None, page) => page.is_own(web, host::named(request, headers)),
    };
    if passes { Ok(()) } else { Err(foreign()) }
}

/// Whether a page of this service sent a request, or a program that says so.
pub(crate) fn is_from_own_page(web: &WebConfig, request: &Request<()>, headers: &RequestHeaders<'_>) -> bool {
    check(web, request, headers, false).is_ok()
}

/// The origin that a request is from, if one of these pages sent it.
pub(crate) fn origin_among<'a>(headers: &HeaderMap, origins: &'a [Origin]) -> Option<&'a Origin> {
    let Page::At(origin) = Page::read(headers) else { return None };
    origins.iter().find(|known| **known == origin)
}

/// The page that sent a request, by `Origin`.
enum Page {
    /// Nothing says that a page did.
    None,
    At(Origin),
    /// One without an origin that could be known: `null`, several, or nothing that can be read.
    Foreign,
}

impl Page {
    fn read(headers: &HeaderMap) -> Self {
        if !headers.contains_key(ORIGIN) {
            return Self::None;
        }
        only(headers, &ORIGIN).and_then(|origin| origin.parse().ok()).map_or(Self::Foreign, Self::At)
    }

    fn is_one_of(&self, origins: &[Origin]) -> bool {
        matches!(self, Self::At(origin) if origins.contains(origin))
    }

    /// Whether the page is of this service: at `PUBLIC_URL`, else at the host that the request names.
    fn is_own(&self, web: &WebConfig, host: Option<&str>) -> bool {
        let Self::At(origin) = self else { return false };
        let own = Origin::of(&web.public_url).or_else(|| origin.at(host?));
        own.as_ref() == Some(origin)
    }
}

/// The value of a header; empty, which is none of those that count, where there are several or it is no text.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    Some(if values.next().is_some() { "" } else { value.to_str().unwrap_or_default() })
}

fn foreign() -> Problem {
    Problem::cross_site(
        "a page of another site sent this; only pages of this service may, and those of CORS_ORIGINS",
    )
}

fn unsaid() -> Problem {
    Problem::cross_site(
        "nothing says that no page of another site sent this: programs send a token, in the header Authorization after \
         Bearer and a space",
    )
}
