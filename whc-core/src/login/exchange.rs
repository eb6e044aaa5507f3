//! A code for a token: the one request of a login that no browser sees (RFC 6749, 4.1.3).

use std::pin::Pin;

use bytes::Bytes;
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AsyncHttpClient, AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet,
    EndpointSet, ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RequestTokenError, Scope, StandardRevocableToken, StandardTokenResponse, TokenUrl,
};
use serde::{Deserialize, Serialize};

use super::attempt::Attempt;
use super::failure::Failure;
use super::metadata::Metadata;
use crate::config::{FetchUrl, ProviderConfig};
use crate::error::Error;
use crate::fetch::Client;

/// What a provider of `OpenID` Connect gives out beside an access token, which nobody here needs.
#[derive(Debug, Serialize, Deserialize)]
struct WithIdToken {
    id_token: Option<String>,
}

impl ExtraTokenFields for WithIdToken {}

type OAuthClient = oauth2::Client<
    BasicErrorResponse,
    StandardTokenResponse<WithIdToken, BasicTokenType>,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// The address that somebody is sent to.
pub(super) fn authorization(
    provider: &ProviderConfig,
    metadata: &Metadata,
    attempt: &Attempt,
) -> Result<String, Failure> {
    let client = client(provider, metadata, attempt, None)?;
    let verifier = PkceCodeVerifier::new(attempt.verifier.clone());
    let request = client
        .authorize_url(|| CsrfToken::new(attempt.state.clone()))
        .add_scopes(provider.scopes.iter().cloned().map(Scope::new))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .add_extra_param("nonce", &*attempt.nonce)
        .add_extra_param("response_mode", provider.response_mode.as_str());
    Ok(request.url().0.into())
}

/// The token that says who somebody is, for the code that they came back with.
pub(super) async fn id_token(
    (provider, metadata): (&ProviderConfig, &Metadata),
    http: &Client,
    (attempt, secret): (&Attempt, String),
    code: &str,
) -> Result<String, Failure> {
    let client = client(provider, metadata, attempt, Some(secret))?;
    let sender = Sender { http, url: &metadata.token_endpoint };
    let answer = client
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone()))
        .request_async(&sender)
        .await
        .map_err(|error| failure(provider, &error))?;
    let token = answer.extra_fields().id_token.clone();
    token.ok_or_else(|| Failure::unavailable("the provider did not say who it is"))
}

fn client(
    provider: &ProviderConfig,
    metadata: &Metadata,
    attempt: &Attempt,
    secret: Option<String>,
) -> Result<OAuthClient, Failure> {
    let wrong = |error: oauth2::url::ParseError| {
        Error::internal("an address of a provider cannot be used").with_source(error)
    };
    let authorization = AuthUrl::new(metadata.authorization_endpoint.to_string()).map_err(wrong)?;
    let token = TokenUrl::new(metadata.token_endpoint.to_string()).map_err(wrong)?;
    let redirect = RedirectUrl::new(attempt.redirect_uri.clone()).map_err(wrong)?;
    let auth_type = if metadata.takes_secret_in_body { AuthType::RequestBody } else { AuthType::BasicAuth };
    let client = oauth2::Client::new(ClientId::new(provider.client_id.clone()))
        .set_auth_uri(authorization)
        .set_token_uri(token)
        .set_redirect_uri(redirect)
        .set_auth_type(auth_type);
    Ok(match secret {
        Some(secret) => client.set_client_secret(ClientSecret::new(secret)),
        None => client,
    })
}

/// The client of this service, as `oauth2` wants one.
struct Sender<'a> {
    http: &'a Client,
    url: &'a FetchUrl,
}

impl<'c> AsyncHttpClient<'c> for Sender<'_> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let response = self.http.send(self.url, request.map(Bytes::from)).await?;
            Ok(response.map(|body| body.to_vec()))
        })
    }
}

/// What the provider says to us is for the log: to whoever logs in it means nothing, or too much.
fn failure(provider: &ProviderConfig, error: &RequestTokenError<Error, BasicErrorResponse>) -> Failure {
    let (report, failure) = match error {
        RequestTokenError::ServerResponse(response) if response.error().as_ref() == "invalid_grant" => {
            (response.to_string(), Failure::refused("the provider does not take the code any more"))
        }
        RequestTokenError::ServerResponse(response) => (
            response.to_string(),
            Failure::unavailable("the provider does not take this service for its client"),
        ),
        RequestTokenError::Request(error) => {
            (error.report(), Failure::unavailable("the provider does not answer just now"))
        }
        RequestTokenError::Parse(error, _) => {
            (error.to_string(), Failure::unavailable("the answer of the provider cannot be read"))
        }
        RequestTokenError::Other(error) => {
            (error.clone(), Failure::unavailable("the answer of the provider cannot be read"))
        }
    };
    tracing::warn!(provider = provider.name, error = report, "a login failed at its provider");
    failure
}
