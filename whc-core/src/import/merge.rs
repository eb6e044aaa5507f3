//! Merges a record into the site known before.

use super::danger::Says;
use super::field::Field;
use super::finding::Findings;
use super::record::Record;
use super::{Export, Source, place, states};
use crate::site::{Category, Criteria, Names, Point, Regions, Site, Status, Translations};

/// Counts what happens to many sites of some files, for one finding in place of many.
#[derive(Debug, Default)]
pub(super) struct Tally {
    stale_danger: usize,
    fewer_criteria: usize,
    lone_transboundary: usize,
}

impl Tally {
    /// Adds the findings about what was counted.
    pub(super) fn report(&self, findings: &mut Findings) {
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

/// The site after `record`. What the record does not have stays as it is. `None` where the site is not known and the
/// record lacks a required field.
pub(super) fn merge(
    known: Option<&Site>,
    record: &Record,
    export: &Export,
    tally: &mut Tally,
    findings: &mut Findings,
) -> Option<Site> {
    let mut site = match known {
        Some(site) => site.clone(),
        None => new_site(record, export.source, findings)?,
    };
    let mut names = site.names.translations().clone();
    fill(&mut names, &record.names);
    site.names = Names::try_from(names).unwrap_or(site.names);
    fill(&mut site.short_descriptions, &record.short_descriptions);
    fill(&mut site.justifications, &record.justifications);
    site.category = record.category.unwrap_or(site.category);
    merge_criteria(&mut site, record.criteria, export.source, tally, findings);
    site.regions = regions(site.regions, record.regions, export.source);
    if !record.states.is_empty() || !record.codes.is_empty() {
        site.states = states::pair(&record.states, &record.codes, &site.states, findings);
    }
    merge_dates(&mut site, record, findings);
    if let (Says::Stale(danger), Some(known)) = (&record.danger, known) {
        tally.stale_danger += usize::from(*danger != known.danger);
    }
    site.danger = record.danger.resolve(known.map(|site| &site.danger), findings);
    merge_status(&mut site, export, findings);
    merge_place(&mut site, record, tally);
    Some(site)
}

/// A site that was not known; the rest of the record is merged into it.
fn new_site(record: &Record, source: Source, findings: &mut Findings) -> Option<Site> {
    let missing = match (record.category, record.inscribed) {
        (Some(category), Some(inscribed)) => {
            let names = Names::try_from(record.names.clone()).ok()?;
            let lacking = source == Source::Portal && category != Category::Natural;
            let criteria_complete = !lacking && !record.criteria.is_empty();
            return Some(Site { criteria_complete, ..Site::new(record.id, names, category, inscribed) });
        }
        (None, _) => Field::Category,
        (_, None) => Field::Inscribed,
    };
    findings.warn(
        missing.name(),
        "it is missing for a site that is not known".to_owned(),
        "the site is not added",
    );
    None
}

/// Takes over texts, but not a damaged one in place of another.
fn fill(known: &mut Translations, told: &Translations) {
    for (language, text) in told.iter() {
        if known.get(language).is_none() || !text.contains('\u{FFFD}') {
            known.set(language, text);
        }
    }
}

/// A source with all criteria replaces them; the portal, which omits some, can only add.
fn merge_criteria(
    site: &mut Site,
    told: Criteria,
    source: Source,
    tally: &mut Tally,
    findings: &mut Findings,
) {
    if told.is_empty() {
        return;
    }
    if source != Source::Portal {
        (site.criteria, site.criteria_complete) = (told, true);
        return;
    }
    if !told.is_subset(site.criteria) && !site.criteria.is_empty() {
        let found = format!("whc001 has {told}, known is {}", site.criteria);
        findings.warn(Field::Criteria.name(), found, "both are taken");
    } else if told != site.criteria && !site.criteria.is_empty() {
        tally.fewer_criteria += 1;
    }
    site.criteria = site.criteria.union(told);
}

/// The portal names one region where several are known.
fn regions(known: Regions, told: Regions, source: Source) -> Regions {
    let fewer = source == Source::Portal && told.iter().all(|region| known.contains(region));
    if told.is_empty() || fewer { known } else { told }
}

fn merge_dates(site: &mut Site, record: &Record, findings: &mut Findings) {
    if let Some(inscribed) = record.inscribed.filter(|year| *year != site.inscribed) {
        let found = format!("inscribed in {inscribed}, known is {}", site.inscribed);
        findings.warn(Field::Inscribed.name(), found, "the year of the file is taken; years rarely change");
        site.inscribed = inscribed;
    }
    if !record.extended.is_empty() {
        site.extended.clone_from(&record.extended);
    }
}

/// A site that left the list comes back only with a file newer than its departure.
fn merge_status(site: &mut Site, export: &Export, findings: &mut Findings) {
    let Some(left) = site.status.left() else { return };
    let found = format!("the file lists it, known is that it left the list in {left}");
    if export.edition.is_some_and(|edition| edition > left) {
        findings.warn("status", found, "it is on the list again");
        site.status = Status::Inscribed;
    } else {
        findings.note("status", found, "it stays off, since the file is not newer than that");
    }
}

fn merge_place(site: &mut Site, record: &Record, tally: &mut Tally) {
    site.components = place::components(&site.components, &record.components).into();
    let differs = |point: &Point| !site.point.is_some_and(|known| place::same(known, *point));
    if let Some(point) = record.point.filter(differs) {
        site.point = Some(point);
    }
    site.point = site.point.or_else(|| place::middle(&site.components));
    site.area = record.area.or(site.area);
    match record.transboundary {
        Some(true) if site.states.len() < 2 => tally.lone_transboundary += usize::from(!site.transboundary),
        Some(transboundary) => site.transboundary = transboundary,
        None => {}
    }
}
