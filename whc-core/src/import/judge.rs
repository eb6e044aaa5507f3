//! Judges what a file says of sites that are known: what it adds, what it changes, what stays, and when it is refused.

use std::collections::BTreeMap;

use super::edition::{Age, Edition};
use super::finding::{Findings, quoted};
use super::history;
use super::limit::{contradictions, fills, is_prose, limit, most_changed};
use super::options::Options;
use super::source::Source;
use crate::error::{Error, Result};
use crate::site::{FieldName, Site, differing};

/// How many facts an edition may take back: the list before the last has five of this one otherwise.
const UNDONE: usize = 3;

/// What a file does to one field, as numbers of sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldCount {
    /// The field.
    pub field: FieldName,
    /// Sites of which it was not known.
    pub added: usize,
    /// Sites of which it is known otherwise, and changes.
    pub changed: usize,
    /// Sites of which it is known otherwise, and stays.
    pub kept: usize,
    /// Sites of which the file contradicts what is known.
    pub contradicted: usize,
    /// The most of them that an edition changes.
    pub limit: usize,
}

/// Counts by field while record after record is judged.
pub(super) struct Judge<'a> {
    edition: Edition,
    source: Source,
    options: &'a Options,
    compared: usize,
    counts: BTreeMap<FieldName, FieldCount>,
    /// How many sites have the field otherwise than it is known, or compiled in.
    moved: BTreeMap<FieldName, usize>,
    /// How many facts the file has as they were before something that is known to have happened.
    undone: usize,
}

impl<'a> Judge<'a> {
    pub(super) fn new(edition: Edition, source: Source, options: &'a Options) -> Self {
        Self {
            edition,
            source,
            options,
            compared: 0,
            counts: BTreeMap::new(),
            moved: BTreeMap::new(),
            undone: 0,
        }
    }

    /// Counts in which fields `told` contradicts what is `known`, and where nothing is, the list compiled in.
    pub(super) fn compare(&mut self, known: &Site, compiled: Option<&Site>, told: &Site) {
        self.compared += 1;
        let filled =
            differing(known, told).map(|(field, ..)| field).filter(|field| fills(*field, known, told));
        let filled: Vec<_> = compiled.map(|_| filled.collect()).unwrap_or_default();
        let by_compiled = compiled.map(|compiled| contradictions(compiled, told)).unwrap_or_default();
        let by_compiled = by_compiled.into_iter().filter(|field| filled.contains(field));
        for field in contradictions(known, told).into_iter().chain(by_compiled) {
            self.count(field).contradicted += 1;
        }
    }

    /// Gives `site`, which the store has not, what the list compiled in has where the file does not say otherwise: `told` is the
    /// compiled site after the file.
    pub(super) fn adopt(
        &mut self,
        site: &mut Site,
        compiled: &Site,
        told: &mut Site,
        findings: &mut Findings,
    ) {
        if let Some(left) = compiled.status.left().filter(|_| site.status != compiled.status) {
            told.status = compiled.status;
            let found = format!("the file lists it, known is that it left the list in {left}");
            findings.warn("status", found, "it is added as a site that left");
        }
        let news: Vec<_> = differing(compiled, told).map(|(field, ..)| field).collect();
        let others: Vec<_> = differing(compiled, site).map(|(field, ..)| field).collect();
        for field in others {
            if news.contains(&field) && history::undoes(field, compiled, told) {
                findings.note(
                    field.as_str(),
                    "the file has it as it was before what is known".to_owned(),
                    "what is compiled in is taken",
                );
                field.take_over(site, compiled);
            } else if news.contains(&field) {
                *self.moved.entry(field).or_default() += usize::from(!fills(field, compiled, told));
            } else if !fills(field, site, compiled) {
                field.take_over(site, compiled);
            }
        }
    }

