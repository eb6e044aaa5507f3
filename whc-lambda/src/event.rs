//! Events as the event sources of Lambda send them: the parts of all four shapes that make a request.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// A request as an event, or what calls itself one: of its texts none is read yet. Nearly all can be missing or null.
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
    /// The route of the gateway that matched, and what its parameters are.
    pub(crate) resource: Option<&'a RawValue>,
    pub(crate) route_key: Option<&'a RawValue>,
    pub(crate) path_parameters: Option<&'a RawValue>,
    pub(crate) request_context: Option<Context<'a>>,
    pub(crate) body: Option<&'a RawValue>,
    pub(crate) is_base64_encoded: Option<&'a RawValue>,
}

/// What a source knows beyond the request.
#[derive(Deserialize)]
pub(crate) struct Context<'a> {
    #[serde(borrow)]
    pub(crate) elb: Option<&'a RawValue>,
    /// The request line, where it has a place of its own.
    pub(crate) http: Option<BTreeMap<String, &'a RawValue>>,
    pub(crate) stage: Option<&'a RawValue>,
    pub(crate) path: Option<&'a RawValue>,
}

/// Where an event comes from, and so what the answer has to look like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum EventSource {
    /// A REST API of API Gateway: payload version 1.
    Rest,
    /// An HTTP API of API Gateway or a Function URL: payload version 2.
    Http,
    /// A load balancer; with several values to a header where its target group is set up so.
    Balancer { several: bool },
}

impl Event<'_> {
    /// The source it came through. `None` where it is no request at all.
    pub(crate) fn source(&self) -> Option<EventSource> {
        let several = self.multi_value_headers.is_some();
        match &self.request_context {
            Some(context) if context.elb.is_some() => Some(EventSource::Balancer { several }),
            Some(context) if context.http.is_some() => Some(EventSource::Http),
            _ => self.http_method.map(|_| EventSource::Rest),
        }
    }
}

/// Names with their values, ordered: the JSON objects of two event sources have no order to keep.
#[derive(Default, Deserialize)]
pub(crate) struct Fields(BTreeMap<String, Values>);

struct Values(Vec<String>);

impl Fields {
    /// Every value with its name.
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

/// What a part of an event says; what it is by default where the part is missing or null.
pub(crate) fn read<T: DeserializeOwned + Default>(part: Option<&RawValue>) -> serde_json::Result<T> {
    part.map_or(Ok(None), |json| serde_json::from_str(json.get())).map(Option::unwrap_or_default)
}
