//! A login with a token of RDS or of ElastiCache, signed for one connection with the role of this process.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_credential_types::provider::ProvideCredentials as _;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use percent_encoding::{NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use tokio::sync::OnceCell;
use whc_core::config::{Credentials, CredentialsProvider, DatabaseConfig, Secret, ValkeyConfig};
use whc_core::{Error, Result};

use crate::{failed, settings};

/// How long a token is taken for a login; a connection may stay open for longer.
const VALID: Duration = Duration::from_mins(15);

/// A login with tokens of RDS or of ElastiCache. Each connection gets its own. Signing needs no request but those for the
/// credentials of the role.
pub struct TokenLogin {
    user: String,
    /// The name of the service in signatures.
    service: &'static str,
    /// What is signed, without its scheme.
    request: String,
    settings: OnceCell<SdkConfig>,
}

impl TokenLogin {
    /// The user of this configuration, at its host. AWS is reached as the environment says.
    #[must_use]
    pub fn new(database: &DatabaseConfig) -> Self {
        let DatabaseConfig { host, port, user, .. } = database;
        Self::signing(user, "rds-db", format!("{host}:{port}/?Action=connect&DBUser={}", encoded(user)))
    }

    /// The user of this configuration, in the cache with this id: the name of a serverless one, else the id of the replication
    /// group.
    #[must_use]
    pub fn of_cache(valkey: &ValkeyConfig, id: &str) -> Self {
        let ValkeyConfig { host, user, .. } = valkey;
        // The signature of a serverless one says so; its host is `NAME-XXXXXX.serverless.REGION.cache.amazonaws.com`.
        let kind = if host.contains(".serverless.") { "&ResourceType=ServerlessCache" } else { "" };
        // Names of caches are in small letters, however somebody writes them.
        let id = id.to_ascii_lowercase();
        Self::signing(user, "elasticache", format!("{id}/?Action=connect{kind}&User={}", encoded(user)))
    }

    fn signing(user: &str, service: &'static str, request: String) -> Self {
        Self { user: user.to_owned(), service, request, settings: OnceCell::new() }
    }

    /// The same, with AWS reached as `settings` say.
    #[must_use]
    pub fn with_settings(self, settings: SdkConfig) -> Self {
        Self { settings: OnceCell::new_with(Some(settings)), ..self }
    }

    async fn token(&self) -> Result<String> {
        let settings = self.settings.get_or_init(settings).await;
        let region = settings.region().ok_or_else(|| missing("a region: set AWS_REGION"))?;
        let provider = settings.credentials_provider().ok_or_else(|| missing("credentials"))?;
        let credentials = provider.provide_credentials().await.map_err(|error| unsigned(&error))?;
        let now = settings.time_source().ok_or_else(|| missing("the time"))?.now();

        let mut signing = SigningSettings::default();
        signing.expires_in = Some(VALID);
        signing.signature_location = SignatureLocation::QueryParams;
        let identity = credentials.into();
        let parameters = SigningParams::builder()
            .identity(&identity)
            .region(region.as_ref())
            .name(self.service)
            .time(now)
            .settings(signing)
            .build()
            .map_err(|error| unsigned(&error))?;
        let url = format!("https://{}", self.request);
        let request = SignableRequest::new("GET", &url, std::iter::empty(), SignableBody::Bytes(&[]))
            .map_err(|error| unsigned(&error))?;
        let (signature, _) =
            sign(request, &parameters.into()).map_err(|error| unsigned(&error))?.into_parts();
        let mut signed = http::Request::builder().uri(url).body(()).map_err(|error| unsigned(&error))?;
        signature.apply_to_request_http1x(&mut signed);
        Ok(signed.uri().to_string().split_off("https://".len()))
    }
}

#[async_trait]
impl CredentialsProvider for TokenLogin {
    async fn credentials(&self, _: Option<&Credentials>) -> Result<Credentials> {
        let token = self.token().await?;
        Ok(Credentials::new(self.user.clone(), Secret::new(token)))
    }
}

fn encoded(user: &str) -> PercentEncode<'_> {
    utf8_percent_encode(user, NON_ALPHANUMERIC)
}

fn missing(what: &str) -> Error {
    Error::unavailable("no token can be signed").with_source(format!("AWS tells no {what}"))
}

fn unsigned(error: &dyn StdError) -> Error {
    failed("no token can be signed", error)
}

impl fmt::Debug for TokenLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenLogin").field("user", &self.user).finish_non_exhaustive()
    }
}
