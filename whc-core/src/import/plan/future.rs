//! Years that a file cannot know yet.

use crate::import::danger::Says;
use crate::import::finding::Findings;
use crate::import::read::record::Record;
use crate::site::{Danger, Year};

/// The records without what they say of years after `horizon`.
pub(super) fn forgotten(records: &[Record], horizon: Year, findings: &mut Findings) -> Vec<Record> {
    let mut records = records.to_vec();
    for record in &mut records {
        findings.at(Some(record.row), Some(record.id));
        forget(record, horizon, findings);
    }
    findings.at(None, None);
    records
}

fn forget(record: &mut Record, horizon: Year, findings: &mut Findings) {
    let mut warn = |field, year: Year| {
        let found = format!("{year} is after the year of the file");
        findings.warn(field, found, "it is left out");
    };
    if let Some(year) = record.inscribed.filter(|year| *year > horizon) {
        warn("date_inscribed", year);
        record.inscribed = None;
    }
    record.extended.retain(|year| {
        let ahead = *year > horizon;
        if ahead {
            warn("secondary_dates", *year);
        }
        !ahead
    });
    if let Some(year) = latest_of(&record.danger).filter(|year| *year > horizon) {
        warn("danger_list", year);
        record.danger = Says::Nothing;
    }
}

/// The last year that is told of a danger.
fn latest_of(says: &Says) -> Option<Year> {
    let years = |danger: &Danger| danger.past().iter().map(|period| period.to()).chain(danger.since()).max();
    match says {
        Says::Nothing => None,
        Says::Stale(danger) => years(danger),
        Says::Told { list, ended, .. } => list.as_ref().and_then(years).max(*ended),
    }
}
