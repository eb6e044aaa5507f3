//! Merges a record into the site known before.

use super::damaged::{take_over, take_over_prose};
use super::danger::Says;
use super::finding::Findings;
use super::read::field::Field;
use super::read::record::Record;
use super::source::Source;
use super::statement::Merge;
use super::{place, states};
use crate::error::Result;
use crate::site::{
    Category, Component, Criteria, Language, Names, Point, Regions, Site, Status, Translations, Year,
};

/// Merges records of one file.
#[derive(Clone)]
pub(super) struct Merger {
    source: Source,
    /// The year of the newest session that the file has.
    edition: Option<Year>,
    stale_danger: usize,
    fewer_criteria: usize,
    lone_transboundary: usize,
}

impl Merge for Merger {
    type Statement = Record;

    fn merge(
        &mut self,
        known: Option<&Site>,
        compiled: Option<&Site>,
        record: &Record,
        findings: &mut Findings,
    ) -> Result<Option<Site>> {
        let site = match known {
            Some(site) => Some(site.clone()),
            None => new_site(record, self.source, findings),
        };
        Ok(site.map(|site| self.merge_into(site, known, compiled, record, findings)))
    }

    /// What cannot be read was left out when the rows were.
    fn check(&self, _total: usize) -> Result<()> {
        Ok(())
    }

    fn report(&self, findings: &mut Findings) {
        let lines = [
            (
                self.stale_danger,
                Field::Danger,
                "have a danger in the XML unlike the one known",
                "the XML's is not used, since it may be as old as 2014",
            ),
            (
                self.fewer_criteria,
                Field::Criteria,
                "have fewer criteria in the file than are known",
                "those known are kept, since whc001 omits some",
            ),
            (
                self.lone_transboundary,
                Field::Transboundary,
                "are called transboundary and lie in one state",
                "they are not taken for transboundary",
            ),
        ];
        for (count, field, what, done) in lines.into_iter().filter(|(count, ..)| *count > 0) {
            findings.note(field.name(), format!("{count} sites {what}"), done);
        }
    }
}

impl Merger {
    pub(super) fn new(source: Source, edition: Option<Year>) -> Self {
        Self { source, edition, stale_danger: 0, fewer_criteria: 0, lone_transboundary: 0 }
    }

    fn merge_into(
        &mut self,
        mut site: Site,
        known: Option<&Site>,
        compiled: Option<&Site>,
        record: &Record,
        findings: &mut Findings,
    ) -> Site {
        let mut names = site.names.translations().clone();
        fill(&mut names, &record.names, take_over);
        site.names = Names::try_from(names).unwrap_or(site.names);
        fill(&mut site.short_descriptions, &record.short_descriptions, take_over_prose);
        fill(&mut site.justifications, &record.justifications, take_over_prose);
        site.category = record.category.unwrap_or(site.category);
        // A list that is only partly understood says nothing about one that is known.
        let counts = |field| known.is_none() || !record.partly.contains(&field);
        if counts(Field::Criteria) {
            self.merge_criteria(&mut site, record.criteria);
        }
        if counts(Field::Regions) {
            site.regions = regions(site.regions, record.regions, self.source);
        }
        if counts(Field::Codes) && !(record.states.is_empty() && record.codes.is_empty()) {
            site.states = states::pair(&record.states, &record.codes, &site.states, findings);
        }
        site.inscribed = record.inscribed.unwrap_or(site.inscribed);
        if counts(Field::Extended) && !record.extended.is_empty() {
            site.extended.clone_from(&record.extended);
        }
        if let (Says::Stale(danger), Some(known)) = (&record.danger, known) {
            self.stale_danger += usize::from(*danger != known.danger);
        }
        site.danger = record.danger.resolve(known, compiled, findings);
        self.merge_status(&mut site, findings);
        let told: &[_] = if counts(Field::Components) { &record.components } else { &[] };
        let parts = place::components(&site.components, told);
        self.merge_place(&mut site, record, &parts);
        if parts != *site.components {
            match place::strays(&site, &parts) {
                None => site.components = parts.into(),
                Some(reason) => findings.warn(Field::Components.name(), reason, "its parts are left out"),
            }
        }
        site
    }

    /// A source with all criteria replaces them; the portal, which omits some, can only add.
    fn merge_criteria(&mut self, site: &mut Site, told: Criteria) {
        if told.is_empty() {
            return;
        }
        if self.source != Source::Portal {
            (site.criteria, site.criteria_complete) = (told, true);
            return;
        }
        self.fewer_criteria += usize::from(!site.criteria.is_subset(told));
        site.criteria = site.criteria.union(told);
    }

    fn merge_place(&mut self, site: &mut Site, record: &Record, parts: &[Component]) {
        let differs = |point: &Point| !site.point.is_some_and(|known| place::same(known, *point));
        if let Some(point) = record.point.filter(differs) {
            site.point = Some(point);
        }
        site.point = site.point.or_else(|| place::middle(parts));
        site.area = record.area.or(site.area);
        match record.transboundary {
            Some(true) if site.states.len() < 2 => {
                self.lone_transboundary += usize::from(!site.transboundary);
            }
            Some(transboundary) => site.transboundary = transboundary,
            None => {}
        }
    }

    /// A file from before a site left does not bring it back.
    fn merge_status(&self, site: &mut Site, findings: &mut Findings) {
        let Some(left) = site.status.left() else { return };
        if self.edition.is_some_and(|edition| edition >= left) {
            site.status = Status::Inscribed;
        } else {
            let found = format!("the file lists it, known is that it left the list in {left}");
            findings.note("status", found, "it stays off, since the file is not newer than that");
        }
    }
}

/// A site that was not known; the rest of the record is merged into it.
fn new_site(record: &Record, source: Source, findings: &mut Findings) -> Option<Site> {
    let missing = match (record.category, record.inscribed, Names::try_from(record.names.clone())) {
        (Some(category), Some(inscribed), Ok(names)) => {
            let lacking = source == Source::Portal && category != Category::Natural;
            let criteria_complete = !lacking && !record.criteria.is_empty();
            return Some(Site { criteria_complete, ..Site::new(record.id, names, category, inscribed) });
        }
        (None, ..) => Field::Category,
        (_, None, _) => Field::Inscribed,
        _ => Field::Name(Language::English),
    };
    findings.warn(
        missing.name(),
        "it is missing for a site that is not known".to_owned(),
        "the site is not added",
    );
    None
}

fn fill(known: &mut Translations, told: &Translations, take_over: fn(&mut Translations, Language, &str)) {
    for (language, text) in told.iter() {
        take_over(known, language, text);
    }
}

/// The portal names one region where several are known.
fn regions(known: Regions, told: Regions, source: Source) -> Regions {
    let fewer = source == Source::Portal && told.iter().all(|region| known.contains(region));
    if told.is_empty() || fewer { known } else { told }
}
