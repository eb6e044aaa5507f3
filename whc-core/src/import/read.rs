//! Reads a file: from bytes to a record for each site.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use super::field::{self, Field, KEYS};
use super::finding::Findings;
use super::record::{self, Record, Unusable};
use super::row::{Listing, Row};
use super::{Format, MAX_BYTES, csv, decode, json, own, sheet, tolerable, xml};
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::site::{Language, SiteId, Year};

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

/// A file that was read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Export {
    /// The format it is in.
    pub format: Format,
    /// Where it comes from, judged by its columns.
    pub source: Source,
    /// The newest year of inscription in it. About that year it may not have said everything yet.
    pub edition: Option<Year>,
    /// What was unusual.
    pub findings: Vec<Finding>,
    /// The records, ordered by id, each id once.
    pub(super) records: Vec<Record>,
    /// Of an export of ours, in place of them.
    pub(super) own: Vec<own::Entry>,
    /// Every id in it, also those of rows that could not be used.
    pub(super) mentioned: BTreeSet<SiteId>,
}

impl Export {
    /// An export of ours with these records, ordered by id.
    pub(super) fn of_own(format: Format, own: Vec<own::Entry>, findings: Findings) -> Self {
        Self {
            format,
            source: Source::Whc,
            edition: own.iter().filter_map(|entry| entry.year("date_inscribed")).max(),
            findings: findings.into_list(),
            records: Vec::new(),
            mentioned: own.iter().map(|entry| entry.id).collect(),
            own,
        }
    }

    /// How many sites it describes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len() + self.own.len()
    }

    /// Whether it describes no site; [`read`] never returns such a one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Reads a file in the format given, or else in the one its content shows.
///
/// # Errors
/// Invalid is what is no export at all or lacks the column with the key; refused is what is damaged, truncated, too
/// large, or has too many rows that cannot be used. The message says which.
pub fn read(bytes: &[u8], format: Option<Format>) -> Result<Export> {
    read_with(bytes, format, &mut |_, _| {})
}

