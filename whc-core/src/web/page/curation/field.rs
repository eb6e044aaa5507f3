//! The fields of a site in a form, with the rules beside them, and what is wrong with what was typed.

use serde_json::{Map, Value};

use super::{REASON, value};
use crate::site::field::{Kind, Presentation, SiteField};
use crate::site::{FieldName, LONGEST_REASON, Language, Site, writable};
use crate::violation::Violation;
use crate::web::page::form::{Control, Field, Wrong};
use crate::web::page::language;
use crate::web::request::Form;

/// The field that has a text in each language.
const NAMES: &str = "names";
/// Those that are checked value by value: none of them may be set.
pub(super) const SEVERAL: [&str; 2] = ["criteria", "regions"];

/// Every field that can be written, the names first.
fn all() -> impl Iterator<Item = &'static SiteField> {
    let names = |field: &&SiteField| field.name == NAMES;
    writable().filter(names).chain(writable().filter(move |field| !names(field)))
}

/// The fields of `site`, with texts in this language.
pub(super) fn of_site(site: &Site, text_language: Language) -> Vec<Field> {
    let shown = |field: &SiteField| {
        let presentation = Presentation { language: text_language, ..Presentation::default() };
        serde_json::to_value(field.value(site, presentation)).unwrap_or_default()
    };
    fields(text_language, |field, _, code| {
        let shown = shown(field);
        match code {
            Some(code) => shown[code].as_str().unwrap_or_default().to_owned(),
            None => value::to_text(&field.kind, &shown),
        }
    })
}

/// The fields as somebody has filled them in; what the form leaves out is as `site` has it.
pub(super) fn of_form(sent: &Form, site: &Site, text_language: Language) -> Vec<Field> {
    let typed = |field: Field| {
        let value = sent.values(field.name).collect::<Vec<_>>().join("\n");
        if is_sent(sent, field.name) { Field { value, ..field } } else { field }
    };
    of_site(site, text_language).into_iter().map(typed).collect()
}

/// Whether a form says something of a field: of checkboxes browsers send those that are set, so that none says nothing.
fn is_sent(sent: &Form, name: &str) -> bool {
    let is_checked = SEVERAL.contains(&name) && sent.value("_checks").is_some();
    is_checked || sent.values(name).next().is_some()
}

fn fields(
    text_language: Language,
    value: impl Fn(&SiteField, &'static str, Option<&'static str>) -> String,
) -> Vec<Field> {
    let mut fields = Vec::new();
    for field in all() {
        if field.name == NAMES {
            fields.extend(names().map(|(name, language)| Field {
                name,
                label: format!("Name in {}", in_english(language)).into(),
                hint: String::new(),
                control: Control::Line("", ""),
                value: value(field, name, Some(language.code())),
                now: None,
                completed_by: "off",
            }));
            continue;
        }
        fields.push(Field {
            name: field.name,
            label: label(field, text_language).into(),
            hint: hint(field),
            control: control(&field.kind, field.name),
            value: value(field, field.name, None),
            now: None,
            completed_by: "off",
        });
    }
    fields
}

/// The names of the fields with the name in each language.
fn names() -> impl Iterator<Item = (&'static str, Language)> {
    Language::ALL.into_iter().filter_map(|language| {
        let name = FieldName::find(&format!("name_{}", language.code()))?;
        Some((name.as_str(), language))
    })
}

fn in_english(language: Language) -> &'static str {
    ["English", "French", "Spanish", "Russian", "Arabic", "Chinese"][language as usize]
}

fn label(field: &SiteField, text_language: Language) -> String {
    let words = field.name.replace('_', " ");
    let (first, rest) = words.split_at(1);
    let label = format!("{}{rest}", first.to_ascii_uppercase());
    match field.name {
        "short_description" | "justification" => format!("{label} in {}", language::name(text_language)),
        "danger" => "In danger".to_owned(),
        "danger_since" => "In danger since".to_owned(),
        "danger_past" => "Past dangers".to_owned(),
        "criteria_complete" => "Criteria are complete".to_owned(),
        "extended" => "Extensions".to_owned(),
        "year_left" => "Year in which it left".to_owned(),
        "transboundary" => "Across borders".to_owned(),
        "area_hectares" => "Area in hectares".to_owned(),
        _ => label,
    }
}

