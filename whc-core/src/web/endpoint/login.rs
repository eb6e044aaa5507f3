//! `/auth/{provider}`: a login, from its beginning to its end.

use http::{Method, StatusCode};

use crate::config::{OwnPath, ResponseMode};
use crate::error::Error;
use crate::login::{Failure, Login, Provider, ProviderAnswer};
use crate::violation::nearest;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::Problem;
use crate::web::quota::{self, Class};
use crate::web::request::{Cookies, Parameters, cross_site, form, negotiation};

/// Where somebody wants to go after a login.
pub(crate) const RETURN_TO: &str = "return_to";
/// The greatest value of a field that a provider answers with.
const MAX_FIELD: usize = 4096;

/// Sends somebody to a provider.
pub(crate) async fn begin(context: &Context<'_>) -> Result<Answer, Problem> {
    let (login, provider) = provider(context)?;
    let mut parameters = context.parameters(&[RETURN_TO, "lang"]);
    let return_to = return_to(&mut parameters);
    parameters.finish()?;
    let redirect_uri = redirect_uri(context, provider)?;
    let (address, attempt) = login.begin(provider, redirect_uri, return_to).await?;
    let mut answer = Answer::see_other(&address);
    for cookie in cookies(context, login).set_attempt(&attempt, login.sealed(&attempt)?) {
        answer = answer.with_cookie(Some(cookie));
    }
    Ok(answer)
}

/// Where somebody wants to go: the whole of it, or nowhere.
pub(crate) fn return_to(parameters: &mut Parameters<'_>) -> Option<OwnPath> {
    match parameters.text(RETURN_TO)?.parse() {
        Ok(path) => Some(path),
        Err(error) => {
            parameters.violation(RETURN_TO, Error::within(error, RETURN_TO).to_string());
            None
        }
    }
}

/// Ends a login whose answer is in the query.
pub(crate) async fn callback(context: &Context<'_>) -> Result<Answer, Problem> {
    // Programs that look at an address before somebody follows it would use it up.
    if context.request.method() != Method::GET {
        return Err(Problem::method_not_allowed(context.request.method(), "GET, POST, OPTIONS"));
    }
    let query = context.request.uri().query().unwrap_or_default();
    complete(context, answer(query.as_bytes(), ResponseMode::Query)?).await
}

/// Ends sessions that a provider says have ended.
pub(crate) async fn back_channel(context: &Context<'_>) -> Result<Answer, Problem> {
    let (login, provider) = provider(context)?;
    if !form::is_urlencoded(context.request.headers()) {
        let detail = "a provider sends logout_token in a form";
        return Err(Problem::unsupported_media_type(detail.to_owned(), "application/x-www-form-urlencoded"));
    }
    let body = context.body.read().await?;
    let token = form::field(&body, "logout_token");
    let token = token.ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "logout_token is missing"))?;
    let ended = login.end_by_provider(provider, &token).await.map_err(|failure| match failure {
        // What a provider is told (Back-Channel Logout 1.0, 2.8).
        Failure::Refused(detail) => Problem::new(StatusCode::BAD_REQUEST, detail),
        failure @ Failure::Unavailable(_) => failure.into(),
    })?;
    tracing::info!(provider = provider.config().name, ended, "a provider ended sessions");
    Ok(Answer::empty())
}

/// What a provider answered, in a query or a form.
///
/// # Errors
/// A field is there twice, or endless.
pub(crate) fn answer(fields: &[u8], mode: ResponseMode) -> Result<ProviderAnswer, Problem> {
    let read = |name: &str| {
        let mut values = form_urlencoded::parse(fields).filter(|(known, _)| known == name);
        let value = values.next().map(|(_, value)| value.into_owned());
        match (&value, values.next()) {
            (_, Some(_)) => Err(Failure::Refused(format!("{name} is there twice").into())),
            (Some(long), _) if long.len() > MAX_FIELD => {
                Err(Failure::Refused(format!("{name} has over {MAX_FIELD} bytes").into()))
            }
            _ => Ok(value),
        }
    };
    let state = read("state")?.ok_or(Failure::Refused("the answer of the provider has no state".into()))?;
    Ok(ProviderAnswer {
        mode,
        state,
        code: read("code")?,
        issuer: read("iss")?,
        error: read("error")?,
        user: read("user")?,
    })
}

/// Ends a login with what the provider answered.
pub(crate) async fn complete(context: &Context<'_>, answer: ProviderAnswer) -> Result<Answer, Problem> {
    let (login, provider) = provider(context)?;
    let cookies = cookies(context, login);
    let completed = completed(context, (login, provider), &cookies, &answer).await;
    let completed = completed.map(|(address, session)| Answer::see_other(&address).with_cookie(session));
    let ended = match (completed, &login.config().failure) {
        (Err(refusal), Some(elsewhere)) => {
            tracing::warn!(provider = provider.config().name, %refusal, "a login failed");
            Answer::see_other(&elsewhere.address_with(context.base, ("error", refusal.code())))
        }
        (completed, _) => completed?,
    };
    Ok(ended.with_cookie(cookies.remove_attempt(&answer.state)))
}