/// As [`read`], and calls `progress` after every row with the number of rows done and of all.
///
/// # Errors
/// As [`read`].
pub fn read_with(
    bytes: &[u8],
    format: Option<Format>,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Export> {
    if bytes.len() > MAX_BYTES {
        let size = bytes.len() >> 20;
        return Err(Error::refused(format!("the file has {size} MiB; the most is {}", MAX_BYTES >> 20)));
    }
    if let Some(export) = own::read(bytes)? {
        progress(export.len(), export.len());
        return Ok(export);
    }
    let sniffed = Format::sniff(bytes);
    let format = match (format, &sniffed) {
        (Some(format), _) => format,
        (None, Ok(format)) => *format,
        (None, Err(_)) => return Err(sniffed.err().unwrap_or_else(|| Error::internal("no format"))),
    };
    let mut findings = Findings::default();
    let rows = rows(bytes, format, &mut findings).map_err(|error| match sniffed {
        Ok(sniffed) if sniffed != format => {
            error.within(format!("read as {format}, though it looks like {sniffed}"))
        }
        _ => error.within(format!("read as {format}")),
    })?;
    understand(&rows, format, findings, progress)
}

fn rows(bytes: &[u8], format: Format, findings: &mut Findings) -> Result<Listing> {
    let rows = match format {
        Format::Xml => xml::read(&decode::text(bytes, findings))?,
        Format::Csv => csv::read(&decode::text(bytes, findings), findings)?,
        Format::Json | Format::GeoJson => json::read(&decode::text(bytes, findings), format)?,
        Format::Xls | Format::Xlsx => sheet::read(bytes, format, findings)?,
    };
    if let Some(claimed) = rows.claimed.filter(|claimed| *claimed != rows.rows.len()) {
        let message = format!(
            "the file says it has {claimed} rows and has {}: it is only a part of an export; fetch all of it",
            rows.rows.len()
        );
        return Err(Error::refused(message));
    }
    if rows.rows.is_empty() {
        return Err(Error::refused("the file has no rows"));
    }
    if !rows.has_key() {
        let columns: Vec<_> = rows.columns.iter().take(40).map(String::as_str).collect();
        let found = columns.join(", ");
        return Err(Error::invalid(format!("no column has the key {KEYS}; the columns are {found}")));
    }
    Ok(rows)
}

fn understand(
    rows: &Listing,
    format: Format,
    mut findings: Findings,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Export> {
    let source = source(format, rows);
    let total = rows.rows.len();
    let mut taken: HashMap<SiteId, usize> = HashMap::new();
    let mut records = Vec::with_capacity(total);
    let mut unusable = Vec::new();
    for (done, row) in rows.rows.iter().enumerate() {
        match read_row(row, source, &mut taken, &mut findings) {
            Ok(record) => records.extend(record),
            Err(problem) => unusable.push((row.number, problem)),
        }
        progress(done + 1, total);
    }
    refuse_unusable(&unusable, total)?;
    records.sort_by_key(|record| record.id);
    findings.at(None, None);
    note_missing_translations(&records, &mut findings);
    Ok(Export {
        format,
        source,
        edition: edition(&records, &mut findings),
        findings: findings.into_list(),
        mentioned: taken.into_keys().collect(),
        records,
        own: Vec::new(),
    })
}

/// The record of a row; `None` for the second row of a site.
fn read_row(
    row: &Row,
    source: Source,
    taken: &mut HashMap<SiteId, usize>,
    findings: &mut Findings,
) -> Result<Option<Record>, String> {
    findings.at(Some(row.number), None);
    let skip = |Unusable(field, reason): Unusable, findings: &mut Findings| {
        findings.warn(field.name(), reason.clone(), "the row is skipped");
        format!("{}: {reason}", field.name())
    };
    let id = record::id(row).map_err(|problem| skip(problem, findings))?;
    findings.at(Some(row.number), Some(id));
    if let Some(first) = taken.get(&id) {
        findings.warn(
            Field::Id.name(),
            format!("row {first} is about the same site"),
            "the first row counts",
        );
        return Ok(None);
    }
    taken.insert(id, row.number);
    Record::read(row, id, source, findings).map(Some).map_err(|problem| skip(problem, findings))
}

fn refuse_unusable(unusable: &[(usize, String)], total: usize) -> Result<()> {
    let Some((row, reason)) = unusable.first() else { return Ok(()) };
    if unusable.len() <= tolerable(total) && unusable.len() < total {
        return Ok(());
    }
    let count = unusable.len();
    let message = format!("{count} of {total} rows cannot be used, the first of them row {row}: {reason}");
    Err(Error::refused(message))
}

fn source(format: Format, rows: &Listing) -> Source {
    if format == Format::Xml {
        Source::List
    } else if rows.columns.iter().any(|name| field::is_portal(name)) {
        Source::Portal
    } else {
        Source::Statistics
    }
}

/// The newest year of inscription. In a file of some size a single year far after all others is a slip and does not
/// count.
fn edition(records: &[Record], findings: &mut Findings) -> Option<Year> {
    const SIZE: usize = 100;
    const GAP: u16 = 10;
    let mut years: BTreeSet<Year> = records.iter().filter_map(|record| record.inscribed).collect();
    while let Some(last) = years.pop_last() {
        let alone = records.iter().filter(|record| record.inscribed == Some(last)).count() == 1;
        let before = years.last().filter(|_| alone && records.len() >= SIZE);
        if before.is_none_or(|before| last.get() - before.get() <= GAP) {
            return Some(last);
        }
        let found = format!("{last} is far after every other year of inscription");
        findings.warn(Field::Inscribed.name(), found, "not taken for the year of the file");
    }
    None
}

/// Missing translations are normal; how many there are is worth one line.
fn note_missing_translations(records: &[Record], findings: &mut Findings) {
    let missing = Language::ALL.into_iter().filter_map(|language| {
        let count = records.iter().filter(|record| record.names.get(language).is_none()).count();
        (count > 0 && count < records.len()).then(|| format!("{language} {count}"))
    });
    let missing: Vec<_> = missing.collect();
    if !missing.is_empty() {
        let found = format!("names are missing in some languages: {}", missing.join(", "));
        findings.note(None, found, "those known before are kept");
    }
}
