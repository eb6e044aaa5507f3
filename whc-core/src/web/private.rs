//! Replies to callers: who asks is known before anything is looked up.

use super::answer::{Answer, Audience, Reply};
use super::context::Context;
use super::problem::Problem;
use super::quota::Quota;
use super::rate_limit;
#[cfg(feature = "pages")]
use super::request::negotiation;
use super::response::policy;
use super::route::{Demand, PrivateHandler};
#[cfg(feature = "pages")]
use super::route::{PersonalHandler, Route};
use super::visitor::Visitor;
#[cfg(feature = "pages")]
use http::header::{AUTHORIZATION, COOKIE};

/// The reply of `handler` to a caller as `demand` wants them.
///
/// # Errors
/// Nothing shows who asks, or they may not.
pub(crate) async fn reply(
    context: &Context<'_>,
    demand: &Demand,
    handler: PrivateHandler,
) -> Result<Reply, Problem> {
    let Some(visitor) = Visitor::of(context).await? else { return nobody(context) };
    demand.check(visitor.caller(), context)?;
    let quota = rate_limit::by_account(context, visitor.caller()).await?;
    let body = visitor.expect_own_page(context).await?;
    let context = context.with_body(body.as_ref());
    Ok(private(handler(&context, visitor.caller()).await?, quota))
}

/// The reply of `handler` to a person as `demand` wants them.
///
/// # Errors
/// As [`reply`].
#[cfg(feature = "pages")]
pub(crate) async fn personal(
    context: &Context<'_>,
    demand: &Demand,
    handler: PersonalHandler,
) -> Result<Reply, Problem> {
    let Some(visitor) = Visitor::of(context).await? else { return nobody(context) };
    demand.check(visitor.caller(), context)?;
    let quota = rate_limit::by_account(context, visitor.caller()).await?;
    let body = visitor.expect_own_page(context).await?;
    let context = context.with_body(body.as_ref());
    Ok(private(handler(&context, &visitor).await?, quota))
}

/// The reply of the handler that a row has instead for people as its demand wants them; `None` for everybody else, programs too,
/// who get what is public, whatever is wrong with what they say of themselves.
#[cfg(feature = "pages")]
pub(crate) async fn instead(context: &Context<'_>, route: &Route) -> Option<Result<Reply, Problem>> {
    let (demand, handler) = route.instead.as_ref()?;
    let (app, request) = (context.app, context.request);
    let may_be_known = app.auth_is_disabled()
        || [AUTHORIZATION, COOKIE].iter().any(|name| request.headers().contains_key(name));
    if !may_be_known || !negotiation::prefers_page(context.headers, request.uri().query()) {
        return None;
    }
    let visitor = Visitor::of(context).await.ok().flatten()?;
    demand.check(visitor.caller(), context).ok()?;
    Some(handler(context, &visitor).await.map(|answer| private(answer, None)))
}

fn private(answer: Answer, quota: Option<Quota>) -> Reply {
    let Answer { mut response, items, .. } = answer;
    policy::complete(&mut response);
    if let Some(quota) = quota {
        quota.write(response.headers_mut());
    }
    Reply { items, audience: Audience::Callers, ..Reply::uncached(response) }
}

/// The reply where nothing shows who asks: people are asked to log in, where they can.
fn nobody(context: &Context<'_>) -> Result<Reply, Problem> {
    #[cfg(feature = "oidc")]
    if let Some(answer) = super::endpoint::login::instead(context) {
        return Ok(private(answer, None));
    }
    #[cfg(not(feature = "oidc"))]
    let _ = context;
    Err(Problem::no_credentials())
}
