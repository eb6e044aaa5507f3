//! Who somebody is, by the claims of a provider.

use serde_json::{Map, Value};

use super::failure::Failure;
use crate::auth::Actor;
use crate::config::{ProviderConfig, is_true};
use crate::session::Account;
use crate::text;

/// As many letters are kept of a name or an address.
const MAX_LETTERS: usize = 255;
/// As long the address of a picture may be.
const MAX_ADDRESS: usize = 1024;

/// The account. `user` is what Apple says beside its token, through the browser: good enough for a name to show.
pub(super) fn account(
    provider: &ProviderConfig,
    claims: &Map<String, Value>,
    user: Option<&str>,
) -> Result<Account, Failure> {
    let subject = claims.get("sub").and_then(Value::as_str).filter(|subject| Actor::is_name(subject));
    let subject = subject.ok_or_else(|| Failure::refused("the provider does not say who it is"))?;
    let user: Option<Value> = user.and_then(|user| serde_json::from_str(user).ok());
    let beside = |name: &str| user.as_ref().and_then(|user| shown(user.pointer(name)));
    let first_name = shown(claims.get("given_name")).or_else(|| beside("/name/firstName"));
    let last_name = shown(claims.get("family_name")).or_else(|| beside("/name/lastName"));
    let both =
        [first_name.as_deref(), last_name.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let is_verified = claims.get("email_verified").is_none_or(is_true);
    Ok(Account {
        provider: provider.name.clone(),
        issuer: provider.issuer.clone(),
        subject: subject.to_owned(),
        email: shown(claims.get("email")).filter(|_| is_verified),
        name: shown(claims.get("name")).or(Some(both).filter(|both| !both.is_empty())),
        first_name,
        last_name,
        image: shown(claims.get("picture")).filter(|address| address.starts_with("https://")),
    })
}

/// A text that is fit to be shown.
fn shown(value: Option<&Value>) -> Option<String> {
    let text = value?.as_str().filter(|text| text.len() <= MAX_ADDRESS)?;
    let shown: String = text.chars().filter(|letter| !text::is_order(*letter)).collect();
    let is_address = shown.starts_with("https://");
    let fits = is_address || shown.chars().count() <= MAX_LETTERS;
    (fits && !text::is_blank(&shown)).then_some(shown)
}
