//! What a file is an export of, judged by its columns, and how far its fields are trusted.

use std::fmt;

use super::Format;
use super::finding::shortened;
use super::read::field::{Field, KEYS, is_portal};
use super::read::row::Listing;
use crate::error::{Error, Result};

/// The source of a file, which decides how far its fields are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Source {
    /// The list as XML: current in all but danger.
    List,
    /// The statistics of whc.unesco.org, as XLS, XLSX or CSV: current in all they have.
    Statistics,
    /// The data set whc001 of data.unesco.org: it lacks criterion (vi) and some regions.
    Portal,
    /// This service: current in all it has.
    Whc,
}

impl Source {
    /// The source of a file with these columns, and what shows it.
    ///
    /// # Errors
    /// Invalid are columns without a key of UNESCO's: any table has an `id`, which only whc001 means as UNESCO's number.
    pub(super) fn of(format: Format, rows: &Listing) -> Result<(Self, String)> {
        let portal = rows.columns.iter().find(|name| is_portal(name));
        let keys = || rows.columns.iter().filter(|name| Field::is_key(name));
        if keys().next().is_none() {
            return Err(no_key("no column has UNESCO's numbers of the sites", rows));
        }
        if portal.is_none() && keys().all(|name| name == "id") {
            return Err(no_key("a column \"id\" alone may count anything", rows));
        }
        Ok(match (format, portal) {
            (Format::Xml, _) => (Self::List, "it is XML".to_owned()),
            (_, Some(column)) => (Self::Portal, format!("only that has a column {column}")),
            _ => {
                let key = keys().next().map_or("id_no", String::as_str);
                (Self::Statistics, format!("it has a column {key}, and none that only whc001 has"))
            }
        })
    }
}

fn no_key(what: &str, rows: &Listing) -> Error {
    let columns: Vec<_> =
        rows.columns.iter().filter(|name| !name.is_empty()).take(40).map(|name| shortened(name)).collect();
    let found = columns.join(", ");
    Error::invalid(format!(
        "{what}; the columns are {found}. Official files call the numbers {KEYS}. Where this file has them, as 208 of \
         https://whc.unesco.org/en/list/208, name their column id_no"
    ))
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::List => "list of whc.unesco.org",
            Self::Statistics => "statistics of whc.unesco.org",
            Self::Portal => "data set whc001 of data.unesco.org",
            Self::Whc => "export of whc",
        })
    }
}
