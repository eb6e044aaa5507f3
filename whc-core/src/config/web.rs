//! The configuration of responses.

use std::str::FromStr;

use super::{Origin, SecurityContact, Variables};
use crate::error::{Error, Result};

/// The size limit of request bodies where a server sets no other: 1 MiB.
pub const DEFAULT_MAX_BODY_BYTES: usize = 1 << 20;

const CORS_ORIGINS: &str = "CORS_ORIGINS";
const SECURITY_CONTACT: &str = "SECURITY_CONTACT";

/// What a public URL is.
const PUBLIC_URL: &str = "a URL like https://heritage.example/whc or a path like /whc, without a query";

/// The configuration of responses.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebConfig {
    /// `PUBLIC_URL`: where clients reach this service, `https://heritage.example/whc`, or only the path it is mounted
    /// under, `/whc`. Links start with it; without it they are paths from the root of the host.
    pub public_url: String,
    /// `CACHE_BYTES`: how much memory cached responses may use. 16 MiB; 0 caches none.
    pub cache_bytes: usize,
    /// `SERVER_TIMING`: whether answers tell how long the service took, in `Server-Timing`. No.
    pub server_timing: bool,
    /// `CORS_ORIGINS`: the origins whose pages may read what is private, and change things. None; what is public is for
    /// all pages.
    pub cors_origins: Vec<Origin>,
    /// `SECURITY_CONTACT`: whom to tell of a weakness, the preferred one first. None; then there is no
    /// `/.well-known/security.txt`.
    pub security_contacts: Vec<SecurityContact>,
}

impl Default for WebConfig {
    fn default() -> Self {
        Self {
            public_url: String::new(),
            cache_bytes: 16 << 20,
            server_timing: false,
            cors_origins: Vec::new(),
            security_contacts: Vec::new(),
        }
    }
}

impl WebConfig {
    /// For a service that clients reach at `public_url`, a URL or a path.
    ///
    /// # Errors
    /// Anything else than an http or https URL, a path or nothing is invalid.
    pub fn at(public_url: &str) -> Result<Self> {
        let Ok(uri) = public_url.parse::<http::Uri>() else {
            return if public_url.is_empty() { Ok(Self::default()) } else { Err(no_public_url(public_url)) };
        };
        let web = matches!(uri.scheme_str(), Some("http" | "https")) || public_url.starts_with('/');
        if !web || uri.query().is_some() {
            return Err(no_public_url(public_url));
        }
        Ok(Self { public_url: public_url.trim_end_matches('/').to_owned(), ..Self::default() })
    }

    /// The path of [`public_url`](Self::public_url), without a slash at its end.
    #[must_use]
    pub fn public_path(&self) -> &str {
        let (_, rest) = self.public_url.split_once("://").unwrap_or(("", &self.public_url));
        rest.find('/').map_or("", |start| &rest[start..])
    }

    pub(super) fn read(variables: &Variables<'_>) -> Result<Self> {
        let public_url = variables.text("PUBLIC_URL").unwrap_or_default();
        let web = Self::at(public_url.trim());
        let called = variables.called("PUBLIC_URL");
        let web = web.map_err(|_| Variables::unreadable(called, &public_url, PUBLIC_URL))?;
        let cache_bytes = variables.parse("CACHE_BYTES", "a whole number of bytes")?;
        let server_timing = variables.parse("SERVER_TIMING", "true or false")?;
        Ok(Self {
            cache_bytes: cache_bytes.unwrap_or(web.cache_bytes),
            server_timing: server_timing.unwrap_or(web.server_timing),
            cors_origins: list(variables, CORS_ORIGINS)?,
            security_contacts: list(variables, SECURITY_CONTACT)?,
            ..web
        })
    }
}

/// The values of a variable, with commas or spaces between them.
fn list<T: FromStr<Err = Error>>(variables: &Variables<'_>, name: &'static str) -> Result<Vec<T>> {
    let text = variables.text(name).unwrap_or_default();
    let values = text.split([',', ' ']).filter(|value| !value.is_empty());
    values.map(|value| value.parse().map_err(|error: Error| error.within(name))).collect()
}

fn no_public_url(text: &str) -> Error {
    Variables::unreadable("a public URL", text, PUBLIC_URL)
}
