//! What a provider publishes about itself (`OpenID` Connect Discovery; RFC 8414).

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use serde::Deserialize;

use crate::auth::{JWK_SET, JwksSource};
use crate::config::FetchUrl;
use crate::error::{Error, Result};
use crate::fetch::{Client, Refreshed, Source};

/// Where a provider is asked for what.
#[derive(Debug)]
pub(super) struct Metadata {
    pub(super) authorization_endpoint: FetchUrl,
    pub(super) token_endpoint: FetchUrl,
    jwks_uri: FetchUrl,
    /// Whether every answer names the issuer (RFC 9207).
    pub(super) names_issuer: bool,
    /// Whether the secret of a client goes into the body of a request, since a header is not taken.
    pub(super) takes_secret_in_body: bool,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

/// Where it is published.
pub(super) struct Discovery {
    pub(super) issuer: String,
    pub(super) client: Client,
}

#[async_trait]
impl Source for Discovery {
    type Published = Arc<Metadata>;
    const NAME: &'static str = "the metadata of a provider of logins";

    async fn fetch(&self) -> Result<Arc<Metadata>> {
        let path = "/.well-known/openid-configuration";
        let url: FetchUrl = [self.issuer.trim_end_matches('/'), path].concat().parse()?;
        let text = self.client.get(&url, "application/json").await?;
        read(&text, (&self.issuer, &url)).map(Arc::new).map_err(|error| error.within(&url))
    }
}

fn read(text: &[u8], (issuer, url): (&str, &FetchUrl)) -> Result<Metadata> {
    let document: Document = serde_json::from_slice(text)
        .map_err(|error| Error::invalid("this is no metadata of a provider").with_source(error))?;
    if document.issuer != issuer {
        let named = document.issuer.escape_debug();
        return Err(Error::invalid(format!("it is that of {named}, not of {issuer}")));
    }
    let address = |name: &str, text: &str| {
        let address: FetchUrl = text.parse().map_err(|error: Error| error.within(name))?;
        // Only a provider of this machine, which is asked without encryption, may name others like it.
        if address.is_encrypted() || !url.is_encrypted() {
            Ok(address)
        } else {
            Err(Error::invalid(format!("{name} is without encryption")))
        }
    };
    let methods = &document.token_endpoint_auth_methods_supported;
    let takes = |method: &str| methods.iter().any(|known| known == method);
    Ok(Metadata {
        authorization_endpoint: address("authorization_endpoint", &document.authorization_endpoint)?,
        token_endpoint: address("token_endpoint", &document.token_endpoint)?,
        jwks_uri: address("jwks_uri", &document.jwks_uri)?,
        names_issuer: document.authorization_response_iss_parameter_supported,
        takes_secret_in_body: takes("client_secret_post") && !takes("client_secret_basic"),
    })
}

/// The keys of a provider, where its metadata say.
#[derive(Debug)]
pub(super) struct ProviderKeys {
    pub(super) metadata: Arc<Refreshed<Discovery>>,
    pub(super) client: Client,
}

#[async_trait]
impl JwksSource for ProviderKeys {
    async fn fetch(&self) -> Result<Bytes> {
        let metadata = self.metadata.current().await;
        let metadata =
            metadata.ok_or_else(|| Error::unavailable("the provider does not say where they are"))?;
        self.client.get(&metadata.jwks_uri, JWK_SET).await
    }
}
