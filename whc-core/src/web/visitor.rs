//! Who asks: a program with a token, or a browser with a session.

use bytes::Bytes;

use super::context::Context;
use super::problem::Problem;
use super::request::{host, secrets};
use crate::auth::{Caller, Credentials, Unauthenticated};
#[cfg(feature = "oidc")]
use {
    super::request::{Cookies, Form, form},
    crate::auth::Actor,
    crate::login::ActiveSession,
    http::header::{AUTHORIZATION, HeaderName},
};

/// How scripts of our own pages show that they are.
#[cfg(feature = "oidc")]
const FORM_TOKEN: HeaderName = HeaderName::from_static("x-csrf-token");
/// How forms do.
#[cfg(feature = "oidc")]
const FORM_TOKEN_FIELD: &str = "_csrf";

/// Who asks.
pub(crate) struct Visitor {
    caller: Caller,
    #[cfg(feature = "oidc")]
    session: Option<ActiveSession>,
}

impl Visitor {
    /// Who asks; `None` where nothing says so. A token wins over a session.
    ///
    /// # Errors
    /// Something says so, but does not count.
    pub(crate) async fn of(context: &Context<'_>) -> Result<Option<Self>, Problem> {
        let Context { app, request, headers, .. } = context;
        if app.auth_is_disabled() && !host::named(request, headers).is_some_and(host::is_loopback) {
            return Err(not_here());
        }
        if secrets::has_token(request.uri().query().unwrap_or_default()) {
            let detail =
                "a token belongs into the header Authorization; in a URL it stays in histories and logs";
            return Err(Unauthenticated::invalid_request(detail).into());
        }
        #[cfg(feature = "oidc")]
        if let Some(session) = session(context).await? {
            return Ok(Some(Self::with_session(session)));
        }
        let credentials = Credentials::from_headers(request.headers());
        let caller = app.authenticator().authenticate(&credentials).await?;
        Ok(caller.map(|caller| Self {
            caller,
            #[cfg(feature = "oidc")]
            session: None,
        }))
    }

    #[cfg(feature = "oidc")]
    fn with_session(session: ActiveSession) -> Self {
        let account = &session.session.account;
        let actor = Actor { issuer: Some(account.issuer.clone()), subject: account.subject.clone() };
        Self { caller: Caller::new(actor, session.session.scopes), session: Some(session) }
    }

    /// What they may do.
    pub(crate) fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The session they have, if it is one that says who they are.
    #[cfg(feature = "oidc")]
    pub(crate) fn session(&self) -> Option<&ActiveSession> {
        self.session.as_ref()
    }

    /// Checks that a page of ours sent what would change something: browsers add a session to whatever any page sends. The body,
    /// where it had to be read for that.
    ///
    /// # Errors
    /// Nothing of ours is in it.
    #[cfg(feature = "oidc")]
    pub(crate) async fn expect_own_page(&self, context: &Context<'_>) -> Result<Option<Bytes>, Problem> {
        let (Some(session), Some(login)) = (&self.session, context.app.login()) else { return Ok(None) };
        if context.request.method().is_safe() {
            return Ok(None);
        }
        let headers = context.request.headers();
        if let Some(token) = headers.get(&FORM_TOKEN) {
            let is_ours = token.to_str().is_ok_and(|token| login.accepts(session, token));
            return if is_ours { Ok(None) } else { Err(Problem::form_token()) };
        }
        if !form::is_one(headers) {
            return Err(Problem::form_token());
        }
        let body = context.body.read().await?;
        let form = Form::read(headers, &body).await?;
        let is_ours = form.value(FORM_TOKEN_FIELD).is_some_and(|token| login.accepts(session, token));
        if is_ours { Ok(Some(body)) } else { Err(Problem::form_token()) }
    }

    /// Only browsers with sessions add something to whatever any page sends.
    #[cfg(not(feature = "oidc"))]
    #[expect(clippy::unused_async, reason = "with sessions it reads the body")]
    pub(crate) async fn expect_own_page(&self, _: &Context<'_>) -> Result<Option<Bytes>, Problem> {
        Ok(None)
    }
}

/// The session of a request without a token. Where the store of sessions does not answer, nobody is logged in as far as they only
/// look; what they wanted to change they can send again.
#[cfg(feature = "oidc")]
async fn session(context: &Context<'_>) -> Result<Option<ActiveSession>, Problem> {
    let Some(login) = context.app.login() else { return Ok(None) };
    if context.request.headers().contains_key(AUTHORIZATION) {
        return Ok(None);
    }
    let Some(id) = Cookies::new(login, context.request.headers(), context.base).session() else {
        return Ok(None);
    };
    match login.session(&id).await {
        Ok(session) => Ok(session),
        Err(error) => {
            tracing::warn!(error = error.report(), "the store of sessions fails: nobody is logged in");
            if context.request.method().is_safe() { Ok(None) } else { Err(Problem::sessions_unavailable()) }
        }
    }
}

/// A name that resolves to this machine may be one of a page that the browser on it shows (DNS rebinding).
fn not_here() -> Problem {
    let detail = "authentication is disabled, so the Host must be localhost, 127.0.0.1 or [::1]";
    Problem::new(http::StatusCode::FORBIDDEN, detail)
}
