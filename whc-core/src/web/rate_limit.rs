//! Whether a client has sent too many requests of a kind, by its address and by its account.

use std::net::IpAddr;

use http::header::HeaderMap;

use super::context::Context;
use super::problem::Problem;
use super::quota::{self, Class, Quota};
use super::request::cross_site;
use super::route::Route;
use crate::auth::Caller;

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

/// The class of a request to this route; none for probes, which count nothing.
fn class(route: &Route, context: &Context<'_>) -> Option<Class> {
    if route.is_probe {
        return None;
    }
    Some(if is_passing_on(route, context) {
        Class::Reads
    } else if route.is_login() {
        Class::Logins
    } else if !context.request.method().is_safe() {
        Class::Writes
    } else if context.sharing.includes(context.request) {
        Class::Expensive
    } else {
        Class::Reads
    })
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
    let Some(class) = class(route, context) else { return Ok(()) };
    let Some(address) = context.request.extensions().get::<ClientAddress>() else { return Ok(()) };
    // Each step of a login has a limit of its own, so that one that ends well never runs out of the last.
    let step = if class == Class::Logins { route.pattern() } else { "" };
    quota::count(context, class, || format!("{step} address {}", address.client())).await.map(drop)
}

/// Counts a change against the limit of who makes it.
///
/// # Errors
/// As [`by_address`].
pub(crate) async fn by_account(context: &Context<'_>, caller: &Caller) -> Result<Option<Quota>, Problem> {
    if context.request.method().is_safe() {
        return Ok(None);
    }
    let actor = caller.actor();
    quota::of_account(context, Class::Writes, (actor.issuer.as_deref(), &actor.subject)).await
}
