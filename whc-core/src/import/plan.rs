//! Plans what a file changes in the known sites.

mod atlas;
mod builder;
mod departure;
mod edition;
mod exact;
mod future;
mod history;
mod identity;
mod judge;
mod limit;
mod naming;
mod newcomers;
mod planner;
mod prose;
mod runs;
mod subject;
mod summary;
mod tally;

use self::departure::Absent;
use self::edition::after_its_session;
pub use self::edition::{Age, Edition};
use self::planner::Planner;
pub use self::summary::{Changed, Named, Summary};
pub use self::tally::FieldCount;
use super::basis::Basis;
use super::merge::Merger;
use super::options::Options;
use super::source::Source;
use super::{Export, own};
use crate::error::Result;
use crate::finding::Finding;
use crate::site::{KnownSites, Site};

/// What to write, and why.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Plan {
    /// The sites to insert or replace, ordered by id; those that stay as they are are not among them.
    pub sites: Vec<Site>,
    /// What will have changed.
    pub summary: Summary,
    /// The edition of the file, and its age beside what is known.
    pub edition: Edition,
    /// What was unusual, in the file first and then in comparison with what is known.
    pub findings: Vec<Finding>,
}

/// Plans what `export` changes in the known sites, all of which are in `current`. The same arguments in the same year
/// always give the same plan.
///
/// A file newer than what is known changes it; one of the same edition, or older, only adds to it, but for prose. An export
/// of this service is believed whatever its age, since it says all there is to say; what is not in it stays, for it may be
/// any part of the list.
///
/// # Errors
/// Refused is a file that contradicts more of what is known than an edition changes, unless these changes are accepted;
/// one with more new sites than there can be; one of which no row, or not nearly every row, can be used; and one of UNESCO
/// that lacks more than three and more than 2 % of the sites it should have, unless removals are allowed, or more than 10 %,
/// unless changes of the status are accepted too.
pub fn plan<'a>(current: impl Into<KnownSites<'a>>, export: &Export, options: &Options) -> Result<Plan> {
    let current = current.into();
    let latest = options.latest()?;
    let edition = Edition::find(export, &current, latest);
    let basis = Basis::new(current)?;
    let mut planner = Planner::new(&basis, export, edition, options);
    if export.source == Source::Whc {
        planner.take_all(own::Merger::default(), &export.own)?;
    } else {
        let horizon = edition.horizon(export.len(), latest);
        let records = future::forgotten(&export.records, horizon, &mut planner.plan.findings);
        planner.take_all(Merger::new(export.source, edition.year), &records)?;
        note_absent(&mut planner, &basis.known, export, edition, options)?;
        note_cut(&mut planner, &basis.known, export, edition);
        if let Some((found, done)) = edition.remark(options.believes_older) {
            planner.plan.findings.warn("date_inscribed", found, done);
        }
    }
    Ok(planner.finish(export, edition))
}

/// A table cut between two rows looks like one of an older session, but for what it has of later ones.
fn note_cut(planner: &mut Planner<'_>, current: &KnownSites<'_>, export: &Export, edition: Edition) {
    let later = after_its_session(export, current, edition.year);
    if let Some(year) = edition.year.filter(|_| later > 0) {
        let found = format!(
            "the newest session of which a third is in the file is of {year}, yet it has {later} sites of later ones: \
             it seems to be cut or filtered"
        );
        planner.plan.findings.warn(None, found, "what it lacks stays; look whether the file is whole");
    }
}

fn note_absent(
    planner: &mut Planner<'_>,
    current: &KnownSites<'_>,
    export: &Export,
    edition: Edition,
    options: &Options,
) -> Result<()> {
    let plan = &mut planner.plan;
    let absent = Absent::find(current, &export.mentioned, edition.year);
    plan.summary.newer = absent.newer;
    absent.check(options)?;
    let Some(edition) = edition.year.filter(|_| options.allow_removals) else {
        plan.summary.gone = absent.gone.iter().map(|site| Named::from(&***site)).collect();
        return Ok(());
    };
    for known in &absent.gone {
        plan.findings.at(None, Some(known.id));
        let mut site = departure::delisted(known, edition);
        plan.keep(&mut site, known, current, options);
        plan.delist(known, site);
    }
    plan.findings.at(None, None);
    Ok(())
}
