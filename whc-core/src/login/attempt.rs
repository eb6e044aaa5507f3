//! A login in flight: what has to be known when somebody comes back, in a cookie that only we can read.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::config::{OwnPath, ProviderConfig};
use crate::error::{Error, Result};
use crate::keyring::{Keyring, SealingKeys};
use crate::random;

/// What the sealed bytes are about.
const CONTEXT: &str = "login";

/// A login in flight. Nothing of it is kept here, so that however many begin one they take no memory.
#[derive(Serialize, Deserialize)]
pub(crate) struct Attempt {
    /// The provider, by its name.
    pub(crate) provider: String,
    /// What the provider sends back as it is (RFC 6749, 4.1.1).
    pub(crate) state: String,
    /// What the token of the provider repeats.
    pub(super) nonce: String,
    /// What only whoever began can show (RFC 7636).
    pub(super) verifier: String,
    /// Where the provider sends people back.
    pub(super) redirect_uri: String,
    /// Where they wanted to go.
    return_to: Option<String>,
    /// When it began, in seconds since 1970.
    pub(crate) began: u64,
    /// When it is too late, likewise.
    pub(super) expires: u64,
}

impl Attempt {
    /// How long a login may take.
    pub(crate) const LIFETIME: Duration = Duration::from_mins(10);

    pub(super) fn begin(
        provider: &ProviderConfig,
        redirect_uri: String,
        return_to: Option<OwnPath>,
        now: SystemTime,
    ) -> Result<Self> {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        Ok(Self {
            provider: provider.name.clone(),
            state: random::text()?,
            nonce: random::text()?,
            verifier: random::text()?,
            redirect_uri,
            return_to: return_to.map(|path| path.as_str().to_owned()),
            began: now,
            expires: now + Self::LIFETIME.as_secs(),
        })
    }

    /// Where they wanted to go.
    pub(crate) fn return_to(&self) -> Option<OwnPath> {
        self.return_to.as_ref()?.parse().ok()
    }

    pub(super) fn is_current(&self, now: SystemTime) -> bool {
        now < UNIX_EPOCH + Duration::from_secs(self.expires)
    }
}

/// Writes and reads attempts.
#[derive(Debug)]
pub(super) struct Attempts(SealingKeys);

impl Attempts {
    pub(super) fn new(keyring: &Keyring) -> Result<Self> {
        keyring.sealing("whc logins in flight").map(Self)
    }

    pub(super) fn seal(&self, attempt: &Attempt) -> Result<String> {
        let json = serde_json::to_vec(attempt)
            .map_err(|error| Error::internal("a login cannot be written").with_source(error))?;
        Ok(BASE64_URL_SAFE_NO_PAD.encode(self.0.seal(CONTEXT, &json)?))
    }

    pub(super) fn open(&self, sealed: &str) -> Option<Attempt> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(sealed).ok()?;
        serde_json::from_slice(&self.0.open(CONTEXT, &bytes)?).ok()
    }
}
