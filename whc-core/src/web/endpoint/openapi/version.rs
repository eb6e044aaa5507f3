//! The variants of the description, and their negotiation.

use mediatype::MediaType;
use serde_json::Value;

use super::downgrade::to_3_0;
use crate::web::problem::Problem;
use crate::web::request::negotiation::acceptable;
use crate::web::request::{Parameters, RequestHeaders};

/// A version of the `OpenAPI` specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OpenApi {
    V3_0,
    V3_1,
}

impl OpenApi {
    /// A document that is written for 3.1, in this version.
    pub(super) fn convert(self, document: Value) -> Value {
        match self {
            Self::V3_0 => to_3_0(document),
            Self::V3_1 => document,
        }
    }
}

/// A version of the description under a media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variant {
    /// 3.0, the only version that GDAL, `OWSLib` and `ArcGIS` read; the default.
    V3_0,
    /// 3.1.
    V3_1,
    /// 3.0 for clients that know no media type but `application/json`.
    Json,
}

impl Variant {
    /// All of them, the preferred one first.
    pub(super) const ALL: [Self; 3] = [Self::V3_0, Self::V3_1, Self::Json];

    /// The value of `f=`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::V3_0 => "3.0",
            Self::V3_1 => "3.1",
            Self::Json => "json",
        }
    }

    /// The version it is in.
    pub(super) fn version(self) -> OpenApi {
        match self {
            Self::V3_0 | Self::Json => OpenApi::V3_0,
            Self::V3_1 => OpenApi::V3_1,
        }
    }

    /// The value of `Content-Type`, letter by letter as `OWSLib` and `ArcGIS` compare it.
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::V3_0 => "application/vnd.oai.openapi+json;version=3.0",
            Self::V3_1 => "application/vnd.oai.openapi+json;version=3.1",
            Self::Json => "application/json",
        }
    }

    /// The one of `f=`, else the best of `Accept`.
    pub(super) fn negotiate(
        headers: &RequestHeaders<'_>,
        parameters: &mut Parameters<'_>,
    ) -> Result<Self, Problem> {
        if parameters.text("f").is_some() {
            let at = parameters.index_of("f", &Self::ALL.map(Self::name));
            return Ok(at.map_or(Self::V3_0, |at| Self::ALL[at]));
        }
        let types = Self::ALL.map(Self::content_type);
        // The last one is for clients that name the type without a version: they get the default.
        let offers = types.into_iter().chain(["application/vnd.oai.openapi+json"]);
        let offers: Vec<_> = offers.filter_map(|text| MediaType::parse(text).ok()).collect();
        match acceptable(headers, &offers) {
            Some(at) => Ok(Self::ALL.get(at).copied().unwrap_or(Self::V3_0)),
            None => Err(Problem::not_acceptable(&types.join(", "))),
        }
    }
}
