//! The cookies of one request, and how those of its answer are set.

use cookie::{Cookie, SameSite};
use http::HeaderMap;
use http::header::{COOKIE, HeaderValue};
use time::Duration;

/// What browsers take only over TLS, from this host, for all of its paths: no neighbour can set it.
const HOST_ONLY: &str = "__Host-";

/// The cookies of one request, and how those of its answer are set.
#[derive(Clone, Copy)]
pub(crate) struct CookieJar<'a> {
    headers: &'a HeaderMap,
    /// Without TLS, as on a developer's machine, browsers take no cookie that is for TLS only.
    is_secure: bool,
}

impl<'a> CookieJar<'a> {
    pub(crate) fn new(headers: &'a HeaderMap, is_secure: bool) -> Self {
        Self { headers, is_secure }
    }

    /// The cookies that are there.
    pub(super) fn all(self) -> impl Iterator<Item = Cookie<'a>> {
        let lines = self.headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(Cookie::split_parse).filter_map(Result::ok)
    }

    /// The value of the one cookie with this name. Of two nobody knows which is ours.
    pub(super) fn only(self, name: &str) -> Option<String> {
        let mut values = self.all().filter(|cookie| cookie.name() == name);
        let value = values.next()?;
        if values.next().is_some() { None } else { Some(value.value().to_owned()) }
    }

    /// The name as browsers have it here.
    pub(super) fn name(self, name: &str) -> String {
        if self.is_secure { [HOST_ONLY, name].concat() } else { name.to_owned() }
    }

    /// Sets a cookie, which without a lifetime ends with the browser.
    pub(super) fn set(self, name: String, value: String, lifetime: Option<Duration>) -> Option<HeaderValue> {
        let mut cookie = Cookie::new(name, value);
        cookie.set_path("/");
        cookie.set_http_only(true);
        cookie.set_same_site(SameSite::Lax);
        cookie.set_secure(self.is_secure);
        cookie.set_max_age(lifetime);
        HeaderValue::try_from(cookie.to_string()).ok()
    }

    /// Takes a cookie away.
    pub(super) fn remove(self, name: String) -> Option<HeaderValue> {
        self.set(name, String::new(), Some(Duration::ZERO))
    }
}
