//! The description of one route: an operation and its builder.

use http::{Method, StatusCode};
use serde_json::{Map, Value, json};

use super::responses::ANYWHERE;
use super::schema::{named, text, with};
use super::{headers, parameters, responses, security};
use crate::auth::Scope;
use crate::web::format::Format;

/// The description of one method on one path. HEAD and OPTIONS are not described.
pub(crate) struct Operation {
    about: Value,
    parameters: Vec<Value>,
    body: Option<Value>,
    answers: Map<String, Value>,
}

impl Operation {
    /// An operation under the name `id`, of the group `tag`.
    pub(crate) fn new(id: &str, tag: &str, summary: &str, description: &str) -> Self {
        let about = json!({"operationId": id, "tags": [tag], "summary": summary, "description": description});
        let operation = Self { about, parameters: Vec::new(), body: None, answers: Map::new() };
        operation.taking(&["X-Request-Id"]).failing(&ANYWHERE)
    }

    /// One that says how the service is.
    pub(crate) fn probe(id: &str, summary: &str, description: &str) -> Self {
        Self::new(id, "service", summary, description)
    }

    /// Takes the parameters with these names.
    pub(crate) fn taking(mut self, names: &[&str]) -> Self {
        self.parameters.extend(names.iter().map(|name| parameters::reference(name)));
        self
    }

    /// Takes these parameters of a route, but for `f`, which [`in_formats`](Self::in_formats) adds.
    pub(crate) fn taking_query(self, names: &[&str]) -> Self {
        let names: Vec<_> = names.iter().copied().filter(|name| *name != "f").collect();
        self.taking(&names).taking(&["Accept-Language"])
    }

    /// Takes a parameter of its own.
    pub(crate) fn taking_own(mut self, parameter: Value) -> Self {
        self.parameters.push(parameter);
        self
    }

    /// Comes in these formats, chosen with `f` or `Accept`.
    pub(crate) fn in_formats(self, formats: &[Format]) -> Self {
        let names: Vec<_> = formats.iter().map(|format| format.name()).collect();
        let f = parameters::formats(&names, "The format of the answer. Wins over `Accept`.");
        self.taking_own(f).failing(&[StatusCode::BAD_REQUEST, StatusCode::NOT_ACCEPTABLE])
    }

    /// Is about the data: its responses are cached, and it fails where the store does.
    pub(crate) fn cached(self) -> Self {
        self.taking(&["If-None-Match"]).failing(&[
            StatusCode::NOT_MODIFIED,
            StatusCode::INTERNAL_SERVER_ERROR,
            StatusCode::SERVICE_UNAVAILABLE,
        ])
    }

    /// Reads a body.
    pub(crate) fn reading(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// Answers like this.
    pub(crate) fn answering(mut self, status: StatusCode, answer: Value) -> Self {
        self.answers.insert(status.as_str().to_owned(), answer);
        self
    }

    /// May answer with the problems that have these statuses.
    pub(crate) fn failing(self, statuses: &[StatusCode]) -> Self {
        statuses.iter().fold(self, |operation, status| match responses::reference(*status) {
            Some(answer) => operation.answering(*status, answer),
            None => operation,
        })
    }

    /// Is for callers with all of these scopes.
    pub(crate) fn demanding(mut self, method: &Method, scopes: &[Scope]) -> Self {
        let description = self.about["description"].as_str().unwrap_or_default();
        self.about["description"] = [description, &security::sentence(scopes)].concat().into();
        self.about["security"] = security::requirement(method, scopes);
        self.failing(&[StatusCode::BAD_REQUEST, StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN])
            .failing(&[StatusCode::INTERNAL_SERVER_ERROR, StatusCode::SERVICE_UNAVAILABLE])
    }

    /// As a member of an item of `paths`, the answers by status.
    pub(crate) fn into_json(mut self) -> Value {
        self.answers.sort_keys();
        let body = self.body.map_or(json!({}), |body| json!({"requestBody": body}));
        let about = with(with(self.about, json!({"parameters": self.parameters})), body);
        with(about, json!({"responses": self.answers}))
    }
}

/// An answer with a body.
pub(crate) fn answer(description: &str, names: &[&str], content: &[(&str, Value)]) -> Value {
    let content: Map<_, _> =
        content.iter().map(|(media_type, body)| ((*media_type).to_owned(), body.clone())).collect();
    json!({"description": description, "headers": headers::references(names), "content": content})
}

/// A body of a named schema.
pub(crate) fn body(schema: &str, example: &Value) -> Value {
    json!({"schema": named(schema), "example": example})
}

/// A body that is no JSON.
pub(crate) fn plain(description: &str, example: &str) -> Value {
    json!({"schema": text(description), "example": example})
}
