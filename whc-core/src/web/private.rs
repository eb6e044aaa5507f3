//! Replies to callers: who asks is known before anything is looked up.

use http::StatusCode;

use super::answer::{Answer, Audience, Reply};
use super::context::Context;
use super::problem::Problem;
use super::rate_limit;
use super::request::{host, secrets};
use super::response::policy;
use super::route::{Demand, PrivateHandler};
use crate::auth::{Caller, Credentials, Unauthenticated};

/// The reply of `handler` to a caller as `demand` wants them.
///
/// # Errors
/// Nothing shows who asks, or they may not.
pub(crate) async fn reply(
    context: &Context<'_>,
    demand: &Demand,
    handler: PrivateHandler,
) -> Result<Reply, Problem> {
    let caller = caller(context).await?;
    demand.check(&caller, context)?;
    let quota = rate_limit::by_account(context, &caller).await?;
    let Answer { mut response, items, .. } = handler(context, &caller).await?;
    policy::complete(&mut response);
    if let Some(quota) = quota {
        quota.write(response.headers_mut());
    }
    Ok(Reply { items, audience: Audience::Callers, ..Reply::uncached(response) })
}

/// Who asks.
async fn caller(context: &Context<'_>) -> Result<Caller, Problem> {
    let Context { app, request, headers, .. } = context;
    if app.auth_is_disabled() && !host::named(request, headers).is_some_and(host::is_loopback) {
        return Err(not_here());
    }
    if secrets::has_token(request.uri().query().unwrap_or_default()) {
        let detail = "a token belongs into the header Authorization; in a URL it stays in histories and logs";
        return Err(Unauthenticated::invalid_request(detail).into());
    }
    let credentials = Credentials::from_headers(request.headers());
    app.authenticator().authenticate(&credentials).await?.ok_or_else(Problem::no_credentials)
}

/// A name that resolves to this machine may be one of a page that the browser on it shows (DNS rebinding).
fn not_here() -> Problem {
    let detail = "authentication is disabled, so the Host must be localhost, 127.0.0.1 or [::1]";
    Problem::new(StatusCode::FORBIDDEN, detail)
}
