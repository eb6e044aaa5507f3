//! Plans what an export of ours changes. What is not in it stays: it may be any part of the list.

use super::merge::Merger;
use crate::error::{Error, Result};
use crate::import::basis::Basis;
use crate::import::builder::PlanBuilder;
use crate::import::identity::Names;
use crate::import::judge::Judge;
use crate::import::{Edition, Export, Options, Plan, tolerable};
use crate::site::KnownSites;

/// The plan for an export of ours. It is believed whatever its age, since it says all there is to say; but what contradicts
/// more than an edition changes has to be accepted field by field, as with any other file.
///
/// # Errors
/// Refused is a file that contradicts more of what is known, or has many known sites under other numbers. The list compiled in cannot be read.
pub(in crate::import) fn plan(
    current: &KnownSites<'_>,
    export: &Export,
    edition: Edition,
    options: &Options,
) -> Result<Plan> {
    let basis = Basis::new(*current)?;
    let (mut plan, mut own, mut judge) =
        (PlanBuilder::default(), Merger::default(), Judge::new(edition, options));
    let (known, new): (Vec<_>, Vec<_>) =
        export.own.iter().partition(|entry| basis.stored(entry.id).is_some());
    for entry in known {
        let Some(known) = basis.stored(entry.id) else { continue };
        plan.findings.at(Some(entry.row), Some(entry.id));
        let Some(mut site) = own.merge(Some(known), entry, &mut plan.findings)? else { continue };
        plan.keep(&mut site, known, current, options);
        judge.compare(known, &site);
        judge.believe(&site, known);
        plan.put(Some(known), site);
    }
    if !new.is_empty() {
        let names = Names::after(plan.sites(), &basis);
        let mut doubles = Vec::new();
        for entry in new {
            plan.findings.at(Some(entry.row), Some(entry.id));
            let Some(site) = own.merge(None, entry, &mut plan.findings)? else { continue };
            let double = names.find(site.names.translations(), Some(site.inscribed));
            if let Some(id) = double.filter(|_| basis.compiled(entry.id).is_none()) {
                plan.findings.warn("id", format!("site {id} has this name and year"), "the row is skipped");
                doubles.push(plan.findings.last());
                continue;
            }
            plan.put(None, site);
        }
        refuse_doubles(&doubles, export.len())?;
    }
    plan.findings.at(None, None);
    plan.findings.sort_by_row();
    judge.check()?;
    own.report(&mut plan.findings);
    Ok(plan.finish(export, edition, judge.into_counts()))
}

/// Many sites under numbers that are not theirs are no slip, and of a file of nothing else no row can be used.
fn refuse_doubles(doubles: &[String], total: usize) -> Result<()> {
    let count = doubles.len();
    let many = count > tolerable(total) || count == total;
    let Some(first) = doubles.first().filter(|_| many) else { return Ok(()) };
    Err(Error::refused(format!("{count} of {total} rows cannot be used; nothing was changed: {first}")))
}