fn hint(field: &SiteField) -> String {
    // What comes after a semicolon is about answers.
    let meaning = field.description.split([';', '.']).next().unwrap_or_default().replace('`', "");
    format!("{meaning}.{}{}", rule(&field.kind), value::notation(&field.kind))
}

fn rule(kind: &Kind) -> String {
    match kind {
        Kind::Nullable(kind) => format!("{} Empty where it is not known.", rule(kind)),
        Kind::Whole(least, Some(most)) => format!(" From {least} to {most}."),
        Kind::Degrees(most) => format!(" From -{most} to {most}."),
        Kind::Positive => " Over 0.".to_owned(),
        Kind::NotNegative => " From 0 on.".to_owned(),
        Kind::Pattern(_) => " Q and digits.".to_owned(),
        _ => String::new(),
    }
}

fn control(kind: &Kind, name: &str) -> Control {
    match kind {
        Kind::Nullable(kind) => control(kind, name),
        Kind::Flag => Control::Choice(vec![("true", "yes"), ("false", "no")]),
        Kind::Word(words) => Control::Choice(words().into_iter().map(|word| (word, word)).collect()),
        Kind::List(Kind::Word(words), _) => Control::Checks(words()),
        Kind::List(Kind::Object("State" | "Component"), _) => Control::Lines,
        Kind::Whole(..) => Control::Line("short", " inputmode=\"numeric\""),
        Kind::Degrees(_) | Kind::Positive | Kind::NotNegative => {
            Control::Line("short", " inputmode=\"decimal\"")
        }
        _ if matches!(name, "short_description" | "justification") => Control::Lines,
        _ => Control::Line("middle", ""),
    }
}

/// The field in which somebody says why.
pub(super) fn reason(sent: Option<&Form>) -> Field {
    Field {
        name: REASON,
        label: "Why".into(),
        hint: format!("For everybody to read in the history, up to {LONGEST_REASON} characters"),
        control: Control::Line("", ""),
        value: sent.and_then(|sent| sent.value(REASON)).unwrap_or_default().to_owned(),
        now: None,
        completed_by: "off",
    }
}

/// What was sent, in the words of the API. A field that is not there stays as it is, but for those whose values are checked.
pub(super) fn document(sent: &Form) -> Value {
    let mut document = Map::new();
    let mut translations = Map::new();
    for (name, language) in names() {
        if let Some(text) = sent.value(name) {
            let text = Some(text.trim()).filter(|text| !text.is_empty());
            translations.insert(language.code().to_owned(), text.map_or(Value::Null, Value::from));
        }
    }
    if !translations.is_empty() {
        document.insert(NAMES.to_owned(), translations.into());
    }
    for field in all().filter(|field| field.name != NAMES) {
        if is_sent(sent, field.name) {
            let text = sent.values(field.name).collect::<Vec<_>>().join("\n");
            document.insert(field.name.to_owned(), value::from_text(&field.kind, &text));
        }
    }
    if let Some(reason) = super::reason(sent) {
        document.insert(REASON.to_owned(), reason.into());
    }
    document.into()
}

/// What is wrong, at the field where it can be put right.
pub(super) fn wrong(violation: &Violation) -> Wrong {
    let mut path = violation.pointer.trim_start_matches('/').split('/');
    let name = path.next().unwrap_or_default();
    let part = path.next().unwrap_or_default();
    if name == NAMES {
        let found = names().find(|(_, language)| language.code() == part);
        let (name, language) = found.unwrap_or(("name_en", Language::English));
        return Wrong::new(name, format!("The name in {} {}", in_english(language), violation.reason));
    }
    if name == REASON {
        return Wrong::new(REASON, format!("The reason {}", violation.reason));
    }
    let Some(field) = all().find(|field| field.name == name) else {
        return Wrong::new("name_en", format!("{name} {}", violation.reason));
    };
    let label = label(field, Language::English);
    match part.parse::<usize>() {
        Ok(position) => {
            Wrong::new(field.name, format!("{label}, number {}: {}", position + 1, violation.reason))
        }
        Err(_) => Wrong::new(field.name, format!("{label} {}", violation.reason)),
    }
}
