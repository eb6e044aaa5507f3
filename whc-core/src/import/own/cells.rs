//! A cell of a table as the value that JSON has for it.

use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::site::field::{Kind, SiteField};
use crate::site::{Criteria, Criterion, Language};

/// The value of `field`, which a table, or a feature with flat properties, has as text.
///
/// # Errors
/// The text is none of this field.
pub(super) fn value(field: &SiteField, value: Value) -> Result<Value> {
    let Value::String(text) = &value else { return Ok(value) };
    match (field.name, &field.kind) {
        ("criteria", _) => {
            let criteria: Criteria = text.parse()?;
            Ok(criteria.iter().map(Criterion::numeral).collect())
        }
        ("extended", _) => text.split(' ').map(number).collect(),
        ("regions", _) => Ok(text.split("; ").map(Value::from).collect()),
        ("states", _) => Ok(text.split("; ").map(state).collect()),
        ("danger_past", _) => text.split(' ').map(span).collect(),
        ("components", _) => points(text),
        (_, Kind::Texts) => Ok(texts(text)),
        (_, kind) => scalar(kind, text),
    }
}

fn scalar(kind: &Kind, text: &str) -> Result<Value> {
    match kind {
        Kind::Nullable(kind) => scalar(kind, text),
        Kind::Flag => match text {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(Error::invalid(format!("\"{text}\" is neither true nor false"))),
        },
        Kind::Whole(..) | Kind::Degrees(_) | Kind::Positive | Kind::NotNegative => number(text),
        _ => Ok(text.into()),
    }
}

fn number(text: &str) -> Result<Value> {
    let none = || Error::invalid(format!("\"{text}\" is not a number"));
    if let Ok(whole) = text.parse::<u64>() {
        return Ok(whole.into());
    }
    let number: f64 = text.parse().map_err(|_| none())?;
    serde_json::Number::from_f64(number).map(Value::from).ok_or_else(none)
}

/// `EC Ecuador`, or a name without a code.
fn state(text: &str) -> Value {
    match text.split_once(' ') {
        Some((code, name)) if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            json!({"iso_code": code, "name": name})
        }
        _ => json!({"iso_code": null, "name": text}),
    }
}

/// `2007-2010`.
fn span(text: &str) -> Result<Value> {
    let (from, to) =
        text.split_once('-').ok_or_else(|| Error::invalid(format!("\"{text}\" is no span of years")))?;
    Ok(json!({"from": number(from)?, "to": number(to)?}))
}

/// `MULTIPOINT ((-90.5 -0.7), (12 34))`, which has no countries.
fn points(text: &str) -> Result<Value> {
    let none = || Error::invalid("it is no MULTIPOINT ((longitude latitude), …)");
    let inside =
        text.strip_prefix("MULTIPOINT ((").and_then(|rest| rest.strip_suffix("))")).ok_or_else(none)?;
    let point = |pair: &str| {
        let (longitude, latitude) = pair.split_once(' ').ok_or_else(none)?;
        Ok(json!({"longitude": number(longitude)?, "latitude": number(latitude)?, "iso_code": null}))
    };
    inside.split("), (").map(point).collect()
}

/// `en Quito; fr Ville de Quito`: a language begins where its code follows a semicolon.
fn texts(text: &str) -> Value {
    let mut texts: Vec<(&str, String)> = Vec::new();
    for part in text.split("; ") {
        let known = part.split_once(' ').filter(|(code, _)| Language::ALL.map(Language::code).contains(code));
        match (known, texts.last_mut()) {
            (Some((code, text)), _) => texts.push((code, text.to_owned())),
            (None, Some((_, before))) => {
                before.push_str("; ");
                before.push_str(part);
            }
            (None, None) => {}
        }
    }
    texts
        .into_iter()
        .map(|(code, text)| (code.to_owned(), Value::from(text)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}
