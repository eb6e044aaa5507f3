//! Reads a file: from bytes to a record for each site.

mod archive;
mod biff;
mod bytes;
mod clean;
mod column;
mod components;
mod compound;
mod csv;
mod fault;
pub(super) mod field;
mod header;
mod json;
mod language;
mod numeral;
pub(super) mod record;
mod rival;
pub(super) mod row;
mod shared;
mod sheet;
pub(super) mod value;
mod xml;

use std::collections::HashMap;

use self::field::Field;
use self::record::{Record, Unusable};
use self::row::{Listing, Row};
use super::bounds::refuse_items;
use super::damaged::warn_of_lost;
use super::decode::{Decoded, Encoding};
use super::export::Export;
use super::finding::Findings;
use super::long::warn_of_long;
use super::reading::Reading;
use super::repeated::Repeated;
use super::source::Source;
use super::{Format, MAX_BYTES, decode, own, tolerable};
use crate::error::{Error, Result};
use crate::site::{Language, SiteId};

/// Reads a file in the format given, or else in the one its content shows.
///
/// # Errors
/// Invalid is what is no export at all or lacks the column with the key; refused is what is damaged, truncated, too
/// large, in another encoding or language than it seems, or has too many rows that cannot be used. The message says which.
pub fn read(bytes: &[u8], format: Option<Format>) -> Result<Export> {
    read_with(bytes, &Reading::new(format, None), &mut |_, _| {})
}

/// As [`read`], and calls `progress` after every row with the number of rows done and of all.
///
/// # Errors
/// As [`read`].
pub fn read_with(bytes: &[u8], reading: &Reading, progress: &mut dyn FnMut(usize, usize)) -> Result<Export> {
    if bytes.len() > MAX_BYTES {
        let size = bytes.len() >> 20;
        return Err(Error::refused(format!("the file has {size} MiB; the most is {}", MAX_BYTES >> 20)));
    }
    if let Some(export) = own::read(bytes)? {
        progress(export.len(), export.len());
        return Ok(export);
    }
    let sniffed = Format::sniff(bytes);
    let format = match (reading.format, &sniffed) {
        (Some(format), _) => format,
        (None, Ok(format)) => *format,
        (None, Err(_)) => return Err(sniffed.err().unwrap_or_else(|| Error::internal("no format"))),
    };
    let mut findings = Findings::default();
    let table = table(bytes, format, reading.encoding, &mut findings).map_err(|error| match sniffed {
        Ok(sniffed) if sniffed != format => {
            error.within(format!("read as {format}, though it looks like {sniffed}"))
        }
        _ => error.within(format!("read as {format}")),
    })?;
    understand(table, format, findings, progress)
}

/// The rows of a file, and what it is an export of.
struct Table {
    rows: Listing,
    source: Source,
    evidence: String,
}

fn table(bytes: &[u8], format: Format, encoding: Option<Encoding>, findings: &mut Findings) -> Result<Table> {
    let is_text = !matches!(format, Format::Xls | Format::Xlsx);
    let decoded = is_text.then(|| decode::text(bytes, encoding, findings));
    let rows = match &decoded {
        None => sheet::read(bytes, format, findings)?,
        Some(Decoded { text, .. }) => match format {
            Format::Xml => xml::read(text)?,
            Format::Json | Format::GeoJson => json::read(text, format)?,
            _ => csv::read(text, findings)?,
        },
    };
    if let Some(claimed) = rows.claimed.filter(|claimed| *claimed != rows.rows.len()) {
        let found = rows.rows.len();
        let what = if found < claimed {
            "it is only a part of an export; fetch all of it"
        } else {
            "rows were added; add them to a table, which does not say how many it has"
        };
        let message = format!("the file says it has {claimed} rows and has {found}: {what}");
        return Err(Error::refused(message));
    }
    if rows.rows.is_empty() {
        return Err(Error::refused("the file has no rows"));
    }
    let (source, evidence) = Source::of(format, &rows)?;
    if decoded.is_some_and(|decoded| decoded.guessed) {
        believe_guess(&rows, findings)?;
    }
    Ok(Table { rows, source, evidence })
}

/// A text that is not UTF-8 is Windows-1252 where it has the names that are known.
fn believe_guess(rows: &Listing, findings: &mut Findings) -> Result<()> {
    let (agreeing, all) = language::agreement(rows)?;
    if all > 0 && agreeing * 10 >= all * 9 {
        let found = format!(
            "the text is not UTF-8; {agreeing} of {all} names with accents are right as Windows-1252"
        );
        findings.warn(None, found, "it was read as that");
        return Ok(());
    }
    Err(Error::refused(format!(
        "the text is not UTF-8, and as Windows-1252 only {agreeing} of {all} names with accents are those known; save it \
         as UTF-8, or say what it is in: --encoding macintosh, for example"
    )))
}

fn understand(
    table: Table,
    format: Format,
    mut findings: Findings,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Export> {
    let Table { mut rows, source, evidence } = table;
    let (used, ignored) = rows.columns.iter().cloned().partition(|name| Field::named(name).is_some());
    let nothings: usize = rows.rows.iter_mut().map(Row::settle_nothings).sum();
    if nothings > 0 {
        let found = format!("{nothings} cells have a word that stands for nothing, as NULL, NA or -");
        findings.note(None, found, "read as empty");
    }
    rival::note(&rows, &mut findings);
    warn_of_lost(rows.rows.iter().map(|row| row.lost).sum(), &mut findings);
    warn_of_long(rows.rows.iter().map(|row| row.long).sum(), &mut findings);
    language::settle(&mut rows, &mut findings)?;
    column::settle_areas(&mut rows, &mut findings);
    column::leave_out_unreadable(&mut rows, &mut findings);
    let total = rows.rows.len();
    let mut taken: HashMap<SiteId, &Row> = HashMap::new();
    let mut records = Vec::with_capacity(total);
    let (mut unusable, mut repeated, mut items) = (Vec::new(), Repeated::default(), 0);
    for (done, row) in rows.rows.iter().enumerate() {
        match read_row(row, source, &mut taken, &mut findings) {
            Ok(Told::New(record)) => {
                items += record.components.len() + record.states.len();
                refuse_items(items)?;
                records.push(*record);
            }
            Ok(Told::Again(first)) => repeated.count(row.number, row.agrees_in_name(first)),
            Err(problem) => unusable.push((row.number, problem)),
        }
        progress(done + 1, total);
    }
    refuse_unusable(&unusable, total)?;
    repeated.check(total)?;
    records.sort_by_key(|record| record.id);
    findings.at(None, None);
    note_missing_translations(&records, &mut findings);
    Ok(Export {
        format,
        source,
        evidence,
        used,
        ignored,
        findings: findings.into_list(),
        mentioned: taken.into_keys().collect(),
        records,
        own: Vec::new(),
    })
}

/// What a row tells.
enum Told<'a> {
    New(Box<Record>),
    /// Of a site that this row before is about.
    Again(&'a Row),
}

fn read_row<'a>(
    row: &'a Row,
    source: Source,
    taken: &mut HashMap<SiteId, &'a Row>,
    findings: &mut Findings,
) -> Result<Told<'a>, String> {
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
            format!("row {} is about the same site", first.number),
            "the first row counts",
        );
        return Ok(Told::Again(first));
    }
    taken.insert(id, row);
    let read = findings.of_values(|findings| Record::read(row, id, source, findings));
    let mut record = read.map_err(|problem| skip(problem, findings))?;
    fault::mend(&mut record, findings);
    Ok(Told::New(Box::new(record)))
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
