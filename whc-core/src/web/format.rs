//! The formats of responses, and the documents in each.

mod body_builder;
pub(crate) mod csv;
mod encoding;
mod fields;
#[cfg(feature = "pages")]
pub(crate) mod image;
pub(crate) mod json;
mod link;
mod listing;
#[cfg(feature = "pages")]
pub(crate) mod map;
#[cfg(feature = "pages")]
pub(crate) mod plot;
pub(crate) mod rows;
pub(crate) mod timestamp;

use http::Response;
#[cfg(feature = "pages")]
use http::header::CONTENT_SECURITY_POLICY;
use http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, HeaderValue};
use mediatype::{MediaType, Name, names};

pub(crate) use self::body_builder::BodyBuilder;
pub(crate) use self::encoding::Encoding;
pub(crate) use self::fields::{Fields, KEYS};
pub(crate) use self::link::{PageLinks, SelfLinks, with_query};
pub(crate) use self::listing::Listing;
pub(crate) use self::rows::{Row, RowLinks};
use crate::body::Body;
#[cfg(feature = "pages")]
use crate::site::Category;
use crate::site::Language;

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// The envelope of this API.
    Json,
    /// A feature or a collection of features (RFC 7946).
    GeoJson,
    /// A table (RFC 4180).
    Csv,
    /// The same table after a byte order mark, by which Excel knows that it is in UTF-8.
    CsvWithBom,
    /// A JSON object a line.
    NdJson,
    /// A sequence of features (RFC 8142).
    GeoJsonSeq,
    /// A page for people.
    Html,
    /// A map as an image.
    #[cfg(feature = "pages")]
    Svg,
}

/// The class of what shows a category, in the style sheet of the pages.
#[cfg(feature = "pages")]
pub(crate) fn class_of(category: Category) -> &'static str {
    match category {
        Category::Cultural => "cultural",
        Category::Natural => "natural",
        Category::Mixed => "mixed",
    }
}

/// An image needs nothing from anywhere and runs nothing, whoever shows it.
#[cfg(feature = "pages")]
pub(crate) const IMAGE_POLICY: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

impl Format {
    /// The formats of a list. The first one is the default.
    pub(crate) const LIST: &[Self] = &[
        Self::Json,
        Self::GeoJson,
        Self::Csv,
        Self::NdJson,
        Self::GeoJsonSeq,
        #[cfg(feature = "pages")]
        Self::Svg,
    ];
    /// The formats that programs read. Browsers name images beside pages.
    #[cfg(feature = "pages")]
    pub(crate) const DATA: &[Self] = &[Self::Json, Self::GeoJson, Self::Csv, Self::NdJson, Self::GeoJsonSeq];
    /// The formats of a single site.
    pub(crate) const SINGLE: &[Self] = &[Self::Json, Self::GeoJson];
    /// The formats of a table about the list.
    pub(crate) const TABLE: &[Self] = &[Self::Json, Self::Csv];
    /// The formats whose sites are features.
    pub(crate) const FEATURES: &[Self] = &[Self::GeoJson, Self::GeoJsonSeq];
    /// The formats of other documents.
    pub(crate) const DOCUMENT: &[Self] = &[Self::Json];

    /// The value of `f=`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::GeoJson => "geojson",
            Self::Csv | Self::CsvWithBom => "csv",
            Self::NdJson => "ndjson",
            Self::GeoJsonSeq => "geojsonseq",
            Self::Html => "html",
            #[cfg(feature = "pages")]
            Self::Svg => "svg",
        }
    }

    /// How the name of a file ends.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::CsvWithBom => "excel.csv",
            other => other.name(),
        }
    }

    /// What stands before the document.
    fn mark(self) -> &'static str {
        if self == Self::CsvWithBom { "\u{feff}" } else { "" }
    }

    /// Formats as a request names them: `f=geojson or f=geojsonseq`.
    pub(crate) fn list(formats: &[Self]) -> String {
        formats.iter().map(|format| format!("f={}", format.name())).collect::<Vec<_>>().join(" or ")
    }

    /// The value of `Content-Type`.
    fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Csv | Self::CsvWithBom => "text/csv; charset=utf-8; header=present",
            Self::Html => "text/html; charset=utf-8",
            other => other.essence(),
        })
    }

    /// A body in this format, with its texts in `language`.
    pub(crate) fn response(self, language: Language, body: impl Into<Body>) -> Response<Body> {
        let mut response = Response::new(body.into());
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, self.content_type());
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
        #[cfg(feature = "pages")]
        if self == Self::Svg {
            headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(IMAGE_POLICY));
        }
        response
    }

    /// Whether `Accept` can choose it. Browsers accept images wherever they ask for a page, and mean pages.
    pub(crate) fn is_negotiated(self) -> bool {
        !self.is_image()
    }

    /// Whether a list in it comes in pages; a map shows all sites.
    pub(crate) fn has_pages(self) -> bool {
        !self.is_image()
    }

    #[cfg(feature = "pages")]
    fn is_image(self) -> bool {
        self == Self::Svg
    }

    #[cfg(not(feature = "pages"))]
    #[expect(clippy::unused_self, reason = "the signature of the build that has images")]
    fn is_image(self) -> bool {
        false
    }

    /// The media type without its parameters.
    pub(crate) fn essence(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::GeoJson => "application/geo+json",
            Self::Csv | Self::CsvWithBom => "text/csv",
            Self::NdJson => "application/x-ndjson",
            Self::GeoJsonSeq => "application/geo+json-seq",
            Self::Html => "text/html",
            #[cfg(feature = "pages")]
            Self::Svg => "image/svg+xml",
        }
    }

    /// The media type, to be negotiated.
    pub(crate) fn media_type(self) -> MediaType<'static> {
        const GEO: Name<'_> = Name::new_unchecked("geo");
        match self {
            Self::Json => MediaType::new(names::APPLICATION, names::JSON),
            Self::GeoJson => MediaType::from_parts(names::APPLICATION, GEO, Some(names::JSON), &[]),
            Self::Csv | Self::CsvWithBom => MediaType::new(names::TEXT, names::CSV),
            Self::NdJson => MediaType::new(names::APPLICATION, Name::new_unchecked("x-ndjson")),
            Self::GeoJsonSeq => {
                let sequence = Some(Name::new_unchecked("json-seq"));
                MediaType::from_parts(names::APPLICATION, GEO, sequence, &[])
            }
            Self::Html => MediaType::new(names::TEXT, names::HTML),
            #[cfg(feature = "pages")]
            Self::Svg => MediaType::from_parts(names::IMAGE, names::SVG, Some(names::XML), &[]),
        }
    }
}
