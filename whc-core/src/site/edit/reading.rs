//! From a document to a site, unit by unit. Only what differs from what `GET` shows is read.

use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization;

use super::unit::{Unit, is_written};
use super::{Absent, REASON, SiteDocument, contradiction, derived, keys, structure};
use crate::site::field::{Kind, Members, Presentation, SiteField, Wrong};
use crate::site::{Site, Translations};
use crate::violation::{Violation, Violations, nearest};

/// The most violations that are found; more would not help.
const MOST_VIOLATIONS: usize = 50;

/// A document while it is read.
pub(super) struct Reading<'a> {
    document: &'a SiteDocument,
    before: Site,
    absent: Absent,
    site: Site,
    pub(super) violations: Vec<Violation>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(document: &'a SiteDocument, before: Site, absent: Absent) -> Self {
        Self { document, site: before.clone(), before, absent, violations: Vec::new() }
    }

    /// With the id, if there is one, as it is.
    pub(super) fn expecting_id(mut self) -> Self {
        let id = self.before.id;
        if self.given("id").is_some_and(|given| *given != json!(id.get())) {
            self.violations.push(Violation::of("id", format!("cannot change, this is site {id}")));
        }
        self
    }

    /// The site.
    pub(super) fn finish(mut self) -> Result<Site, Violations> {
        self.violations.extend(self.document.reason().err());
        Unit::all().for_each(|unit| self.read(unit));
        for name in self.document.members.keys() {
            self.check_other(name);
        }
        if self.site.status.superseded_by() == Some(self.site.id) {
            self.violations.push(Violation::of("superseded_by", "is another site than this one"));
        }
        self.blame_contradictions();
        let mut violations = Violations::default();
        self.violations.into_iter().take(MOST_VIOLATIONS).for_each(|violation| violations.push(violation));
        violations.none().map(|()| self.site)
    }

    /// Says what cannot be true together, at the member that says something new.
    fn blame_contradictions(&mut self) {
        for contradiction in contradiction::added(&self.before, &self.site, self.document.said_in) {
            let key = contradiction.keys.into_iter().find(|key| self.given(key).is_some());
            let violation = Violation::of(key.unwrap_or(contradiction.keys[0]), contradiction.reason);
            self.violations.push(violation);
        }
    }

    fn given(&self, key: &str) -> Option<&'a Value> {
        self.document.members.get(key)
    }

    /// What `GET` shows of `site`.
    fn shown(&self, site: &Site, field: &SiteField) -> Value {
        let presentation = Presentation { language: self.document.language, distance_km: None };
        serde_json::to_value(field.value(site, presentation)).unwrap_or_default()
    }

    fn read(&mut self, unit: Unit) {
        let mut members = Members::default();
        let mut changes = false;
        let found = self.violations.len();
        let leader = unit.fields().next().and_then(|field| self.given(field.name));
        for field in unit.fields() {
            let before = self.shown(&self.before, field);
            let value = match self.given(field.name) {
                Some(given) => self.wanted(given, &before),
                None => unsaid(field, &before, leader),
            };
            if self.is_required(field) {
                let hint = match self.absent {
                    Absent::Missing => ": PUT writes the whole site, PATCH what it names",
                    _ => "",
                };
                self.violations.push(Violation::of(field.name, format!("is missing{hint}")));
            } else if value != before || self.is_new(field) {
                changes = true;
                self.violations.extend(structure::violations(field, &value));
            }
            members.add(field, value);
        }
        if changes && self.violations.len() == found {
            self.write(unit, &members);
        }
    }

    /// Whether the value of the blank site is none that counts.
    fn is_new(&self, field: &SiteField) -> bool {
        self.absent == Absent::Unknown && REQUIRED.contains(&field.name)
    }

    fn is_required(&self, field: &SiteField) -> bool {
        match self.absent {
            Absent::Unknown => self.is_new(field) && self.given(field.name).is_none(),
            Absent::Missing => self.given(field.name).is_none(),
            Absent::Same => false,
        }
    }

    /// The value that is wanted: texts composed, as those of files are; objects merged where the rest stays.
    fn wanted(&self, given: &Value, before: &Value) -> Value {
        match (self.absent, given, before) {
            (_, given, before) if given == before => before.clone(),
            (Absent::Same, Value::Object(given), Value::Object(before)) => merged(before, given),
            _ => composed(given),
        }
    }

    fn write(&mut self, unit: Unit, members: &Members) {
        match unit {
            Unit::Value(field, _) => {
                if let Err(wrong) = field.read(&mut self.site, members) {
                    self.blame(field, members, &wrong);
                } else if field.name == "extended" {
                    self.site.extended.sort_unstable();
                    self.site.extended.dedup();
                }
            }
            Unit::Text(field, texts) => {
                let language = self.document.language;
                let text = members.value(field.name).and_then(Value::as_str).unwrap_or_default();
                let before: &Translations = texts(&mut self.site);
                if before.get(language).unwrap_or_default() != text {
                    texts(&mut self.site).set(language, text);
                }
            }
        }
    }

    /// Says what is wrong with a list item by item, if it is one of them.
    fn blame(&mut self, field: &'static SiteField, members: &Members, wrong: &Wrong) {
        let (key, mut scratch, mut found) = (wrong.key, self.before.clone(), Vec::new());
        let value = members.value(key);
        for (position, item) in value.and_then(Value::as_array).into_iter().flatten().enumerate() {
            let alone = members.with(key, json!([item]));
            if let Err(alone) = field.read(&mut scratch, &alone)
                && alone.key == key
            {
                let violation = invalid(&alone.reason).meaning(meant(&field.kind, item));
                found.push(violation.within(&position.to_string()).within(key));
            }
            if found.len() == MOST_VIOLATIONS {
                break;
            }
        }
        if found.is_empty() {
            let meant = value.and_then(|value| meant(&field.kind, value));
            found.push(invalid(&wrong.reason).meaning(meant).within(key));
        }
        self.violations.append(&mut found);
    }

    /// Checks a member that is not written.
    fn check_other(&mut self, name: &str) {
        if name == "id" || name == REASON || is_written(name) {
            return;
        }
        let Some(field) = keys().find(|field| field.name == name) else {
            let known: Vec<_> = keys().map(|field| field.name).chain([REASON]).collect();
            return self.violations.push(structure::unknown(name, &known));
        };
        let Some(source) = derived::source(name) else { return };
        let given = self.given(name);
        let says = |site: &Site| given == Some(&self.shown(site, field));
        let is_sourced = self
            .violations
            .iter()
            .any(|violation| violation.pointer.trim_start_matches('/').starts_with(source));
        if !is_sourced && !says(&self.site) && (self.absent == Absent::Unknown || !says(&self.before)) {
            let reason = match source {
                "id" => "follows from id; leave it out".to_owned(),
                source => format!("follows from {source}; change that, and leave {name} out"),
            };
            self.violations.push(Violation::of(name, reason));
        }
    }
}

