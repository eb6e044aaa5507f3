//! The formats of the exports, and telling them apart by their content.

use std::fmt;
use std::str::FromStr;

use super::decode;
use crate::error::{Error, Result};

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// The list as XML, in any of its shapes.
    Xml,
    /// A workbook of Excel 97 to 2003.
    Xls,
    /// A workbook of Excel since 2007.
    Xlsx,
    /// A table as text, with commas, semicolons or tabs.
    Csv,
    /// An array of records, or an object that holds one.
    Json,
    /// A `FeatureCollection`.
    GeoJson,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 6] = [Self::Xml, Self::Xls, Self::Xlsx, Self::Csv, Self::Json, Self::GeoJson];

    /// The usual extension of a file name, `xlsx`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Xml => "xml",
            Self::Xls => "xls",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::GeoJson => "geojson",
        }
    }

    /// The format `bytes` are in, judged by the bytes alone: an address that ends in `/xls/` may serve XLSX.
    ///
    /// # Errors
    /// An empty file, a web page and anything that is neither text nor a workbook are invalid.
    pub fn sniff(bytes: &[u8]) -> Result<Self> {
        if bytes.starts_with(b"PK\x03\x04") {
            return Ok(Self::Xlsx);
        }
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Ok(Self::Xls);
        }
        if bytes.starts_with(b"%PDF-") {
            return Err(Error::invalid(format!("the file is a PDF; {}", expected())));
        }
        if bytes.starts_with(&[0x1F, 0x8B]) {
            return Err(Error::invalid("the file is compressed with gzip: unpack it first"));
        }
        let start = decode::start(bytes);
        let text = start.trim_start();
        if text.is_empty() {
            return Err(Error::invalid("the file is empty"));
        }
        if text.contains('\0') {
            return Err(Error::invalid(format!("the file is neither text nor a workbook; {}", expected())));
        }
        Self::of_text(text)
    }

    fn of_text(text: &str) -> Result<Self> {
        let opening: String = text.chars().take(300).collect::<String>().to_ascii_lowercase();
        if ["<!doctype html", "<html", "<body", "<table"].iter().any(|tag| opening.starts_with(tag)) {
            let message = "the file is a web page, not an export; was the download refused or blocked?";
            return Err(Error::invalid(message));
        }
        Ok(match text.trim_start_matches('\u{1E}').chars().next() {
            Some('<') => Self::Xml,
            Some('{') if text.contains("\"FeatureCollection\"") => Self::GeoJson,
            Some('{' | '[') => Self::Json,
            _ => Self::Csv,
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.name().eq_ignore_ascii_case(text))
            .ok_or_else(|| Error::invalid(format!("{}, not \"{text}\"", expected())))
    }
}

fn expected() -> String {
    let names: Vec<_> = Format::ALL.into_iter().map(Format::name).collect();
    format!("an export is one of {}", names.join(", "))
}
