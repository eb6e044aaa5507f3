//! Judges what a file says of sites that are known: what it adds, what it changes, what stays, and when it is refused.

use super::atlas::Atlas;
use super::edition::{Age, Edition};
use super::exact::is_less_exact;
use super::history;
use super::limit::{fills, is_prose};
use super::tally::{FieldCount, Tally};
use crate::error::{Error, Result};
use crate::import::basis::Basis;
use crate::import::finding::{Findings, quoted};
use crate::import::options::Options;
use crate::import::source::Source;
use crate::site::{FieldName, Site, differing};

/// How many facts an edition may take back: the list before the last has five of this one otherwise.
const UNDONE: usize = 3;

/// Judges record after record.
pub(super) struct Judge<'a> {
    edition: Edition,
    source: Source,
    options: &'a Options,
    atlas: &'static Atlas,
    /// Whether the file has a session that the list compiled in has not.
    is_news: bool,
    tally: Tally,
    /// How many facts the file has as they were before something that is known to have happened.
    undone: usize,
}

impl<'a> Judge<'a> {
    pub(super) fn new(edition: Edition, source: Source, options: &'a Options, basis: &Basis<'_>) -> Self {
        Self {
            edition,
            source,
            options,
            atlas: Atlas::of(basis),
            is_news: edition.year > basis.whole_until(),
            tally: Tally::default(),
            undone: 0,
        }
    }

    /// Counts in which fields `told`, of a row, contradicts what is `known`, and where nothing is, the list compiled in.
    pub(super) fn compare(&mut self, row: usize, known: &Site, compiled: Option<&Site>, told: &Site) {
        self.tally.compare(row, known, compiled, told);
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
            let is_told = news.contains(&field);
            if is_told && !fills(field, compiled, told) {
                self.tally.of(field).otherwise += 1;
            }
            if is_told && self.is_news && history::undoes(field, compiled, told) {
                self.undone += 1;
            }
            if is_told && let Some(fault) = self.fault(field, compiled, told) {
                findings.note(
                    field.as_str(),
                    format!("the file has it {fault}"),
                    "what is compiled in is taken",
                );
                field.take_over(site, compiled);
            } else if !is_told && !fills(field, site, compiled) {
                field.take_over(site, compiled);
            }
        }
    }

    /// Why what the file says of a field cannot be, or is less than what is known.
    fn fault(&self, field: FieldName, known: &Site, told: &Site) -> Option<&'static str> {
        if history::undoes(field, known, told) {
            Some("as it was before what is known")
        } else if self.atlas.displaces(field, known, told) {
            Some("where the site cannot be")
        } else {
            is_less_exact(field, known, told).then_some("less exactly")
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
                self.tally.of(field).added += 1;
            } else if self.believes(field, known, told) {
                self.tally.of(field).changed += 1;
                self.tally.of(field).otherwise += 1;
                if field.as_str() == "date_inscribed" {
                    let found = format!("inscribed in {after}, known is {before}");
                    findings.warn(
                        "date_inscribed",
                        found,
                        "the year of the file is taken; years rarely change",
                    );
                }
            } else {
                self.tally.of(field).kept += 1;
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
        let is_sure = self.source == Source::Whc || of_its_edition;
        let is_surer = match self.edition.age {
            Age::Newer => true,
            Age::Same => is_prose(field),
            Age::Older => {
                self.options.believes_older && !(field.as_str() == "danger" && self.outlived(known))
            }
        };
        if !is_sure && !is_surer {
            return false;
        }
        if is_less_exact(field, known, told) {
            self.tally.of(field).otherwise += 1;
            return false;
        }
        let undone = !is_sure && self.edition.age == Age::Newer && history::undoes(field, known, told);
        // An older file may come after one still older, to a store that has the rest as it is compiled in.
        self.undone += usize::from(undone && self.is_news);
        let displaced = self.atlas.displaces(field, known, told);
        self.tally.of(field).impossible += usize::from(displaced);
        !undone && !displaced
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
        self.tally.check(self.options)
    }

    /// The fields in which the file differs from what is known.
    pub(super) fn into_counts(self) -> Vec<FieldCount> {
        self.tally.into_counts()
    }
}
