//! Counts what a file does to each field of the sites that are known, and how much of it is too much.

use std::collections::{BTreeMap, HashMap};

use super::limit::{contradictions, fills, limit, most_changed, most_gained, most_moved};
use super::runs::{NEIGHBOURS, Runs};
use crate::error::{Error, Result};
use crate::import::options::Options;
use crate::import::place;
use crate::site::{FieldName, Site, differing};

/// How many of [`NEIGHBOURS`] rows may contradict what is known: eleven years of real editions do so in six.
const SIDE_BY_SIDE: usize = 7;

/// How many areas may be off by the same factor, and points by the same way: those of real editions are all off by another.
const ALIKE: usize = 4;

/// Factors nearer to one are those of all areas that were measured again.
const NEAR: f64 = 0.2;

/// How many facts may be where they cannot be: a file with more of them has other wrong ones.
const IMPOSSIBLE: usize = 5;

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
    /// Sites of which the file has it where it cannot be.
    pub(super) impossible: usize,
    /// Sites of which nobody knew it.
    gained: usize,
    contradicted: usize,
    /// Sites that have moved.
    moved: usize,
    runs: Runs,
    /// Sites by how their areas, or points, differ from those known.
    ways: HashMap<[i64; 2], usize>,
}

impl Tally {
    pub(super) fn of(&mut self, field: FieldName) -> &mut OfField {
        self.fields.entry(field).or_default()
    }

    /// Counts in which fields `told` contradicts what is `known`, and where nothing is, the list compiled in.
    pub(super) fn compare(&mut self, row: usize, known: &Site, compiled: Option<&Site>, told: &Site) {
        self.compared += 1;
        self.against(row, known, told, &|_| true);
        // What neither of them knows is gained.
        if let Some(compiled) = compiled {
            let filled = differing(known, told).map(|(field, ..)| field);
            let filled: Vec<_> = filled.filter(|field| fills(*field, known, told)).collect();
            self.against(row, compiled, told, &|field| filled.contains(&field));
            for field in filled.into_iter().filter(|field| fills(*field, compiled, told)) {
                self.of(field).gained += 1;
            }
        }
    }

    fn against(&mut self, row: usize, known: &Site, told: &Site, counts: &dyn Fn(FieldName) -> bool) {
        for field in contradictions(known, told).into_iter().filter(|field| counts(*field)) {
            let tally = self.of(field);
            tally.contradicted += 1;
            tally.runs.count(row);
        }
        let differing: Vec<_> = differing(known, told).map(|(field, ..)| field).collect();
        for field in differing.into_iter().filter(|field| counts(*field)) {
            let tally = self.of(field);
            if let Some(way) = way(field, known, told) {
                *tally.ways.entry(way).or_default() += 1;
            }
            if field.as_str() == "coordinates" && place::apart(known.point, told.point) {
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
        if let Some(most) = most_gained(field, compared).filter(|most| self.gained > *most) {
            return Some(format!("{} of which nobody knew it (at most {most})", self.gained));
        }
        if let Some(run) = self.runs.longer_than(SIDE_BY_SIDE) {
            let (count, row) = (run.count, run.row);
            return Some(format!(
                "{count} of {NEIGHBOURS} neighbouring rows from row {row} on (at most {SIDE_BY_SIDE})"
            ));
        }
        let alike = self.ways.values().copied().max().unwrap_or_default();
        if alike > ALIKE {
            return Some(format!("{alike} by the same factor or way, as a conversion has (at most {ALIKE})"));
        }
        let impossible = self.impossible;
        (impossible > IMPOSSIBLE)
            .then(|| format!("{impossible} where the site cannot be (at most {IMPOSSIBLE})"))
    }
}

/// How an area, or a point, differs from the one known, in steps that two of them share by chance only.
#[expect(clippy::cast_possible_truncation, reason = "degrees and logarithms of numbers of 64 bits are small")]
fn way(field: FieldName, known: &Site, told: &Site) -> Option<[i64; 2]> {
    let steps = |difference: f64, of: f64| (difference / of).round() as i64;
    match field.as_str() {
        "area_hectares" => {
            let factor = (told.area?.get() / known.area?.get()).ln();
            (factor.abs() > NEAR).then(|| [steps(factor, 0.002), 0])
        }
        "coordinates" => {
            let (known, told) = (known.point?, told.point?);
            let east = steps(told.longitude() - known.longitude(), 1e-4);
            let north = steps(told.latitude() - known.latitude(), 1e-4);
            (east.abs().max(north.abs()) > 100).then_some([east, north])
        }
        _ => None,
    }
}
