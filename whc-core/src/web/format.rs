//! The formats sites come in, and which of them a request asks for.

use headers_accept::Accept;
use http::header::{ACCEPT, CONTENT_LANGUAGE, CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, Response};
use mediatype::{MediaType, Name, names};

use super::negotiation::joined;
use super::parameters::Parameters;
use super::problem::Problem;
use crate::body::Body;
use crate::site::Language;

/// A way to write sites down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// The envelope of this API.
    Json,
    /// A feature or a collection of features (RFC 7946).
    GeoJson,
    /// A table (RFC 4180).
    Csv,
    /// A JSON object a line.
    NdJson,
    /// A sequence of features (RFC 8142).
    GeoJsonSeq,
}

/// What a list can be, the preferred one first: it is what `*/*` gets.
pub(super) const LIST: &[Format] =
    &[Format::Json, Format::GeoJson, Format::Csv, Format::NdJson, Format::GeoJsonSeq];

/// What a single site can be.
pub(super) const SINGLE: &[Format] = &[Format::Json, Format::GeoJson];

/// What a table about the list can be.
pub(super) const TABLE: &[Format] = &[Format::Json, Format::Csv];

/// What a document of its own kind can be.
pub(super) const DOCUMENT: &[Format] = &[Format::Json];

impl Format {
    /// The value of `f=`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::GeoJson => "geojson",
            Self::Csv => "csv",
            Self::NdJson => "ndjson",
            Self::GeoJsonSeq => "geojsonseq",
        }
    }

    /// The value of `Content-Type`.
    fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            other => other.essence(),
        })
    }

    /// A body in this format, with its texts in `language`.
    pub(super) fn response(self, language: Language, body: impl Into<Body>) -> Response<Body> {
        let mut response = Response::new(body.into());
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, self.content_type());
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
        response
    }

    /// The media type without its parameters.
    pub(super) fn essence(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::GeoJson => "application/geo+json",
            Self::Csv => "text/csv",
            Self::NdJson => "application/x-ndjson",
            Self::GeoJsonSeq => "application/geo+json-seq",
        }
    }

    fn media_type(self) -> MediaType<'static> {
        const GEO: Name<'_> = Name::new_unchecked("geo");
        match self {
            Self::Json => MediaType::new(names::APPLICATION, names::JSON),
            Self::GeoJson => MediaType::from_parts(names::APPLICATION, GEO, Some(names::JSON), &[]),
            Self::Csv => MediaType::new(names::TEXT, names::CSV),
            Self::NdJson => MediaType::new(names::APPLICATION, Name::new_unchecked("x-ndjson")),
            Self::GeoJsonSeq => {
                let sequence = Some(Name::new_unchecked("json-seq"));
                MediaType::from_parts(names::APPLICATION, GEO, sequence, &[])
            }
        }
    }
}

/// The format to answer in: that of `f=`, else the best of `Accept`. A client that says nothing gets the first.
pub(super) fn negotiate(
    headers: &HeaderMap,
    parameters: &mut Parameters<'_>,
    offers: &[Format],
) -> Result<Format, Problem> {
    if parameters.text("f").is_some() {
        let words: Vec<_> = offers.iter().map(|format| format.name()).collect();
        return Ok(parameters.index_of("f", &words).map_or(Format::Json, |at| offers[at]));
    }
    let types: Vec<_> = offers.iter().map(|format| format.media_type()).collect();
    acceptable(headers, &types).map(|at| offers[at]).ok_or_else(|| {
        Problem::not_acceptable(&types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
    })
}

/// The place of the one of `offers` that `Accept` likes best; of the first where it says nothing.
pub(super) fn acceptable(headers: &HeaderMap, offers: &[MediaType<'_>]) -> Option<usize> {
    let accept = joined(headers, &ACCEPT);
    if accept.is_empty() || accept == "*/*" {
        return Some(0);
    }
    // A header that cannot be read says nothing (RFC 9110, 12.5.1 lets a server ignore it).
    let Ok(accept) = accept.parse::<Accept>() else { return Some(0) };
    accept.negotiate(offers).and_then(|chosen| offers.iter().position(|offer| offer == chosen))
}
