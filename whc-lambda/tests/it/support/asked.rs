//! Requests as each event source of Lambda would send them.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

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
