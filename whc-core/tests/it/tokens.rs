//! Bearer tokens: which count, whose keys verify them, what is remembered of them.

mod bearer;
mod cache;
mod config;
mod endpoint;
pub(crate) mod issuer;
mod jwks;
mod rotation;
mod table;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use whc_core::auth::{Authenticator, Caller, Credentials, TokenAuthenticator, Unauthenticated};
use whc_core::config::{AuthConfig, Variables};
use whc_core::testing::MockClock;
use whc_core::{Clock, Config};

use self::issuer::{Issuer, Signed};

/// When the tests take place, in seconds since 1970.
const NOW: u64 = 1_800_000_000;

/// The header and the claims that others are made of.
const HEADER: &str = r#"{"alg":"RS256","kid":"first"}"#;
const CLAIMS: &str = r#"{"iss":"https://login.example","aud":"whc","sub":"42","exp":1800000600}"#;

fn clock() -> Arc<MockClock> {
    Arc::new(MockClock::at(SystemTime::UNIX_EPOCH + Duration::from_secs(NOW)))
}

fn config(set: &[(&str, &str)]) -> whc_core::Result<AuthConfig> {
    let lookup = |name: &str| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
    Ok(Config::from_variables(&Variables::new(lookup))?.auth)
}

/// A service with one RSA key, one on a curve and one of Edwards, for one issuer and one audience.
fn service(issuer: &Issuer, clock: Arc<dyn Clock>) -> TokenAuthenticator {
    let files = ["first.pem", "curve.pem", "edwards.pem"];
    let keys = files.map(|name| issuer.file(name).display().to_string()).join(",");
    let set = [("AUTH_KEYS", &*keys), ("AUTH_ISSUER", "https://login.example"), ("AUTH_AUDIENCE", "whc")];
    TokenAuthenticator::new(&config(&set).unwrap(), clock).unwrap()
}

/// What comes of a request with these values of `Authorization`.
async fn authenticate(
    service: &TokenAuthenticator,
    authorization: &[&[u8]],
) -> Result<Option<Caller>, Unauthenticated> {
    let mut headers = HeaderMap::new();
    for value in authorization {
        headers.append(AUTHORIZATION, HeaderValue::from_bytes(value).unwrap());
    }
    service.authenticate(&Credentials::from_headers(&headers)).await
}

/// Whose token it is, or why it does not count.
async fn check(service: &TokenAuthenticator, token: &str) -> Result<Caller, Unauthenticated> {
    authenticate(service, &[format!("Bearer {token}").as_bytes()]).await.map(Option::unwrap)
}

/// The token of the first key with the usual claims.
fn usual(issuer: &Issuer) -> String {
    issuer.token(Signed::Rs256, HEADER, CLAIMS)
}

/// A service that has the keys of the endpoint and no others.
fn following(url: &str, clock: Arc<dyn Clock>) -> TokenAuthenticator {
    let set = [("AUTH_JWKS_URL", url), ("AUTH_ISSUER", "https://login.example"), ("AUTH_AUDIENCE", "whc")];
    TokenAuthenticator::new(&config(&set).unwrap(), clock).unwrap()
}

/// One of the second key.
fn of_second(issuer: &Issuer) -> String {
    issuer.token(Signed::BySecond, r#"{"alg":"RS256","kid":"second"}"#, CLAIMS)
}
