//! Plans what an export of ours changes. What is not in it stays: it may be any part of the list.

use super::merge::Merger;
use crate::error::Result;
use crate::import::plan::{Plan, Planned};
use crate::import::{Export, Options};
use crate::site::KnownSites;

/// The plan for an export of ours.
///
/// # Errors
/// The list compiled in cannot be read.
pub(in crate::import) fn plan(current: &KnownSites<'_>, export: &Export, options: &Options) -> Result<Plan> {
    let (mut planned, mut merger) = (Planned::default(), Merger::default());
    for entry in &export.own {
        let known = current.get(entry.id).map(|site| &**site);
        planned.findings.at(Some(entry.row), Some(entry.id));
        let mut merged = merger.merge(known, entry, &mut planned.findings)?;
        if let (Some(known), Some(merged)) = (known, &mut merged) {
            planned.keep(merged, known, current, options);
        }
        planned.add(known, merged);
    }
    planned.findings.at(None, None);
    merger.report(&mut planned.findings);
    Ok(planned.finish(export))
}
