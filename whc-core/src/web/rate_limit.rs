//! Whether a client has sent too many requests of a kind, by its address and by its account.

use std::net::IpAddr;

use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::context::Context;
use super::problem::Problem;
use super::request::cross_site;
use super::route::Route;
use crate::auth::Caller;
use crate::config::{LimitConfig, Rate};
use crate::limit::Taken;

/// A policy, and what is left of it (draft-ietf-httpapi-ratelimit-headers-10).
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// A host with IPv6 has the rest of an address to itself.
const NETWORK_V6: u128 = u128::MAX << 64;

/// The address of a client, as an extension of its request: of whoever is connected, or whom a proxy that is trusted names.
/// Adapters put it there; without it no limit counts by address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// The one that the nearest proxy has added to `X-Forwarded-For`, behind whatever others have written there.
    #[must_use]
    pub fn of_proxy(headers: &HeaderMap) -> Option<Self> {
        let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        last.rsplit(',').next()?.trim().parse().ok().map(Self)
    }

    /// The one client behind it.
    fn client(self) -> IpAddr {
        match self.0.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6((address.to_bits() & NETWORK_V6).into()),
            address @ IpAddr::V4(_) => address,
        }
    }
}

/// What is left of a limit.
pub(crate) struct Quota {
    class: Class,
    rate: Rate,
    taken: Taken,
}

/// Requests that are limited together.
#[derive(Clone, Copy)]
enum Class {
    Reads,
    Expensive,
    Writes,
    Logins,
}

impl Class {
    /// The class of a request to this route; none for probes, which count nothing.
    fn of(route: &Route, context: &Context<'_>) -> Option<Self> {
        if route.is_probe {
            return None;
        }
        Some(if is_passing_on(route, context) {
            Self::Reads
        } else if route.is_login() {
            Self::Logins
        } else if !context.request.method().is_safe() {
            Self::Writes
        } else if context.sharing.includes(context.request) {
            Self::Expensive
        } else {
            Self::Reads
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Expensive => "expensive",
            Self::Writes => "writes",
            Self::Logins => "logins",
        }
    }

    fn rate(self, config: &LimitConfig) -> Option<Rate> {
        match self {
            Self::Reads => config.reads,
            Self::Expensive => config.expensive,
            Self::Writes => config.writes,
            Self::Logins => config.logins,
        }
    }
}

/// Whether a provider's page sends the answer of a login, which is a page of ours that sends it once more: that one counts.
fn is_passing_on(route: &Route, context: &Context<'_>) -> bool {
    route.is_login()
        && route.is_from_elsewhere()
        && !cross_site::is_from_own_page(context.app.web(), context.request, context.headers)
}

/// Counts a request against the limit of its address.
///
/// # Errors
/// That is used up; the problem says for how long.
pub(crate) async fn by_address(context: &Context<'_>, route: &Route) -> Result<(), Problem> {
    let Some(class) = Class::of(route, context) else { return Ok(()) };
    let Some(rate) = class.rate(context.app.limit_config()) else { return Ok(()) };
    let Some(address) = context.request.extensions().get::<ClientAddress>() else { return Ok(()) };
    // Each step of a login has a limit of its own, so that one that ends well never runs out of the last.
    let step = if matches!(class, Class::Logins) { route.pattern() } else { "" };
    count(context, class, rate, &format!("{step} address {}", address.client())).await.map(drop)
}

/// Counts a change against the limit of who makes it.
///
/// # Errors
/// As [`by_address`].
pub(crate) async fn by_account(context: &Context<'_>, caller: &Caller) -> Result<Option<Quota>, Problem> {
    if context.request.method().is_safe() {
        return Ok(None);
    }
    let Some(rate) = context.app.limit_config().writes else { return Ok(None) };
    let actor = caller.actor();
    count(context, Class::Writes, rate, &format!("account {:?}", (&actor.issuer, &actor.subject)))
        .await
        .map(Some)
}

async fn count(context: &Context<'_>, class: Class, rate: Rate, who: &str) -> Result<Quota, Problem> {
    let taken = context.app.limits().take(&format!("{} {who}", class.name()), rate).await;
    let quota = Quota { class, rate, taken };
    match taken.wait {
        None => Ok(quota),
        // Whole seconds, and never too few of them.
        Some(wait) => Err(Problem::too_many_requests(seconds(wait), rate).with_headers(quota.headers())),
    }
}

impl Quota {
    /// Says what is left.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        headers.extend(self.headers());
    }

    fn headers(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> + use<> {
        let Self { class, rate, taken } = self;
        let name = class.name();
        let policy = format!("\"{name}\";q={};w={}", rate.count(), rate.per().as_secs());
        let left = format!("\"{name}\";r={};t={}", taken.remaining, seconds(taken.whole));
        [(POLICY, policy), (LEFT, left)]
            .into_iter()
            .filter_map(|(name, value)| Some((name, HeaderValue::try_from(value).ok()?)))
    }
}

fn seconds(duration: std::time::Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}
