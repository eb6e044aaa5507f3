//! Known faults of editions: what is wrong in them and what is right.

use super::record::Record;
use crate::import::basis::compiled_in;
use crate::import::finding::Findings;
use crate::import::place;
use crate::site::{Site, Year, replaced_point};

/// A year of inscription that an edition has wrong.
struct WrongYear {
    site: u32,
    wrong: u16,
    right: u16,
    reason: &'static str,
}

const WRONG_YEARS: [WrongYear; 2] = [
    WrongYear {
        site: 136,
        wrong: 2026,
        right: 1980,
        reason: "the XML of 2026 has the year of its own session",
    },
    WrongYear {
        site: 1584,
        wrong: 1990,
        right: 2019,
        reason: "the statistics of 2023 have another year than all others",
    },
];

/// Puts right what is known to be wrong.
pub(super) fn mend(record: &mut Record, findings: &mut Findings) {
    mend_year(record, findings);
    mend_point(record, findings);
}

fn mend_year(record: &mut Record, findings: &mut Findings) {
    let is_wrong = |fault: &&WrongYear| {
        fault.site == record.id.get() && record.inscribed.is_some_and(|year| year.get() == fault.wrong)
    };
    let Some(fault) = WRONG_YEARS.iter().find(is_wrong) else { return };
    let Ok(right) = Year::new(fault.right) else { return };
    let found = format!("inscribed in {}, a known fault: {}", fault.wrong, fault.reason);
    findings.note("date_inscribed", found, &format!("read as {right}"));
    record.inscribed = Some(right);
    record.extended.retain(|year| *year != right);
}

/// A point far from all components, in place of which the list compiled in has another.
fn mend_point(record: &mut Record, findings: &mut Findings) {
    let Some(told) = record.point else { return };
    if !replaced_point(record.id).is_some_and(|wrong| place::same(wrong, told)) {
        return;
    }
    let Ok(Some(Site { point: Some(right), .. })) = compiled_in(record.id) else { return };
    let (x, y) = (told.longitude(), told.latitude());
    let found =
        format!("longitude {x} and latitude {y}, a known fault: far from every component of the site");
    let done = format!("read as longitude {} and latitude {}", right.longitude(), right.latitude());
    findings.note("coordinates", found, &done);
    record.point = Some(*right);
}
