//! What is left of a limit: how it is counted, and how it is told.

use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::context::Context;
use super::problem::Problem;
use crate::config::{LimitConfig, Rate};
use crate::limit::Taken;

/// A policy, and what is left of it (draft-ietf-httpapi-ratelimit-headers-10).
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// What is left of a limit.
pub(crate) struct Quota {
    class: Class,
    rate: Rate,
    taken: Taken,
}

/// Requests that are limited together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Reads,
    Expensive,
    Writes,
    Logins,
}

impl Class {
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

/// Counts a request against the limit of an account, by the name that its issuer has for it. `None` without a limit.
///
/// # Errors
/// As [`count`].
pub(crate) async fn of_account(
    context: &Context<'_>,
    class: Class,
    (issuer, subject): (Option<&str>, &str),
) -> Result<Option<Quota>, Problem> {
    count(context, class, || format!("account {:?}", (issuer, subject))).await
}

/// Counts a request of this class against the limit of `who`. `None` without a limit.
///
/// # Errors
/// It is used up; the problem says for how long.
pub(crate) async fn count(
    context: &Context<'_>,
    class: Class,
    who: impl FnOnce() -> String,
) -> Result<Option<Quota>, Problem> {
    let Some(rate) = class.rate(context.app.limit_config()) else { return Ok(None) };
    let taken = context.app.limits().take(&format!("{} {}", class.name(), who()), rate).await;
    let quota = Quota { class, rate, taken };
    match taken.wait {
        None => Ok(Some(quota)),
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

fn seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}
