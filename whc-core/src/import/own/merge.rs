//! Merges a record of ours into the site known before: exactly the facts that it carries.

use serde_json::Value;

use super::danger::danger;
use super::entry::{self, Entry};
use crate::error::{Error, Result};
use crate::import::damaged::{is_damaged, take_over, take_over_prose};
use crate::import::finding::Findings;
use crate::import::statement::{Merge, Statement as _};
use crate::import::{place, tolerable};
use crate::site::field::{Members, SiteField, Wrong};
use crate::site::{Component, Language, Names, Notes, Site, StateParty, Status, Translations};

/// Fields that are not simply read, since a record may have a part of them only.
const IN_PARTS: [&str; 7] =
    ["names", "short_descriptions", "justifications", "notes", "danger", "status", "longitude"];

/// Merges one record after another.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Merger {
    named: usize,
    unsure: usize,
    nameless: usize,
    /// The values that could not be read.
    unread: Vec<String>,
}

impl Merge for Merger {
    type Statement = Entry;

    fn merge(
        &mut self,
        known: Option<&Site>,
        compiled: Option<&Site>,
        entry: &Entry,
        findings: &mut Findings,
    ) -> Result<Option<Site>> {
        let site = match known {
            Some(site) => Some(site.clone()),
            None => self.new_site(entry, compiled, findings)?,
        };
        Ok(site.map(|site| self.merge_into(site, entry, findings)))
    }

    /// What whc writes it can read, but for a slip of who changed it since.
    fn check(&self, total: usize) -> Result<()> {
        let count = self.unread.len();
        let Some(first) = self.unread.first().filter(|_| count > tolerable(total)) else { return Ok(()) };
        Err(Error::refused(format!(
            "{count} values cannot be read; nothing was changed. Are columns exchanged? The first: {first}"
        )))
    }

    fn report(&self, findings: &mut Findings) {
        let lines = [
            (self.named, "sites have no English name in the file", "they have that of the list compiled in"),
            (
                self.unsure,
                "descriptions may be in English, though the file is in another language",
                "they are left out; import the same list in English first",
            ),
            (
                self.nameless,
                "names have no language beside them, or none of en, fr, es, ru, ar and zh",
                "they are left out; export with fields=name,language",
            ),
        ];
        for (count, what, done) in lines.into_iter().filter(|(count, ..)| *count > 0) {
            findings.note(None, format!("{count} {what}"), done);
        }
    }
}

