//! Where a JWK set comes from.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;

use crate::config::FetchUrl;
use crate::error::Result;
use crate::fetch::Client;

/// The time limit for a set. A caller waits for it.
const TIMEOUT: Duration = Duration::from_secs(2);

/// What a set is.
pub(crate) const JWK_SET: &str = "application/jwk-set+json, application/json";

/// Where the keys of an issuer come from.
#[async_trait]
pub trait JwksSource: fmt::Debug + Send + Sync + 'static {
    /// The JWK set as JSON (RFC 7517).
    ///
    /// # Errors
    /// It cannot be had now. The error is for the log.
    async fn fetch(&self) -> Result<Bytes>;
}

/// A set behind a URL.
#[derive(Debug)]
pub(super) struct HttpJwks {
    url: FetchUrl,
    client: Client,
}

impl HttpJwks {
    pub(super) fn new(url: FetchUrl) -> Result<Self> {
        Ok(Self { url, client: Client::new(TIMEOUT)? })
    }
}

#[async_trait]
impl JwksSource for HttpJwks {
    async fn fetch(&self) -> Result<Bytes> {
        self.client.get(&self.url, JWK_SET).await
    }
}
