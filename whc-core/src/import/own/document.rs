//! Tells an export of ours from others, and takes it apart into records.

use serde_json::{Map, Value};

use super::entry::Entry;
use super::records::Records;
use super::{is_ours, table};
use crate::error::{Error, Result};
use crate::import::finding::Findings;
use crate::import::{Export, Format, MAX_ROWS, values};

/// What marks the start of a feature in a sequence (RFC 8142).
const RECORD_SEPARATOR: char = '\u{1e}';

/// The export, if it is one of ours; `None` for every other file.
///
/// # Errors
/// It is one of ours, and damaged or not whole.
pub(in crate::import) fn read(bytes: &[u8]) -> Result<Option<Export>> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(None) };
    let text = text.trim_start_matches('\u{feff}');
    let found = match text.chars().next() {
        Some('{' | '[' | RECORD_SEPARATOR) => {
            values::check(text)?;
            of_lines(text).or_else(|| of_document(text))
        }
        _ => table::read(text),
    };
    let Some(records) = found else { return Ok(None) };
    let Records { format, language, moved, all: records } =
        records.map_err(|error| error.within("read as an export of whc"))?;
    if records.len() > MAX_ROWS {
        return Err(Error::refused(format!("the file has more than {MAX_ROWS} records")));
    }
    let mut findings = Findings::default();
    if moved > 0 {
        let found =
            format!("{moved} points of the geometry are others than longitude and latitude beside them");
        let done =
            "neither is read; take longitude and latitude out of the properties, and the geometry counts";
        findings.warn("longitude", found, done);
    }
    let entries = Entry::read_all(records, language, &mut findings)?;
    Ok(Some(Export::of_own(format, entries, findings)))
}

/// A record a line: `NDJSON`, or a sequence of features. Told by the first line.
fn of_lines(text: &str) -> Option<Result<Records>> {
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let line = |text: &str| serde_json::from_str::<Value>(text.trim_start_matches(RECORD_SEPARATOR));
    let (number, first) = lines.next()?;
    let first = line(first).ok()?;
    let format = if first["type"] == "Feature" { Format::GeoJson } else { Format::Json };
    let mut moved = 0;
    let first = record(first, &mut moved).filter(|record| is_ours(record.keys().map(String::as_str)))?;
    // One more than there may be.
    let rest = lines.take(MAX_ROWS).map(|(number, text)| {
        let found = line(text).ok().and_then(|value| record(value, &mut moved));
        let broken = || {
            Error::refused(format!("line {number} is no whole record: the file is damaged or only a part"))
        };
        Ok((number, found.ok_or_else(broken)?))
    });
    let records = std::iter::once(Ok((number, first))).chain(rest).collect::<Result<_>>();
    Some(records.map(|all| Records { format, language: None, moved, all }))
}

/// One JSON document: our envelope around a list or a site, a list of sites, a feature or a collection of them.
fn of_document(text: &str) -> Option<Result<Records>> {
    let mut document: Value = serde_json::from_str(text).ok()?;
    let language =
        document.pointer("/meta/language").and_then(Value::as_str).and_then(|code| code.parse().ok());
    let total = [&document["meta"]["total"], &document["numberMatched"]].into_iter().find_map(Value::as_u64);
    let returned =
        [&document["meta"]["returned"], &document["numberReturned"]].into_iter().find_map(Value::as_u64);
    // A collection of features has the question in its links only.
    let is_of_then =
        document.pointer("/meta/as_of").is_some() || document["links"].to_string().contains("as_of=");
    let format = if document["type"].is_string() { Format::GeoJson } else { Format::Json };
    let list = match document.get_mut("data") {
        Some(data) => data.take(),
        None => match document.get_mut("features") {
            Some(features) => features.take(),
            None => document,
        },
    };
    let list = match list {
        Value::Array(list) => list,
        one => vec![one],
    };
    let count = list.len() as u64;
    let mut moved = 0;
    let records: Option<Vec<_>> = list.into_iter().map(|value| record(value, &mut moved)).collect();
    let records = records?;
    let (first, _) = records.split_first()?;
    if !is_ours(first.keys().map(String::as_str)) {
        return None;
    }
    if is_of_then {
        let message =
            "the file has the list as it was at the end of a year, not as it is: export it without as_of";
        return Some(Err(Error::refused(message)));
    }
    if let Some(claimed) = returned.or(total).filter(|claimed| *claimed != count) {
        let message =
            format!("the file says it has {claimed} sites and has {count}: it is only a part of an export");
        return Some(Err(Error::refused(message)));
    }
    Some(Ok(Records { format, language, moved, all: (1..).zip(records).collect() }))
}

/// The members of an object, or of the properties of a feature with its point. Who moves a feature on a map leaves the numbers in
/// its properties as they were: where both are there and differ, neither is read, and it is counted as `moved`.
fn record(value: Value, moved: &mut usize) -> Option<Map<String, Value>> {
    let Value::Object(mut object) = value else { return None };
    let Some(Value::Object(mut properties)) = object.remove("properties") else { return Some(object) };
    let geometry = object.remove("geometry").unwrap_or_default();
    if geometry["type"] != "Point" {
        return Some(properties);
    }
    let drawn =
        [("longitude", 0), ("latitude", 1)].map(|(key, at)| (key, geometry["coordinates"][at].clone()));
    if drawn.iter().all(|(key, _)| !properties.contains_key(*key)) {
        properties.extend(drawn.map(|(key, degrees)| (key.to_owned(), degrees)));
    } else if drawn.iter().any(|(key, degrees)| is_other(properties.get(*key), degrees)) {
        *moved += 1;
        properties.retain(|key, _| drawn.iter().all(|(drawn, _)| drawn != key));
    }
    Some(properties)
}

/// Whether two numbers of degrees are of places a metre apart.
fn is_other(told: Option<&Value>, drawn: &Value) -> bool {
    const METRE: f64 = 1e-5;
    told.and_then(Value::as_f64).zip(drawn.as_f64()).is_some_and(|(told, drawn)| (told - drawn).abs() > METRE)
}
