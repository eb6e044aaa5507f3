//! Events of Lambda's event sources: the members of their four shapes that make a request.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// A request as an event. Its members are not parsed yet; nearly all can be missing or null.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Event<'a> {
    #[serde(borrow)]
    pub(crate) http_method: Option<&'a RawValue>,
    pub(crate) path: Option<&'a RawValue>,
    pub(crate) raw_path: Option<&'a RawValue>,
    pub(crate) raw_query_string: Option<&'a RawValue>,
    pub(crate) query_string_parameters: Option<&'a RawValue>,
    pub(crate) multi_value_query_string_parameters: Option<&'a RawValue>,
    pub(crate) headers: Option<&'a RawValue>,
    pub(crate) multi_value_headers: Option<&'a RawValue>,
    pub(crate) cookies: Option<&'a RawValue>,
    /// The route of the gateway that matched, and its parameters.
    pub(crate) resource: Option<&'a RawValue>,
    pub(crate) route_key: Option<&'a RawValue>,
    pub(crate) path_parameters: Option<&'a RawValue>,
    pub(crate) request_context: Option<Context<'a>>,
    pub(crate) body: Option<&'a RawValue>,
    pub(crate) is_base64_encoded: Option<&'a RawValue>,
}

/// The context of the request, by which sources differ.
#[derive(Deserialize)]
pub(crate) struct Context<'a> {
    #[serde(borrow)]
    pub(crate) elb: Option<&'a RawValue>,
    /// The request line, in payload version 2.
    pub(crate) http: Option<BTreeMap<String, &'a RawValue>>,
    /// Who asks, in payload version 1.
    pub(crate) identity: Option<BTreeMap<String, &'a RawValue>>,
    pub(crate) stage: Option<&'a RawValue>,
    pub(crate) path: Option<&'a RawValue>,
}

/// The source of an event, which decides the shape of the reply.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum EventSource {
    /// A REST API of API Gateway: payload version 1.
    Rest,
    /// An HTTP API of API Gateway or a Function URL: payload version 2.
    Http,
    /// A load balancer; `several` where its target group is set up for multi-value headers.
    Balancer { several: bool },
}

impl Event<'_> {
    /// The source of the event. `None` if it is not a request.
    pub(crate) fn source(&self) -> Option<EventSource> {
        let several = self.multi_value_headers.is_some();
        match &self.request_context {
            Some(context) if context.elb.is_some() => Some(EventSource::Balancer { several }),
            Some(context) if context.http.is_some() => Some(EventSource::Http),
            _ => self.http_method.map(|_| EventSource::Rest),
        }
    }
}

/// Names with their values, ordered by name, since the JSON objects of two event sources have no order.
#[derive(Default, Deserialize)]
pub(crate) struct Fields(BTreeMap<String, Values>);

struct Values(Vec<String>);

impl Fields {
    /// All values, each with its name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(name, values)| values.0.iter().map(move |value| (&**name, &**value)))
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Json {
            Several(Vec<String>),
            One(Option<String>),
        }
        Ok(Self(match Json::deserialize(deserializer)? {
            Json::Several(values) => values,
            Json::One(value) => value.into_iter().collect(),
        }))
    }
}

/// The value of a member of an event; the default where it is missing or null.
pub(crate) fn read<T: DeserializeOwned + Default>(part: Option<&RawValue>) -> serde_json::Result<T> {
    part.map_or(Ok(None), |json| serde_json::from_str(json.get())).map(Option::unwrap_or_default)
}
