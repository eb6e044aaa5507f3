//! A record of ours: the members of a site that it carries, with valid values where there are any.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry::{Occupied, Vacant};

use serde_json::{Map, Value, json};

use super::cells;
use super::records::Numbered;
use super::unfit::{PROSE, Unfit};
use crate::error::{Error, Result};
use crate::import::bounds::refuse_items;
use crate::import::finding::Findings;
use crate::import::repeated::Repeated;
use crate::import::statement::Statement;
use crate::import::tolerable;
use crate::site::field::SiteField;
use crate::site::{CountryCode, Language, Region, SiteId, Translations, Year, state_name};

/// What one record says of a site.
#[derive(Clone, Debug)]
pub(in crate::import) struct Entry {
    /// See [`Finding::row`](crate::import::Finding::row).
    row: usize,
    pub(in crate::import) id: SiteId,
    /// The language that was asked for: names that are in it are, and descriptions may be.
    pub(super) language: Language,
    /// By key. What is null or empty is not there: it never erases what is known.
    members: BTreeMap<&'static str, Value>,
}

impl Entry {
    /// The entries of all records, ordered by id, each id once.
    ///
    /// # Errors
    /// Refused, if more than a few records cannot be used.
    pub(super) fn read_all(
        records: Vec<Numbered>,
        language: Option<Language>,
        findings: &mut Findings,
    ) -> Result<Vec<Self>> {
        let language = language.or_else(|| language_of(&records)).unwrap_or_default();
        let total = records.len();
        let (mut entries, mut first, mut bad) = (BTreeMap::<SiteId, Self>::new(), None, 0);
        let mut repeated = Repeated::default();
        let (mut unfit, mut items) = (Unfit::default(), 0);
        for (row, mut record) in records {
            unfit.leave_out_of(&mut record);
            match Self::read(row, language, record) {
                Ok(entry) => match entries.entry(entry.id) {
                    Occupied(before) => {
                        let agrees =
                            entry.text("name").is_some_and(|name| before.get().text("name") == Some(name));
                        repeated.count(row, agrees);
                        findings.at(Some(row), Some(entry.id));
                        let found = "a row before is about the same site".to_owned();
                        findings.warn("id", found, "the first row counts");
                    }
                    Vacant(place) => {
                        items += entry.items();
                        refuse_items(items)?;
                        place.insert(entry);
                    }
                },
                Err(error) => {
                    findings.at(Some(row), None);
                    findings.warn(None, error.to_string(), "the row is skipped");
                    first = first.or(Some((row, error)));
                    bad += 1;
                }
            }
        }
        findings.at(None, None);
        unfit.report(findings);
        repeated.check(total)?;
        match first {
            Some((row, error)) if bad > tolerable(total) || bad == total => {
                let message =
                    format!("{bad} of {total} rows cannot be used, the first of them row {row}: {error}");
                Err(Error::refused(message))
            }
            _ => Ok(entries.into_values().collect()),
        }
    }

    fn read(row: usize, language: Language, record: Map<String, Value>) -> Result<Self> {
        let (mut members, has_codes) = (BTreeMap::new(), record.contains_key("iso_codes"));
        for (key, value) in record {
            let key = if key == "left" { "year_left" } else { &key };
            let Some(field) = SiteField::named(key).filter(|_| !is_blank(&value)) else { continue };
            let value = cells::value(field, value).map_err(|error| error.within(field.name))?;
            members.insert(field.name, value);
        }
        let id = members.get("id").and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
        let id = id.ok_or_else(|| Error::invalid("id: it is missing or no number"))?;
        let id = SiteId::new(id).map_err(|error| error.within("id"))?;
        Ok(Self { row, id, language, members }.completed(has_codes))
    }

    /// With the states and regions that a table has in other words. It has a column of codes for the names of states; where
    /// there is none, the names stand alone, and are not read.
    fn completed(mut self, has_codes: bool) -> Self {
        if has_codes && !self.members.contains_key("states") {
            let states = self.states();
            self.members.extend(states.map(|states| ("states", states)));
        }
        let regions = self.text("region").filter(|_| !self.members.contains_key("regions"));
        if let Some(regions) = regions {
            let names = regions.split(", ").map(|name| name.parse().map(Region::name));
            if let Ok(names) = names.collect::<Result<Vec<_>>>() {
                self.members.insert("regions", names.into());
            }
        }
        self
    }

    /// Codes and names stand in one order, the states without a code last.
    fn states(&self) -> Option<Value> {
        let words = |key: &str, separator| -> Vec<&str> {
            self.text(key).into_iter().flat_map(|text| text.split(separator)).collect()
        };
        let (codes, names) = (words("iso_codes", " "), words("states_name", "; "));
        let of_code = |code: &str| code.parse::<CountryCode>().ok().and_then(state_name);
        let count = if names.is_empty() { codes.len() } else { names.len() };
        let state = |at: usize| {
            let code = codes.get(at).copied();
            let name = names.get(at).copied().or_else(|| of_code(code?)).or(code);
            json!({"iso_code": code, "name": name})
        };
        (count > 0 && codes.len() <= count).then(|| (0..count).map(state).collect())
    }

    /// The value of a key, where there is one.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.members.get(key)
    }

    /// Whether it has a name and does not say in which language.
    pub(super) fn has_name_without_language(&self) -> bool {
        self.get("names").is_none() && self.text("name").is_some() && self.names().is_empty()
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    pub(super) fn year(&self, key: &str) -> Option<Year> {
        let year = self.get(key)?.as_u64()?;
        Year::new(u16::try_from(year).ok()?).ok()
    }

    /// Its descriptions and justifications.
    pub(in crate::import) fn prose(&self) -> impl Iterator<Item = &str> {
        let values = PROSE.into_iter().filter_map(|key| self.get(key));
        values.flat_map(|value| value.as_str().into_iter().chain(texts(value).map(|(_, text)| text)))
    }

    /// How many items its lists have together.
    fn items(&self) -> usize {
        self.members.values().filter_map(Value::as_array).map(Vec::len).sum()
    }

    /// The keys that it has.
    pub(in crate::import) fn keys(&self) -> Vec<String> {
        self.members.keys().map(|key| (*key).to_owned()).collect()
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.members.iter().map(|(key, value)| (*key, value))
    }
}

impl Statement for Entry {
    fn row(&self) -> usize {
        self.row
    }

    fn id(&self) -> SiteId {
        self.id
    }

    fn names(&self) -> Translations {
        if let Some(names) = self.get("names") {
            return texts(names).collect();
        }
        let language = self.text("language").and_then(|code| code.parse().ok());
        language.zip(self.text("name")).into_iter().collect()
    }

    fn inscribed(&self) -> Option<Year> {
        self.year("date_inscribed")
    }
}

/// The texts of an object by language.
pub(super) fn texts(told: &Value) -> impl Iterator<Item = (Language, &str)> {
    let members = told.as_object().into_iter().flatten();
    members.filter_map(|(code, text)| Some((code.parse().ok()?, text.as_str()?)))
}

/// The language that was asked for: that of the names that are not in English, which stands in for missing ones.
fn language_of(records: &[Numbered]) -> Option<Language> {
    let languages = records.iter().filter_map(|(_, record)| record.get("language")?.as_str()?.parse().ok());
    languages.max_by_key(|language| *language != Language::English)
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
