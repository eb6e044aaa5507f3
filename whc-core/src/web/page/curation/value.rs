//! Values of a site as text that people write, and back.

use serde_json::{Map, Number, Value, json};

use crate::site::field::Kind;

/// The value as it stands in a field.
pub(super) fn to_text(kind: &Kind, value: &Value) -> String {
    match (kind, value) {
        (_, Value::Null) => String::new(),
        (Kind::Nullable(kind), value) => to_text(kind, value),
        (Kind::List(item, _), Value::Array(items)) => {
            let items: Vec<_> = items.iter().map(|value| to_text(item, value)).collect();
            items.join(separator(item))
        }
        (Kind::Object(name), value) => object_to_text(name, value),
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    }
}

/// What stands in a field as a value. What is none stays as it is, to be refused.
pub(super) fn from_text(kind: &Kind, text: &str) -> Value {
    match kind {
        Kind::Nullable(_) if text.trim().is_empty() => Value::Null,
        Kind::Nullable(kind) => from_text(kind, text),
        Kind::List(item, _) => {
            let items = text.split(['\n', if separator(item) == "\n" { '\n' } else { ',' }]);
            items.map(str::trim).filter(|item| !item.is_empty()).map(|text| from_text(item, text)).collect()
        }
        Kind::Object(name) => object_from_text(name, text),
        Kind::Flag => match text.trim() {
            "true" => true.into(),
            "false" => false.into(),
            other => other.into(),
        },
        Kind::Whole(..) | Kind::Degrees(_) | Kind::Positive | Kind::NotNegative => number(text.trim()),
        _ => text.trim().into(),
    }
}

/// What stands between the items of a list of these.
fn separator(item: &Kind) -> &'static str {
    match item {
        Kind::Object("State" | "Component") | Kind::Word(_) => "\n",
        _ => ", ",
    }
}

/// How a list is written, where that is not plain.
pub(super) fn notation(kind: &Kind) -> &'static str {
    match kind {
        Kind::List(Kind::Object("State"), _) => {
            " A line for each: its code of two letters and its name, EC Ecuador; - for a state without a code."
        }
        Kind::List(Kind::Object("Component"), _) => {
            " A line for each: longitude, latitude and the code of the state, -90.5 -0.69 EC; the code may be left out."
        }
        Kind::List(Kind::Object("Period"), _) => {
            " The first and the last year of each, 1996..2007, with commas between."
        }
        Kind::List(Kind::Whole(..), _) => " With commas between.",
        _ => "",
    }
}

fn number(text: &str) -> Value {
    text.parse::<Number>().map_or_else(|_| text.into(), Value::from)
}

fn object_to_text(name: &str, value: &Value) -> String {
    let member = |name: &str| match &value[name] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let code = |code: String| if code.is_empty() { "-".to_owned() } else { code };
    match name {
        "State" => format!("{} {}", code(member("iso_code")), member("name")),
        "Period" => format!("{}..{}", member("from"), member("to")),
        _ => {
            let [longitude, latitude, code] = ["longitude", "latitude", "iso_code"].map(member);
            format!("{longitude} {latitude} {code}").trim_end().to_owned()
        }
    }
}

fn object_from_text(name: &str, text: &str) -> Value {
    let given = |code: &str| if code.is_empty() || code == "-" { Value::Null } else { code.into() };
    match name {
        "State" => {
            let (code, name) = text.split_once(char::is_whitespace).unwrap_or(("", text));
            json!({"iso_code": given(code), "name": name.trim()})
        }
        "Period" => {
            let (from, to) = text.split_once("..").unwrap_or((text, ""));
            json!({"from": number(from.trim()), "to": number(to.trim())})
        }
        _ => {
            let mut words = text.split_whitespace();
            let mut member = |name: &str, value: fn(&str) -> Value| {
                (name.to_owned(), value(words.next().unwrap_or_default()))
            };
            let mut part: Map<_, _> =
                [member("longitude", number), member("latitude", number)].into_iter().collect();
            let (_, code) = member("iso_code", |code| code.into());
            part.insert("iso_code".to_owned(), given(code.as_str().unwrap_or_default()));
            Value::Object(part)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{from_text, to_text};
    use crate::site::field::{Presentation, SiteField};
    use crate::site::{embedded, writable};

    /// A form that is sent as it was shown changes nothing, whatever site it is about.
    #[test]
    fn what_is_shown_is_what_is_read() {
        let known = embedded().unwrap();
        for site in &known {
            for field in writable().filter(|field| field.name != "names") {
                let value = serde_json::to_value(field.value(site, Presentation::default())).unwrap();
                let text = to_text(&field.kind, &value);
                assert_eq!(from_text(&field.kind, &text), value, "{} of {}: {text}", field.name, site.id);
            }
        }
        assert!(known.len() > 1000);
    }

    #[test]
    fn what_is_none_stays_to_be_refused() {
        for (name, text, expected) in [
            ("date_inscribed", "next year", r#""next year""#),
            ("area_hectares", " ", "null"),
            ("extended", "2001, x,", r#"[2001,"x"]"#),
            ("danger_past", "1996", r#"[{"from":1996,"to":""}]"#),
            (
                "states",
                "- Jerusalem\n\nEC  Ecuador",
                r#"[{"iso_code":null,"name":"Jerusalem"},{"iso_code":"EC","name":"Ecuador"}]"#,
            ),
            ("components", "1.5 x", r#"[{"longitude":1.5,"latitude":"x","iso_code":null}]"#),
            ("danger", "maybe", r#""maybe""#),
        ] {
            let kind = SiteField::named(name).unwrap().kind;
            assert_eq!(from_text(&kind, text).to_string(), expected, "{name}");
        }
    }
}
