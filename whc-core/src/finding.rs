//! A finding of an import: a place in the file, the problem there, and what was done about it.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::site::SiteId;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Severity {
    /// Good to know; nothing is lost.
    Note,
    /// A person should look: part of the file was not used, or an unlikely change was accepted.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
        })
    }
}

/// Something unusual in a file, shown as
/// `row 12, site 208, area_hectares: "many" is not a number; the area known is kept`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// The row as a spreadsheet counts, the header being the first; in XML and JSON the number of the record.
    /// `None` for findings about the whole file.
    pub row: Option<usize>,
    /// The site it is about.
    #[serde(serialize_with = "write_site", deserialize_with = "read_site")]
    pub site: Option<SiteId>,
    /// The field it is about, as the statistics file names its column.
    pub field: Option<Cow<'static, str>>,
    /// What was found.
    pub found: String,
    /// What was done about it.
    pub done: String,
}

impl Finding {
    /// A finding about the whole file.
    #[must_use]
    pub fn new(severity: Severity, found: impl Into<String>, done: impl Into<String>) -> Self {
        Self { severity, row: None, site: None, field: None, found: found.into(), done: done.into() }
    }

    /// The same about this site.
    #[must_use]
    pub fn about(self, site: SiteId) -> Self {
        Self { site: Some(site), ..self }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = [
            self.row.map(|row| format!("row {row}")),
            self.site.map(|site| format!("site {site}")),
            self.field.as_deref().map(str::to_owned),
        ];
        let place: Vec<_> = place.into_iter().flatten().collect();
        if !place.is_empty() {
            write!(f, "{}: ", place.join(", "))?;
        }
        write!(f, "{}; {}", self.found, self.done)
    }
}

#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde passes the field")]
fn write_site<S: Serializer>(site: &Option<SiteId>, serializer: S) -> Result<S::Ok, S::Error> {
    site.map(SiteId::get).serialize(serializer)
}

fn read_site<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SiteId>, D::Error> {
    let number = Option::<u32>::deserialize(deserializer)?;
    number.map(SiteId::new).transpose().map_err(serde::de::Error::custom)
}
