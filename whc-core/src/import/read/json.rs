//! Records as JSON: the portal's exports and its API, files derived from them, and `GeoJSON`.

use serde_json::{Map, Value};

use super::field::{Field, normalized};
use super::row::{Listing, RawPoint, Row};
use crate::error::{Error, Result};
use crate::import::bounds::refuse_items;
use crate::import::finding::shortened;
use crate::import::{Format, MAX_ROWS, values};

/// Keys under which objects hold their records, and those under which they count them.
const LISTS: [&str; 4] = ["results", "records", "features", "data"];
const TOTALS: [&str; 4] = ["total_count", "total", "numberMatched", "nhits"];

/// Reads an array of records or an object that holds one.
pub(super) fn read(text: &str, format: Format) -> Result<Listing> {
    let document = parse(text.trim_start_matches('\u{FEFF}'))?;
    let features = document["type"] == "FeatureCollection" || document[0]["type"] == "Feature";
    if format == Format::GeoJson && !features {
        return Err(Error::invalid("the GeoJSON is not a FeatureCollection"));
    }
    let mut rows = Listing { claimed: claimed_rows(&document), ..Listing::default() };
    let records = match document {
        Value::Array(records) => records,
        Value::Object(mut object) => take_list(&mut object)?,
        _ => return Err(Error::invalid("the JSON is neither an array of records nor an object")),
    };
    if records.len() > MAX_ROWS {
        return Err(Error::refused(format!("the JSON has more than {MAX_ROWS} records")));
    }
    let mut points = 0;
    for (at, record) in records.into_iter().enumerate() {
        let Value::Object(record) = record else {
            return Err(Error::invalid(format!("record {} is not an object", at + 1)));
        };
        let row = read_record(at + 1, record, &mut rows);
        points += row.points.len();
        refuse_items(points)?;
        rows.rows.push(row);
    }
    Ok(rows)
}

/// One document, or JSON Lines: one record after another, perhaps each behind a record separator.
fn parse(text: &str) -> Result<Value> {
    values::check(text)?;
    let text = text.replace('\u{1E}', "\n");
    let mut documents = Vec::new();
    for document in serde_json::Deserializer::from_str(&text).into_iter::<Value>() {
        documents.push(document.map_err(unreadable)?);
        if documents.len() > MAX_ROWS {
            return Err(Error::refused(format!("the JSON has more than {MAX_ROWS} records")));
        }
    }
    Ok(match documents.len() {
        1 => documents.remove(0),
        _ => Value::Array(documents),
    })
}

fn unreadable(error: serde_json::Error) -> Error {
    let at = format!("at line {} column {}", error.line(), error.column());
    let error_kind = if error.is_eof() {
        Error::refused(format!("the JSON ends too early, {at}: it is only the start of an export"))
    } else {
        Error::invalid(format!("the JSON is damaged {at}"))
    };
    error_kind.with_source(error)
}

fn claimed_rows(document: &Value) -> Option<usize> {
    TOTALS.iter().find_map(|key| document.get(key)?.as_u64()).and_then(|total| usize::try_from(total).ok())
}

fn take_list(object: &mut Map<String, Value>) -> Result<Vec<Value>> {
    let list = LISTS.iter().find_map(|key| match object.get_mut(*key) {
        Some(Value::Array(list)) => Some(std::mem::take(list)),
        _ => None,
    });
    list.ok_or_else(|| {
        let keys: Vec<_> = object.keys().take(12).map(|key| shortened(key)).collect();
        let (found, expected) = (keys.join(", "), LISTS.join(", "));
        Error::invalid(format!("the JSON has no array of records under {expected}; its keys are {found}"))
    })
}

/// A flat record, a feature with properties and geometry, or a record of the portal's older API with `fields`.
fn read_record(number: usize, mut record: Map<String, Value>, rows: &mut Listing) -> Row {
    let mut row = Row::new(number);
    if let Some(geometry) = record.get("geometry")
        && let Some([longitude, latitude]) = geometry["coordinates"].as_array().and_then(|pair| pair.get(..2))
        && geometry["type"] == "Point"
    {
        row.set(Field::Longitude, 0, &plain(longitude));
        row.set(Field::Latitude, 0, &plain(latitude));
    }
    for inner in ["properties", "fields"] {
        if let Some(Value::Object(fields)) = record.remove(inner) {
            read_fields(fields, &mut row, rows);
        }
    }
    read_fields(record, &mut row, rows);
    row
}

fn read_fields(fields: Map<String, Value>, row: &mut Row, rows: &mut Listing) {
    for (key, value) in fields {
        let name = normalized(&key);
        rows.know_column(&name);
        match (Field::named(&name), &value) {
            (Some((Field::Coordinates, _)), Value::Object(point)) => {
                let [longitude, latitude] = [["lon", "longitude"], ["lat", "latitude"]]
                    .map(|keys| keys.iter().find_map(|key| point.get(*key)).map(plain).unwrap_or_default());
                row.set(Field::Longitude, 1, &longitude);
                row.set(Field::Latitude, 1, &latitude);
            }
            (Some((Field::Components, _)), Value::Array(parts)) if parts.iter().all(Value::is_object) => {
                row.points.extend(parts.iter().map(point_of));
            }
            _ => row.put(&name, &plain(&value)),
        }
    }
}

fn point_of(part: &Value) -> RawPoint {
    let text = |keys: [&str; 2]| keys.iter().find_map(|key| part.get(key)).map(plain).unwrap_or_default();
    RawPoint {
        longitude: text(["longitude", "lon"]),
        latitude: text(["latitude", "lat"]),
        country: text(["iso2", "iso_code"]),
    }
}

/// A value as a cell of a table would have it; arrays joined by commas.
fn plain(value: &Value) -> String {
    match value {
        Value::Null | Value::Object(_) => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(","),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
