//! A login with a token of RDS, signed for one connection with the role of this process.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_credential_types::provider::ProvideCredentials as _;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::sync::OnceCell;
use whc_core::config::{Credentials, CredentialsProvider, DatabaseConfig, Secret};
use whc_core::{Error, Result};

use crate::{failed, settings};

/// How long RDS takes a token for a login; a connection may stay open for longer.
const VALID: Duration = Duration::from_mins(15);

/// A login with tokens of RDS. Each connection gets its own. Signing needs no request but those for the credentials of the
/// role.
pub struct TokenLogin {
    user: String,
    address: String,
    settings: OnceCell<SdkConfig>,
}

impl TokenLogin {
    /// The user of this configuration, at its host. AWS is reached as the environment says.
    #[must_use]
    pub fn new(database: &DatabaseConfig) -> Self {
        let address = format!("{}:{}", database.host, database.port);
        Self { user: database.user.clone(), address, settings: OnceCell::new() }
    }

    /// The same, with AWS reached as `settings` say.
    #[must_use]
    pub fn with_settings(database: &DatabaseConfig, settings: SdkConfig) -> Self {
        Self { settings: OnceCell::new_with(Some(settings)), ..Self::new(database) }
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
            .name("rds-db")
            .time(now)
            .settings(signing)
            .build()
            .map_err(|error| unsigned(&error))?;
        let user = utf8_percent_encode(&self.user, NON_ALPHANUMERIC);
        let url = format!("https://{}/?Action=connect&DBUser={user}", self.address);
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

fn missing(what: &str) -> Error {
    Error::unavailable("no token can be signed for the database").with_source(format!("AWS tells no {what}"))
}

fn unsigned(error: &dyn StdError) -> Error {
    failed("no token can be signed for the database", error)
}

impl fmt::Debug for TokenLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenLogin").field("user", &self.user).finish_non_exhaustive()
    }
}
