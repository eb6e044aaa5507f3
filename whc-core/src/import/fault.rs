//! Known faults of editions: what is wrong in them and what is right.

use super::finding::Findings;
use super::record::Record;
use crate::site::Year;

/// A year of inscription that an edition has wrong.
struct Fault {
    site: u32,
    wrong: u16,
    right: u16,
    reason: &'static str,
}

const FAULTS: [Fault; 2] = [
    Fault { site: 136, wrong: 2026, right: 1980, reason: "the XML of 2026 has the year of its own session" },
    Fault {
        site: 1584,
        wrong: 1990,
        right: 2019,
        reason: "the statistics of 2023 have another year than all others",
    },
];

/// Puts right what is known to be wrong.
pub(super) fn mend(record: &mut Record, findings: &mut Findings) {
    let is_wrong = |fault: &&Fault| {
        fault.site == record.id.get() && record.inscribed.is_some_and(|year| year.get() == fault.wrong)
    };
    let Some(fault) = FAULTS.iter().find(is_wrong) else { return };
    let Ok(right) = Year::new(fault.right) else { return };
    let found = format!("inscribed in {}, a known fault: {}", fault.wrong, fault.reason);
    findings.note("date_inscribed", found, &format!("read as {right}"));
    record.inscribed = Some(right);
    record.extended.retain(|year| *year != right);
}
