//! The cookies of logins: those that a request has, and those that an answer sets.

use http::HeaderMap;
use http::header::HeaderValue;
use time::Duration;

use super::Base;
use super::cookie_jar::CookieJar;
use crate::login::{Attempt, Login};
use crate::session::SessionId;

/// The cookie of a session.
const SESSION: &str = "whc_session";
/// What the cookie of a login in flight begins with; its state follows.
const ATTEMPT: &str = "whc_login_";
/// As many logins may be in flight in one browser. Each takes half a kilobyte of every request.
const MAX_ATTEMPTS: usize = 8;

/// The cookies of one request, and how those of its answer are named.
pub(crate) struct Cookies<'a> {
    login: &'a Login,
    jar: CookieJar<'a>,
}

impl<'a> Cookies<'a> {
    pub(crate) fn new(login: &'a Login, headers: &'a HeaderMap, base: Base<'_>) -> Self {
        let is_secure = login.is_production() || !base.is_without_tls();
        Self { login, jar: CookieJar::new(headers, is_secure) }
    }

    /// The session that the browser has. Of two with the same name nobody knows which is ours.
    pub(crate) fn session(&self) -> Option<SessionId> {
        SessionId::from_cookie(&self.jar.only(&self.jar.name(SESSION))?)
    }

    /// The login in flight with this state.
    pub(crate) fn attempt(&self, state: &str) -> Option<Attempt> {
        let name = self.attempt_name(state);
        let mut sealed = self.jar.all().filter(|cookie| cookie.name() == name);
        sealed.find_map(|cookie| self.login.opened(cookie.value()))
    }

    /// Sets the cookie of a session. It ends with the browser; the session itself ends here.
    pub(crate) fn set_session(&self, id: &SessionId) -> Option<HeaderValue> {
        self.jar.set(self.jar.name(SESSION), id.reveal().to_owned(), None)
    }

    /// Takes the cookie of a session away.
    pub(crate) fn remove_session(&self) -> Option<HeaderValue> {
        self.jar.remove(self.jar.name(SESSION))
    }

    /// Sets the cookie of a login in flight, and takes away those for which there is no room.
    pub(crate) fn set_attempt(&self, attempt: &Attempt, sealed: String) -> Vec<HeaderValue> {
        let lifetime = Duration::try_from(Attempt::LIFETIME).unwrap_or_default();
        let set = self.jar.set(self.attempt_name(&attempt.state), sealed, Some(lifetime));
        let others = self.superfluous_attempts().into_iter().filter_map(|name| self.jar.remove(name));
        set.into_iter().chain(others).collect()
    }

    /// Takes the cookie of a login in flight away.
    pub(crate) fn remove_attempt(&self, state: &str) -> Option<HeaderValue> {
        self.jar.remove(self.attempt_name(state))
    }

    /// The names of the logins in flight for which there is no room beside one more: the oldest, and what is none.
    fn superfluous_attempts(&self) -> Vec<String> {
        let prefix = self.jar.name(ATTEMPT);
        let mut attempts: Vec<_> = self
            .jar
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

    /// A part of the state is enough to tell logins apart; the rest is compared with what was sealed.
    fn attempt_name(&self, state: &str) -> String {
        let part: String = state.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
        [self.jar.name(ATTEMPT), part].concat()
    }
}