/// The value of a field that the document does not have.
fn unsaid(field: &SiteField, before: &Value, leader: Option<&Value>) -> Value {
    let keeps = match (field.name, leader.and_then(Value::as_str), leader.and_then(Value::as_bool)) {
        ("year_left", Some("inscribed"), _) | ("danger_since", _, Some(false)) => false,
        ("superseded_by", Some(status), _) => status == "superseded",
        _ => true,
    };
    if keeps { before.clone() } else { Value::Null }
}

/// The keys without which there is no site, beside its id.
const REQUIRED: [&str; 3] = ["names", "category", "date_inscribed"];

fn invalid(reason: &str) -> Violation {
    Violation::of_all(format!("is wrong: {reason}"))
}

/// The word that was probably meant.
fn meant(kind: &Kind, value: &Value) -> Option<&'static str> {
    match kind {
        Kind::Word(words) => nearest(value.as_str()?, &words()),
        Kind::List(kind, _) | Kind::Nullable(kind) => meant(kind, value),
        _ => None,
    }
}

fn merged(before: &Map<String, Value>, given: &Map<String, Value>) -> Value {
    let mut merged = before.clone();
    for (name, value) in given {
        if value.is_null() {
            merged.remove(name);
        } else {
            merged.insert(name.clone(), composed(value));
        }
    }
    Value::Object(merged)
}

/// With texts in the form that names are compared in (NFC).
fn composed(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.nfc().collect()),
        Value::Array(items) => Value::Array(items.iter().map(composed).collect()),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.clone(), composed(value))).collect())
        }
        other => other.clone(),
    }
}
