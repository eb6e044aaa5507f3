//! The function under test, and its answers as a client would get them.

mod asked;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use lambda_runtime::{Context, FunctionResponse, LambdaEvent};
use rcgen::{KeyPair, PKCS_ED25519, SigningKey as _};
use serde_json::{Value, json};
use whc_core::auth::TokenAuthenticator;
use whc_core::config::{AuthConfig, Variables};
use whc_core::testing::MockClock;
use whc_core::{App, AppBuilder, MemoryContacts, MemorySites};
use whc_lambda::{Config, Function};

pub(crate) use self::asked::{Asked, EVENT_SOURCES, EventSource};

/// An answer as a client gets it. Header names are sorted, several values of one joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Bytes,
}

impl Got {
    /// An answer of the function, as its source passes it on.
    pub(crate) fn from_reply(reply: &Value) -> Self {
        let mut headers = BTreeMap::new();
        for (name, value) in reply["headers"].as_object().into_iter().flatten() {
            headers.insert(name.clone(), value.as_str().unwrap().to_owned());
        }
        for (name, values) in reply["multiValueHeaders"].as_object().into_iter().flatten() {
            let values: Vec<_> =
                values.as_array().unwrap().iter().map(|value| value.as_str().unwrap()).collect();
            headers.insert(name.clone(), values.join(", "));
        }
        let body = reply["body"].as_str().unwrap();
        let body = if reply["isBase64Encoded"].as_bool().unwrap() {
            BASE64_STANDARD.decode(body).unwrap().into()
        } else {
            Bytes::copy_from_slice(body.as_bytes())
        };
        Self { status: reply["statusCode"].as_u64().unwrap().try_into().unwrap(), headers, body }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }

    pub(crate) fn is_problem(&self) -> bool {
        self.headers["content-type"] == "application/problem+json" && self.json()["status"] == self.status
    }
}

/// Two headers of hyper's, as the event sources of Lambda show them.
impl From<http::Response<Bytes>> for Got {
    fn from(response: http::Response<Bytes>) -> Self {
        let (parts, body) = response.into_parts();
        let mut headers = BTreeMap::<_, String>::new();
        for (name, value) in &parts.headers {
            let joined = headers.entry(name.to_string()).or_default();
            joined.push_str(if joined.is_empty() { "" } else { ", " });
            joined.push_str(value.to_str().unwrap());
        }
        Self { status: parts.status.as_u16(), headers, body }
    }
}

pub(crate) fn app() -> App {
    service().build()
}

/// With contacts in memory and a list that can be written, for callers with a token of the issuer below, at a time that stands
/// still.
fn service() -> AppBuilder {
    let sites = Arc::new(MemorySites::embedded().unwrap());
    let clock = Arc::new(MockClock::at(SystemTime::UNIX_EPOCH + Duration::from_hours(498_682)));
    let authenticator = TokenAuthenticator::new(&ISSUER.config(), Arc::clone(&clock) as _).unwrap();
    let contacts = Arc::new(MemoryContacts::new());
    App::builder(Arc::clone(&sites) as _)
        .site_store(sites)
        .clock(clock)
        .authenticator(Arc::new(authenticator))
        .contacts(contacts)
}

/// The one whose tokens count.
static ISSUER: LazyLock<Issuer> = LazyLock::new(|| Issuer(KeyPair::generate_for(&PKCS_ED25519).unwrap()));

struct Issuer(KeyPair);

impl Issuer {
    fn config(&self) -> AuthConfig {
        let mut config = AuthConfig::default();
        config.keys = vec![self.0.public_key_pem().parse().unwrap()];
        config
    }
}

/// A token for everything.
pub(crate) fn token() -> String {
    let encode = |part: Value| BASE64_URL_SAFE_NO_PAD.encode(part.to_string());
    let scope = "contacts:read contacts:write contacts:erase sites:write audit:read";
    let claims = json!({"sub": "desk", "exp": 4_000_000_000_u64, "scope": scope});
    let message = format!("{}.{}", encode(json!({"alg": "EdDSA"})), encode(claims));
    let signature = ISSUER.0.sign(message.as_bytes()).unwrap();
    format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

/// A function over the embedded list with these variables set, and without limits.
pub(crate) fn function(variables: &[(&str, &str)]) -> Function {
    limited(
        &[&[("LIMIT_EXPENSIVE", "off"), ("LIMIT_WRITES", "off"), ("LIMIT_LOGINS", "off")], variables]
            .concat(),
    )
}

/// The same with the limits that the variables say.
pub(crate) fn limited(variables: &[(&str, &str)]) -> Function {
    let lookup =
        |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let config = Config::from_variables(&Variables::new(lookup)).unwrap();
    let app = service().web(config.core.web.clone()).limits(config.core.limits).build();
    Function::new(app, None, config)
}

/// The whole reply of the function to an event, as JSON.
pub(crate) async fn invoke(function: &Function, event: &Value) -> Value {
    invoke_text(function, &event.to_string()).await.expect("an event that is a request")
}

/// The same for an event that is JSON, at best.
pub(crate) async fn invoke_text(function: &Function, event: &str) -> Result<Value, String> {
    let payload = serde_json::from_str(event).map_err(|error| error.to_string())?;
    let answer = function.invoke(LambdaEvent::new(payload, Context::default())).await;
    match answer.map_err(|error| error.error_message)? {
        FunctionResponse::BufferedResponse(reply) => Ok(serde_json::to_value(&reply).unwrap()),
        FunctionResponse::StreamingResponse(_) => {
            panic!("a streamed reply; the tests of the binary read those")
        }
    }
}