    /// Gives back to `told` what is known surer than the file says it, and reports it.
    pub(super) fn settle(&mut self, told: &mut Site, known: &Site, findings: &mut Findings) {
        let differing: Vec<_> = differing(known, told)
            .map(|(field, known, told)| (field, known.to_text(", "), told.to_text(", ")))
            .collect();
        let filled: Vec<_> = differing.iter().map(|(field, ..)| fills(*field, known, told)).collect();
        for ((field, before, after), fills) in differing.into_iter().zip(filled) {
            if fills {
                self.count(field).added += 1;
            } else if self.believes(field, known, told) {
                self.count(field).changed += 1;
                *self.moved.entry(field).or_default() += 1;
                if field.as_str() == "date_inscribed" {
                    let found = format!("inscribed in {after}, known is {before}");
                    findings.warn(
                        "date_inscribed",
                        found,
                        "the year of the file is taken; years rarely change",
                    );
                }
            } else {
                self.count(field).kept += 1;
                field.take_over(told, known);
                let found = format!("the file has {}, known is {}", quoted(&after), quoted(&before));
                findings.note(field.as_str(), found, "what is known is kept");
            }
        }
    }

    /// Whether the file is surer of the field than what is known.
    fn believes(&mut self, field: FieldName, known: &Site, told: &Site) -> bool {
        if self.options.accepted.contains(&field) || self.options.overruled.contains(&field) {
            return true;
        }
        // Half a file may have said so, of which this is the whole.
        let of_its_edition = field.as_str() == "status" && self.edition.year == known.status.left();
        if self.source == Source::Whc || of_its_edition {
            return true;
        }
        match self.edition.age {
            Age::Newer => {
                let undone = history::undoes(field, known, told);
                self.undone += usize::from(undone);
                !undone && !history::displaces(field, known, told)
            }
            Age::Same => is_prose(field),
            Age::Older => {
                self.options.believes_older && !(field.as_str() == "danger" && self.outlived(known))
            }
        }
    }

    /// Whether a danger is known that ended, or began, after the file.
    fn outlived(&self, known: &Site) -> bool {
        let years = known.danger.past().iter().map(|period| period.to()).chain(known.danger.since());
        self.edition.year.is_some_and(|edition| years.into_iter().any(|year| year > edition))
    }

    /// Refuses a file that contradicts more of what is known than an edition changes.
    pub(super) fn check(&self) -> Result<()> {
        if self.undone > UNDONE {
            return Err(Error::refused(format!(
                "the file seems to be an older list with newer sites added: it has {} facts as they were before what is known \
                 (dangers, extensions, sites that left); nothing was changed. Add what is new to a list of the newest session",
                self.undone
            )));
        }
        let compared = self.compared;
        let over =
            FieldName::all().filter(|field| !self.options.accepted.contains(field)).filter_map(|field| {
                let contradicted = self.counts.get(&field).map_or(0, |count| count.contradicted);
                let moved = self.moved.get(&field).copied().unwrap_or_default();
                let limits =
                    [(contradicted, Some(limit(field, compared))), (moved, most_changed(field, compared))];
                let (sites, most) =
                    limits.into_iter().find(|(sites, most)| most.is_some_and(|most| *sites > most))?;
                Some((field, sites, most?))
            });
        let over: Vec<_> = over.collect();
        if over.is_empty() {
            return Ok(());
        }
        let named: Vec<_> =
            over.iter().map(|(field, sites, most)| format!("{field} of {sites} (at most {most})")).collect();
        let accept: Vec<_> = over.iter().map(|(field, ..)| format!("--accept-changes {field}")).collect();
        Err(Error::refused(format!(
            "of {compared} sites that are known the file contradicts more than an edition changes: {}; nothing was \
             changed. Are columns exchanged, is it cut or converted, or of another list? If it is right: {}",
            named.join(", "),
            accept.join(" ")
        )))
    }

    /// The fields in which the file differs from what is known.
    pub(super) fn into_counts(self) -> Vec<FieldCount> {
        let compared = self.compared;
        self.counts
            .into_values()
            .map(|count| FieldCount { limit: limit(count.field, compared), ..count })
            .collect()
    }

    fn count(&mut self, field: FieldName) -> &mut FieldCount {
        let none = FieldCount { field, added: 0, changed: 0, kept: 0, contradicted: 0, limit: 0 };
        self.counts.entry(field).or_insert(none)
    }
}
