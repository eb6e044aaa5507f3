//! What the JSON answers of the API have in common.

use serde::Serialize;

use super::links;
use crate::app::App;
use crate::error::{Error, Result};
use crate::site::Language;

/// Every JSON answer of the API has its content here.
#[derive(Serialize)]
pub(super) struct Envelope<D, M, L> {
    pub(super) data: D,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) meta: Option<M>,
    pub(super) links: L,
}

/// What is said about an answer that is not a page.
#[derive(Serialize)]
pub(super) struct Meta {
    total: u64,
    language: &'static str,
}

/// From such an answer to itself and to the sites it is about.
#[derive(Serialize)]
pub(super) struct Links {
    #[serde(rename = "self")]
    this: String,
    sites: String,
}

impl Meta {
    pub(super) fn new(total: u64, language: Language) -> Self {
        Self { total, language: language.code() }
    }
}

impl Links {
    /// `path` with the query `rest`, and the list of sites with the query `filters`.
    pub(super) fn new(app: &App, path: &str, rest: &str, filters: &str) -> Self {
        let this = links::with(&format!("{}{path}", app.web().public_url), rest);
        Self { this, sites: links::with(&links::sites(app), filters) }
    }
}

/// A document as text.
pub(super) fn json<T: Serialize>(document: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(document).map_err(|error| Error::internal("no JSON").with_source(error))
}
