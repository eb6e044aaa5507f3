//! Events as the front doors of Lambda send them: the parts of all four shapes that make a request.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

/// Names with their values, ordered: the JSON objects of two doors have no order to keep.
pub(crate) type Fields = BTreeMap<String, Values>;

/// What stands beside a name.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Values {
    One(String),
    Many(Vec<String>),
    None(()),
}

/// A request as an event. What a door does not send is missing or null.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Event {
    pub(crate) http_method: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) raw_path: Option<String>,
    pub(crate) raw_query_string: Option<String>,
    pub(crate) query_string_parameters: Option<Fields>,
    pub(crate) multi_value_query_string_parameters: Option<Fields>,
    pub(crate) headers: Option<Fields>,
    pub(crate) multi_value_headers: Option<Fields>,
    pub(crate) cookies: Option<Vec<String>>,
    /// The route of the gateway that matched, `/{proxy+}`, and what its parameters are.
    pub(crate) resource: Option<String>,
    pub(crate) route_key: Option<String>,
    pub(crate) path_parameters: Option<BTreeMap<String, String>>,
    pub(crate) request_context: Option<Context>,
    pub(crate) body: Option<String>,
    pub(crate) is_base64_encoded: Option<bool>,
}

/// What a door knows beyond the request.
#[derive(Deserialize)]
pub(crate) struct Context {
    pub(crate) stage: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) http: Option<Http>,
}

/// The request line, where it is in a place of its own.
#[derive(Deserialize)]
pub(crate) struct Http {
    pub(crate) method: Option<String>,
    pub(crate) path: Option<String>,
}

/// Where an event comes from, and so what the answer has to look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// A REST API of API Gateway: payload version 1.
    Rest,
    /// An HTTP API of API Gateway or a Function URL: payload version 2.
    Http,
    /// A load balancer; with several values to a header where its target group is set up so.
    Balancer { several: bool },
}

impl Door {
    /// The door an event came through. `None` where it is no request at all.
    pub(crate) fn of(event: &RawValue) -> Option<Self> {
        // Nothing is looked at that a request decides: what a stranger wrote cannot hide where it came from.
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Outline {
            http_method: Option<IgnoredAny>,
            multi_value_headers: Option<IgnoredAny>,
            request_context: Option<Context>,
        }
        #[derive(Deserialize)]
        struct Context {
            elb: Option<IgnoredAny>,
            http: Option<IgnoredAny>,
        }
        let outline: Outline = serde_json::from_str(event.get()).ok()?;
        match outline.request_context {
            Some(Context { elb: Some(_), .. }) => {
                Some(Self::Balancer { several: outline.multi_value_headers.is_some() })
            }
            Some(Context { http: Some(_), .. }) => Some(Self::Http),
            _ => outline.http_method.map(|_| Self::Rest),
        }
    }
}

impl Values {
    /// The values, in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        let values = match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
            Self::None(()) => &[],
        };
        values.iter().map(String::as_str)
    }
}