/// Why nobody has a session in the end.
enum Refusal {
    Login(Failure),
    /// The same account logs in again and again.
    TooMany(Problem),
}

impl Refusal {
    /// Its name for programs.
    fn code(&self) -> &'static str {
        match self {
            Self::Login(failure) => failure.code(),
            Self::TooMany(_) => "too-many",
        }
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Login(failure)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Login(failure) => failure.into(),
            Refusal::TooMany(problem) => problem,
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Login(failure) => write!(f, "{failure:?}"),
            Self::TooMany(_) => f.write_str("the account logs in too often"),
        }
    }
}

/// Where somebody goes after a login, with the cookie of their session.
async fn completed(
    context: &Context<'_>,
    (login, provider): (&Login, &Provider),
    cookies: &Cookies<'_>,
    answer: &ProviderAnswer,
) -> Result<(String, Option<http::HeaderValue>), Refusal> {
    let attempt = cookies.attempt(&answer.state).ok_or(Failure::Refused(
        "this login was begun in another browser, or more than ten minutes ago, or is over; log in again"
            .into(),
    ))?;
    let user_agent = context.headers.user_agent.and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let session = login.identified((provider, &attempt), answer, user_agent).await?;
    let (issuer, subject) = (&*session.account.issuer, &*session.account.subject);
    quota::of_account(context, Class::Logins, (Some(issuer), subject)).await.map_err(Refusal::TooMany)?;
    let id = login.admit(&session, cookies.session()).await?;
    let own = attempt.return_to().map(|path| format!("{}{}", context.base, path.as_str()));
    Ok((own.unwrap_or_else(|| login.config().success.address(context.base)), cookies.set_session(&id)))
}

/// Whether a page of ours sent this.
pub(crate) fn is_from_own_page(context: &Context<'_>) -> bool {
    cross_site::is_from_own_page(context.app.web(), context.request, context.headers)
}

/// The way to log in, for people who ask for a page that they have to be somebody for.
pub(crate) fn instead(context: &Context<'_>) -> Option<Answer> {
    let uri = context.request.uri();
    let is_for_people =
        !uri.path().starts_with("/api/") && negotiation::prefers_page(context.headers, uri.query());
    context.app.login().filter(|_| is_for_people)?;
    // What was sent is not sent again.
    let target = uri.path_and_query().filter(|_| context.request.method().is_safe());
    let target = target.and_then(|target| target.as_str().parse::<OwnPath>().ok());
    let query = target.map(|target| {
        let encoded: String = form_urlencoded::byte_serialize(target.as_str().as_bytes()).collect();
        format!("?{RETURN_TO}={encoded}")
    });
    Some(Answer::see_other(&format!("{}/login{}", context.base, query.unwrap_or_default())))
}

/// The logins of this service.
pub(crate) fn logins<'a>(context: &Context<'a>) -> Result<&'a Login, Problem> {
    context.app.login().ok_or_else(|| {
        Problem::not_configured(
            "nobody can log in here: no provider is configured (OIDC_PROVIDERS, GOOGLE_CLIENT_ID)",
        )
    })
}

pub(crate) fn cookies<'a>(context: &Context<'a>, login: &'a Login) -> Cookies<'a> {
    Cookies::new(login, context.request.headers(), context.base)
}

fn provider<'a>(context: &Context<'a>) -> Result<(&'a Login, &'a Provider), Problem> {
    let login = logins(context)?;
    let given = context.path.get("provider").unwrap_or_default();
    let provider = login.provider(given).ok_or_else(|| {
        let names: Vec<_> = login.providers().iter().map(|provider| &*provider.config().name).collect();
        let shown: String = given.chars().take(40).collect();
        let way_out = match nearest(&shown, &names) {
            Some(meant) => format!("did you mean {meant}?"),
            None => format!("there are {}", names.join(", ")),
        };
        Problem::new(StatusCode::NOT_FOUND, format!("there is no provider of logins {shown}; {way_out}"))
    })?;
    Ok((login, provider))
}

/// Where a provider sends people back.
fn redirect_uri(context: &Context<'_>, provider: &Provider) -> Result<String, Problem> {
    let base = context.base.to_string();
    if !base.contains("://") {
        let detail = "a provider sends people back to PUBLIC_URL, which names no host here; set it to the address of this service";
        return Err(Problem::not_configured(detail));
    }
    Ok(format!("{base}/auth/{}/callback", provider.config().name))
}
