//! Counts what a file does to each field of the sites that are known, and how much of it is too much.

use std::collections::BTreeMap;

use super::limit::{contradictions, fills, limit, most_changed, most_moved};
use super::runs::{NEIGHBOURS, Runs};
use crate::error::{Error, Result};
use crate::import::options::Options;
use crate::import::place;
use crate::site::{FieldName, Site, differing};

/// How many of [`NEIGHBOURS`] rows may contradict what is known: eleven years of real editions do so in six.
const SIDE_BY_SIDE: usize = 7;

/// How many areas may be off by the same factor: those of real editions are all off by another.
const SAME_FACTOR: usize = 4;

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

/// What was counted, by field.
#[derive(Default)]
pub(super) struct Tally {
    compared: usize,
    fields: BTreeMap<FieldName, OfField>,
}

/// What was counted of a field.
#[derive(Default)]
pub(super) struct OfField {
    pub(super) added: usize,
    pub(super) changed: usize,
    pub(super) kept: usize,
    /// Sites that have it otherwise than it is known, or compiled in.
    pub(super) otherwise: usize,
    contradicted: usize,
    /// Sites that have moved.
    moved: usize,
    runs: Runs,
    /// Sites by the factor between the known area and that of the file, in steps of two percent.
    factors: BTreeMap<i64, usize>,
}

impl Tally {
    pub(super) fn of(&mut self, field: FieldName) -> &mut OfField {
        self.fields.entry(field).or_default()
    }

    /// Counts in which fields `told` contradicts what is `known`, and where nothing is, the list compiled in.
    pub(super) fn compare(&mut self, row: usize, known: &Site, compiled: Option<&Site>, told: &Site) {
        self.compared += 1;
        self.against(row, known, told, &|_| true);
        if let Some(compiled) = compiled {
            let filled = differing(known, told).map(|(field, ..)| field);
            let filled: Vec<_> = filled.filter(|field| fills(*field, known, told)).collect();
            self.against(row, compiled, told, &|field| filled.contains(&field));
        }
    }

    fn against(&mut self, row: usize, known: &Site, told: &Site, counts: &dyn Fn(FieldName) -> bool) {
        for field in contradictions(known, told).into_iter().filter(|field| counts(*field)) {
            let tally = self.of(field);
            tally.contradicted += 1;
            tally.runs.count(row);
            if let Some((known, told)) =
                known.area.zip(told.area).filter(|_| field.as_str() == "area_hectares")
            {
                *tally.factors.entry(step(told.get() / known.get())).or_default() += 1;
            }
        }
        for (field, ..) in differing(known, told).filter(|(field, ..)| field.as_str() == "coordinates") {
            if counts(field) && place::apart(known.point, told.point) {
                let tally = self.of(field);
                tally.moved += 1;
                tally.runs.count(row);
            }
        }
    }

    /// Refuses a file that contradicts more of what is known than an edition changes.
    pub(super) fn check(&self, options: &Options) -> Result<()> {
        let judged = self.fields.iter().filter(|(field, _)| !options.accepted.contains(field));
        let over: Vec<_> = judged
            .filter_map(|(field, tally)| Some((field, tally.too_much(*field, self.compared)?)))
            .collect();
        if over.is_empty() {
            return Ok(());
        }
        let named: Vec<_> = over.iter().map(|(field, what)| format!("{field} of {what}")).collect();
        let accept: Vec<_> = over.iter().map(|(field, _)| format!("--accept-changes {field}")).collect();
        Err(Error::refused(format!(
            "of {} sites that are known the file contradicts more than an edition changes: {}; nothing was \
             changed. Are columns exchanged, is it cut or converted, or of another list? If it is right: {}",
            self.compared,
            named.join(", "),
            accept.join(" ")
        )))
    }

    /// The fields in which the file differs from what is known.
    pub(super) fn into_counts(self) -> Vec<FieldCount> {
        let compared = self.compared;
        let count = |(field, of): (FieldName, OfField)| FieldCount {
            field,
            added: of.added,
            changed: of.changed,
            kept: of.kept,
            contradicted: of.contradicted,
            limit: limit(field, compared),
        };
        let seen = |count: &FieldCount| count.added + count.changed + count.kept + count.contradicted > 0;
        self.fields.into_iter().map(count).filter(seen).collect()
    }
}

impl OfField {
    /// What of the field is more than an edition changes, of `compared` sites.
    fn too_much(&self, field: FieldName, compared: usize) -> Option<String> {
        let limits = [
            (self.contradicted, Some(limit(field, compared))),
            (self.moved, most_moved(field, compared)),
            (self.otherwise, most_changed(field, compared)),
        ];
        let over = limits.into_iter().find(|(sites, most)| most.is_some_and(|most| *sites > most));
        if let Some((sites, most)) = over {
            return Some(format!("{sites} (at most {})", most?));
        }
        if let Some(run) = self.runs.longer_than(SIDE_BY_SIDE) {
            let (count, row) = (run.count, run.row);
            return Some(format!(
                "{count} of {NEIGHBOURS} neighbouring rows from row {row} on (at most {SIDE_BY_SIDE})"
            ));
        }
        let most = self.factors.keys().map(|step| {
            // What is near the border of a step may be on either side of it.
            [*step, step + 1].iter().filter_map(|step| self.factors.get(step)).sum::<usize>()
        });
        let sites = most.max().filter(|sites| *sites > SAME_FACTOR)?;
        Some(format!("{sites} by the same factor, as another unit has (at most {SAME_FACTOR})"))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the logarithm of a number of 64 bits is below 1000")]
fn step(factor: f64) -> i64 {
    (factor.ln() * 50.0).round() as i64
}
