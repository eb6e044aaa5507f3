//! The cookies of logins: those that a request has, and those that an answer sets.

use cookie::{Cookie, SameSite};
use http::HeaderMap;
use http::header::{COOKIE, HeaderValue};
use time::Duration;

use super::Base;
use crate::login::{Attempt, Login};
use crate::session::SessionId;

/// The cookie of a session.
const SESSION: &str = "whc_session";
/// What the cookie of a login in flight begins with; its state follows.
const ATTEMPT: &str = "whc_login_";
/// What browsers take only over TLS, from this host, for all of its paths: no neighbour can set it.
const HOST_ONLY: &str = "__Host-";
/// As many logins may be in flight in one browser. Each takes half a kilobyte of every request.
const MAX_ATTEMPTS: usize = 8;

/// The cookies of one request, and how those of its answer are named.
pub(crate) struct Cookies<'a> {
    login: &'a Login,
    headers: &'a HeaderMap,
    /// Without TLS, as on a developer's machine, browsers take no cookie that is for TLS only.
    is_secure: bool,
}

impl<'a> Cookies<'a> {
    pub(crate) fn new(login: &'a Login, headers: &'a HeaderMap, base: Base<'_>) -> Self {
        Self { login, headers, is_secure: login.is_production() || !base.is_without_tls() }
    }

    /// The session that the browser has. Of two with the same name nobody knows which is ours.
    pub(crate) fn session(&self) -> Option<SessionId> {
        let name = self.name(SESSION);
        let mut values = self.all().filter(|cookie| cookie.name() == name);
        let value = values.next()?;
        if values.next().is_some() { None } else { SessionId::from_cookie(value.value()) }
    }

    /// The login in flight with this state.
    pub(crate) fn attempt(&self, state: &str) -> Option<Attempt> {
        let name = self.attempt_name(state);
        let mut sealed = self.all().filter(|cookie| cookie.name() == name);
        sealed.find_map(|cookie| self.login.opened(cookie.value()))
    }

    /// Sets the cookie of a session. It ends with the browser; the session itself ends here.
    pub(crate) fn set_session(&self, id: &SessionId) -> Option<HeaderValue> {
        self.set(self.name(SESSION), id.reveal().to_owned(), None)
    }

    /// Takes the cookie of a session away.
    pub(crate) fn remove_session(&self) -> Option<HeaderValue> {
        self.remove(self.name(SESSION))
    }

    /// Sets the cookie of a login in flight, and takes away those for which there is no room.
    pub(crate) fn set_attempt(&self, attempt: &Attempt, sealed: String) -> Vec<HeaderValue> {
        let lifetime = Duration::try_from(Attempt::LIFETIME).unwrap_or_default();
        let set = self.set(self.attempt_name(&attempt.state), sealed, Some(lifetime));
        let others = self.superfluous_attempts().into_iter().filter_map(|name| self.remove(name));
        set.into_iter().chain(others).collect()
    }

    /// Takes the cookie of a login in flight away.
    pub(crate) fn remove_attempt(&self, state: &str) -> Option<HeaderValue> {
        self.remove(self.attempt_name(state))
    }

    /// The names of the logins in flight for which there is no room beside one more: the oldest, and what is none.
    fn superfluous_attempts(&self) -> Vec<String> {
        let prefix = self.name(ATTEMPT);
        let mut attempts: Vec<_> = self
            .all()
            .filter(|cookie| cookie.name().starts_with(&prefix))
            .map(|cookie| (self.login.opened(cookie.value()).map_or(0, |attempt| attempt.began), cookie))
            .collect();
        attempts.sort_by_key(|(began, _)| *began);
        let superfluous = (attempts.len() + 1).saturating_sub(MAX_ATTEMPTS);
        let oldest = attempts.into_iter().enumerate();
        let oldest = oldest.filter(|(position, (began, _))| *position < superfluous || *began == 0);
        oldest.map(|(_, (_, cookie))| cookie.name().to_owned()).collect()
    }

    fn all(&self) -> impl Iterator<Item = Cookie<'a>> {
        let lines = self.headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(Cookie::split_parse).filter_map(Result::ok)
    }

    fn name(&self, name: &str) -> String {
        if self.is_secure { [HOST_ONLY, name].concat() } else { name.to_owned() }
    }

    /// A part of the state is enough to tell logins apart; the rest is compared with what was sealed.
    fn attempt_name(&self, state: &str) -> String {
        let part: String = state.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
        [self.name(ATTEMPT), part].concat()
    }

    fn set(&self, name: String, value: String, lifetime: Option<Duration>) -> Option<HeaderValue> {
        let mut cookie = self.cookie(name, value);
        cookie.set_max_age(lifetime);
        HeaderValue::try_from(cookie.to_string()).ok()
    }

    fn remove(&self, name: String) -> Option<HeaderValue> {
        self.set(name, String::new(), Some(Duration::ZERO))
    }

    fn cookie(&self, name: String, value: String) -> Cookie<'static> {
        let mut cookie = Cookie::new(name, value);
        cookie.set_path("/");
        cookie.set_http_only(true);
        cookie.set_same_site(SameSite::Lax);
        cookie.set_secure(self.is_secure);
        cookie
    }
}