impl Merger {
    fn merge_into(&mut self, mut site: Site, entry: &Entry, findings: &mut Findings) -> Site {
        self.merge_names(&mut site, entry);
        self.merge_descriptions(&mut site, entry);
        let members = members(entry);
        let mut check = |field: &'static str, outcome: Result<(), Wrong>| {
            if let Err(Wrong { reason, .. }) = outcome {
                findings.warn(field, reason, "what is known is kept");
                self.unread.push(findings.last());
            }
        };
        let before = site.clone();
        for field in
            SiteField::all().iter().filter(|field| field.is_read() && !IN_PARTS.contains(&field.name))
        {
            if entry.get(field.name).is_some() {
                check(field.name, field.read(&mut site, &members));
            }
        }
        if entry.get("longitude").is_some() && entry.get("latitude").is_some() {
            check("longitude", read("longitude", &mut site, &members));
        }
        keep_countries(&mut site, &before.components);
        keep_letters(&mut site, &before.states);
        // That more criteria may be missing is no news where all are known.
        if before.criteria_complete && !site.criteria_complete && site.criteria.is_subset(before.criteria) {
            (site.criteria, site.criteria_complete) = (before.criteria, true);
        }
        match danger(&site.danger, entry) {
            Ok(danger) => site.danger = danger,
            Err(error) => check("danger", Err(Wrong { key: "danger", reason: error.to_string() })),
        }
        if !says_the_same(site.status, entry) {
            check("status", read("status", &mut site, &members));
        }
        if let Some(reason) =
            place::strays(&site, &site.components).filter(|_| site.components != before.components)
        {
            findings.warn("components", reason, "its parts are left out");
            site.components = before.components;
        }
        merge_notes(&mut site, entry);
        site
    }

    fn new_site(
        &mut self,
        entry: &Entry,
        compiled: Option<&Site>,
        findings: &mut Findings,
    ) -> Result<Option<Site>> {
        let category = entry.text("category").and_then(|word| word.parse().ok());
        let (Some(category), Some(inscribed)) = (category, entry.year("date_inscribed")) else {
            let found = "the site is not known, and its category or date_inscribed is missing".to_owned();
            findings.warn(None, found, "the site is not added");
            return Ok(None);
        };
        let told = entry.names();
        let english = told.get(Language::English);
        self.named += usize::from(english.is_none() && compiled.is_some());
        let Some(name) = english.or_else(|| compiled.map(|site| site.names.english())) else {
            let found = "the site is not known, and its English name is missing".to_owned();
            findings.warn("name_en", found, "the site is not added; import an export in English first");
            return Ok(None);
        };
        Ok(Some(Site::new(entry.id, Names::new(name)?, category, inscribed)))
    }

    fn merge_names(&mut self, site: &mut Site, entry: &Entry) {
        let mut names = site.names.translations().clone();
        for (language, name) in entry.names().iter() {
            take_over(&mut names, language, name);
        }
        self.nameless += usize::from(entry.has_name_without_language());
        if let Ok(names) = names.try_into() {
            site.names = names;
        }
    }

    fn merge_descriptions(&mut self, site: &mut Site, entry: &Entry) {
        for (key, all, texts) in [
            ("short_description", "short_descriptions", &mut site.short_descriptions),
            ("justification", "justifications", &mut site.justifications),
        ] {
            if let Some(told) = entry.get(all) {
                for (language, text) in entry::texts(told) {
                    take_over_prose(texts, language, text);
                }
            } else if let Some(text) = entry.text(key) {
                self.unsure += usize::from(!describe(texts, entry.language, text));
            }
        }
    }
}

/// Takes over a description; `false` where nobody can tell whether it is in this language or an English one in its place.
fn describe(texts: &mut Translations, language: Language, text: &str) -> bool {
    match (language, texts.get(Language::English)) {
        (Language::English, _) => take_over_prose(texts, language, text),
        (_, Some(english)) if english == text => {}
        (_, Some(_)) => take_over_prose(texts, language, text),
        (_, None) => return texts.get(language) == Some(text),
    }
    true
}

fn members(entry: &Entry) -> Members {
    let mut members = Members::default();
    for (key, value) in entry.iter() {
        if let Some(field) = SiteField::named(key) {
            members.add(field, value.clone());
        }
    }
    members
}

fn read(name: &str, site: &mut Site, members: &Members) -> Result<(), Wrong> {
    SiteField::named(name).map_or(Ok(()), |field| field.read(site, members))
}

/// A table has no countries of parts: those of the same points are.
fn keep_countries(site: &mut Site, before: &[Component]) {
    if site.components.iter().all(|part| part.country.is_none()) {
        let country = |part: &Component| before.iter().find(|known| known.point == part.point)?.country;
        let parts = site.components.iter().map(|part| Component { country: country(part), ..*part });
        site.components = parts.collect();
    }
}

/// A name of a state that lost letters does not replace a whole one.
fn keep_letters(site: &mut Site, before: &[StateParty]) {
    for state in &mut site.states {
        let whole =
            before.iter().find(|known| known.iso == state.iso && is_damaged(&state.name, &known.name));
        if let Some(whole) = whole {
            state.clone_from(whole);
        }
    }
}

/// Whether the record has nothing about the status that is not known; the year may be missing beside it.
fn says_the_same(known: Status, entry: &Entry) -> bool {
    match entry.text("status") {
        None => true,
        Some(status) => {
            status == known.name() && entry.get("year_left").is_none() && entry.get("superseded_by").is_none()
        }
    }
}

fn merge_notes(site: &mut Site, entry: &Entry) {
    let told = entry.get("notes").and_then(Value::as_object);
    let told = told.into_iter().flatten().filter_map(|(field, note)| Some((field.as_str(), note.as_str()?)));
    let known = site.notes.iter().map(|(field, note)| (field.as_str(), note));
    site.notes = Notes::known(known.chain(told));
}
