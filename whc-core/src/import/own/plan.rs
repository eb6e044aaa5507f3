//! Plans what an export of ours changes. What is not in it stays: it may be any part of the list.

use super::merge::Merger;
use crate::error::Result;
use crate::import::builder::PlanBuilder;
use crate::import::judge::Judge;
use crate::import::{Edition, Export, Options, Plan};
use crate::site::KnownSites;

/// The plan for an export of ours. It is believed whatever its age, since it says all there is to say; but what contradicts
/// more than an edition changes has to be accepted field by field, as with any other file.
///
/// # Errors
/// Refused is a file that contradicts more of what is known. The list compiled in cannot be read.
pub(in crate::import) fn plan(
    current: &KnownSites<'_>,
    export: &Export,
    edition: Edition,
    options: &Options,
) -> Result<Plan> {
    let (mut plan, mut own, mut judge) =
        (PlanBuilder::default(), Merger::default(), Judge::new(edition, options));
    for entry in &export.own {
        let known = current.get(entry.id).map(|site| &**site);
        plan.findings.at(Some(entry.row), Some(entry.id));
        let Some(mut site) = own.merge(known, entry, &mut plan.findings)? else { continue };
        if let Some(known) = known {
            plan.keep(&mut site, known, current, options);
            judge.compare(known, &site);
        }
        plan.put(known, site);
    }
    plan.findings.at(None, None);
    judge.check()?;
    own.report(&mut plan.findings);
    Ok(plan.finish(export, edition, judge.into_counts()))
}
