//! What the JSON answers of the API have in common.

use serde::Serialize;

use crate::error::{Error, Result};

/// Every JSON answer of the API has its content here.
#[derive(Serialize)]
pub(super) struct Envelope<D, M, L> {
    pub(super) data: D,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) meta: Option<M>,
    pub(super) links: L,
}

/// A document as text.
pub(super) fn json<T: Serialize>(document: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(document).map_err(|error| Error::internal("no JSON").with_source(error))
}
