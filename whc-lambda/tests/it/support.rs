//! Requests as each event source of Lambda would send them, and its answers as a client would get them.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use lambda_runtime::{Context, FunctionResponse, LambdaEvent};
use percent_encoding::percent_decode_str;
use rcgen::{KeyPair, PKCS_ED25519, SigningKey as _};
use serde_json::{Value, json};
use whc_core::auth::TokenAuthenticator;
use whc_core::config::{AuthConfig, Variables};
use whc_core::testing::MockClock;
use whc_core::{App, AppBuilder, MemoryContacts, MemorySites};
use whc_lambda::{Config, Function};

/// The event sources there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EventSource {
    Rest,
    Http,
    Balancer,
    BalancerOfSeveral,
    Url,
}

pub(crate) const EVENT_SOURCES: [EventSource; 5] = [
    EventSource::Rest,
    EventSource::Http,
    EventSource::Balancer,
    EventSource::BalancerOfSeveral,
    EventSource::Url,
];

/// A request as a client sends it.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: &'static str,
    pub(crate) target: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

/// An answer as a client gets it. Header names are sorted, several values of one joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Bytes,
}

impl Asked {
    pub(crate) fn get(target: impl Into<String>) -> Self {
        Self {
            method: "GET",
            target: target.into(),
            headers: vec![("x-request-id", "test-1".to_owned())],
            body: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn names(&self, header: &str) -> bool {
        self.headers.iter().any(|(name, _)| *name == header)
    }

    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    pub(crate) fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// Whether a header or a parameter is there more than once.
    pub(crate) fn repeats_itself(&self) -> bool {
        let parameters = self.parameters(str::to_owned);
        parameters.values().chain(self.fields().values()).any(|values| values.len() > 1)
    }

    /// The event of a source for it, with the body in base64.
    pub(crate) fn event(&self, source: EventSource) -> Value {
        match source {
            EventSource::Rest => self.rest(),
            EventSource::Http => self.version_2("heritage.example", "ANY /{proxy+}"),
            EventSource::Url => self.version_2("abc123.lambda-url.eu-central-1.on.aws", "$default"),
            EventSource::Balancer => self.balancer(false),
            EventSource::BalancerOfSeveral => self.balancer(true),
        }
    }

    /// The same with the body as it is, where it is a text.
    pub(crate) fn event_of_text(&self, source: EventSource) -> Value {
        let mut event = self.event(source);
        if let Ok(text) = std::str::from_utf8(&self.body) {
            event["isBase64Encoded"] = false.into();
            event["body"] = text.into();
        }
        event
    }

    /// Decodes path and query, and keeps no order of names.
    fn rest(&self) -> Value {
        let path = percent_decode_str(self.path()).decode_utf8_lossy();
        let decoded =
            |pair: &str| percent_decode_str(&pair.replace('+', " ")).decode_utf8_lossy().into_owned();
        let mut event = json!({
            "resource": "/{proxy+}", "path": path, "httpMethod": self.method,
            "pathParameters": {"proxy": &path[1..]},
            "requestContext": {"stage": "v1", "path": self.path(), "httpMethod": self.method, "protocol": "HTTP/1.1"},
        });
        Self::add_fields(
            &mut event,
            "queryStringParameters",
            "multiValueQueryStringParameters",
            &self.parameters(decoded),
        );
        Self::add_fields(&mut event, "headers", "multiValueHeaders", &self.fields());
        self.add_body(&mut event);
        event
    }

    fn version_2(&self, domain: &str, route: &str) -> Value {
        let joined: BTreeMap<_, _> =
            self.fields().into_iter().map(|(name, values)| (name, values.join(","))).collect();
        let mut event = json!({
            "version": "2.0", "routeKey": route, "rawPath": self.path(), "rawQueryString": self.query(),
            "headers": joined, "requestContext": {
                "domainName": domain, "stage": "$default", "http": {"method": self.method, "path": self.path()},
            },
        });
        if route != "$default" {
            event["pathParameters"] = json!({"proxy": &self.path()[1..]});
        }
        self.add_body(&mut event);
        event
    }

    /// Leaves names and values encoded; has the last value of each name, or all of them.
    fn balancer(&self, several: bool) -> Value {
        let mut event = json!({
            "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/whc/1"}},
            "httpMethod": self.method, "path": self.path(),
        });
        let parameters = self.parameters(str::to_owned);
        Self::add_fields(&mut event, "queryStringParameters", "multiValueQueryStringParameters", &parameters);
        Self::add_fields(&mut event, "headers", "multiValueHeaders", &self.fields());
        let left_out = if several {
            ["queryStringParameters", "headers"]
        } else {
            ["multiValueQueryStringParameters", "multiValueHeaders"]
        };
        event.as_object_mut().unwrap().retain(|name, _| !left_out.contains(&name.as_str()));
        self.add_body(&mut event);
        event
    }

    fn parameters(&self, decode: impl Fn(&str) -> String) -> BTreeMap<String, Vec<String>> {
        let mut parameters = BTreeMap::<_, Vec<_>>::new();
        for pair in self.query().split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            parameters.entry(decode(name)).or_default().push(decode(value));
        }
        parameters
    }

    fn fields(&self) -> BTreeMap<String, Vec<String>> {
        let mut fields = BTreeMap::<_, Vec<_>>::new();
        for (name, value) in &self.headers {
            fields.entry((*name).to_owned()).or_default().push(value.clone());
        }
        fields
    }

    /// With one value a name, the last, and with all of them.
    fn add_fields(event: &mut Value, one: &str, all: &str, fields: &BTreeMap<String, Vec<String>>) {
        let last = |(name, values): (&String, &Vec<String>)| (name.clone(), json!(values.last()));
        event[one] = Value::Object(fields.iter().map(last).collect());
        event[all] = json!(fields);
    }

    fn add_body(&self, event: &mut Value) {
        event["isBase64Encoded"] = json!(!self.body.is_empty());
        event["body"] =
            if self.body.is_empty() { Value::Null } else { json!(BASE64_STANDARD.encode(&self.body)) };
    }
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
