//! Plans what a file changes in the known sites.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::curated;
use super::departure::{self, Absent};
use super::finding::Findings;
use super::merge::{self, Tally};
use super::own;
use super::{Export, Source};
use crate::error::Result;
use crate::finding::Finding;
use crate::site::{FieldChange, FieldName, KnownSites, Site, SiteId, Year, difference};

/// The options of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Mark sites that the file should have and has not as delisted, however many they are.
    pub allow_removals: bool,
    /// Take these fields from the file also where a curator has set them. The store must be told the same
    /// (`RevisionOrigin`).
    pub overruled: BTreeSet<FieldName>,
}

impl Options {
    /// Whether sites that the file should have and has not are marked as delisted, however many they are.
    #[must_use]
    pub const fn with_removals(allow_removals: bool) -> Self {
        Self { allow_removals, overruled: BTreeSet::new() }
    }

    /// The same, overruling what curators have set in these fields.
    #[must_use]
    pub fn overruling(self, fields: impl IntoIterator<Item = FieldName>) -> Self {
        Self { overruled: fields.into_iter().collect(), ..self }
    }
}

/// What to write, and why.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Plan {
    /// The sites to insert or replace, ordered by id; those that stay as they are are not among them.
    pub sites: Vec<Site>,
    /// What will have changed.
    pub summary: Summary,
    /// What was unusual, in the file first and then in comparison with what is known.
    pub findings: Vec<Finding>,
}

/// What a plan changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Sites that were not known.
    pub added: Vec<Named>,
    /// Sites that were known otherwise.
    pub changed: Vec<Changed>,
    /// Sites on the list that the file should have and has not. They stay as they are.
    pub gone: Vec<Named>,
    /// As `gone`, but marked as delisted, because the caller permits it.
    pub delisted: Vec<Named>,
    /// How many sites of the file were known just so.
    pub unchanged: usize,
    /// How many sites are not in the file because they are newer than it.
    pub newer: usize,
}

/// A site by id and English name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Named {
    /// The id.
    pub id: SiteId,
    /// The name.
    pub name: String,
}

/// A site and what changes in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changed {
    /// The id.
    pub id: SiteId,
    /// The name, as it will be.
    pub name: String,
    /// The fields that differ.
    pub fields: Vec<FieldChange>,
}

impl From<&Site> for Named {
    fn from(site: &Site) -> Self {
        Self { id: site.id, name: site.names.english().to_owned() }
    }
}

/// Plans what `export` changes in the known sites, all of which are in `current`. The same arguments always give the
/// same plan.
///
/// # Errors
/// Refused is a file that lacks more than three and more than 2 % of the sites it should have, unless removals are
/// allowed.
pub fn plan<'a>(current: impl Into<KnownSites<'a>>, export: &Export, options: &Options) -> Result<Plan> {
    let current = current.into();
    if export.source == Source::Whc {
        return own::plan(&current, export, options);
    }
    let mut planned = Planned::default();
    for record in &export.records {
        let known = current.get(record.id).map(|site| &**site);
        planned.findings.at(Some(record.row), Some(record.id));
        let mut merged = merge::merge(known, record, export, &mut planned.tally, &mut planned.findings);
        if let (Some(known), Some(merged)) = (known, &mut merged) {
            planned.keep(merged, known, &current, options);
        }
        planned.add(known, merged);
    }
    planned.findings.at(None, None);
    planned.tally.report(&mut planned.findings);
    let absent = Absent::find(&current, export);
    if let Some(edition) = export.edition.filter(|_| options.allow_removals) {
        planned.delist(&absent, edition, &current, options);
    } else {
        absent.check()?;
        planned.summary.gone = absent.gone.iter().map(|site| Named::from(&***site)).collect();
    }
    planned.summary.newer = absent.newer;
    planned.compare_age(&current, export);
    Ok(planned.finish(export))
}

#[derive(Default)]
pub(super) struct Planned {
    sites: Vec<Site>,
    summary: Summary,
    pub(super) findings: Findings,
    tally: Tally,
}

impl Planned {
    pub(super) fn add(&mut self, known: Option<&Site>, merged: Option<Site>) {
        let Some(site) = merged else { return };
        match known {
            None => self.summary.added.push(Named::from(&site)),
            Some(known) if *known == site => {
                self.summary.unchanged += 1;
                return;
            }
            Some(known) => {
                let Named { id, name } = Named::from(&site);
                self.summary.changed.push(Changed { id, name, fields: difference(known, &site) });
            }
        }
        self.sites.push(site);
    }

    /// Keeps of a site what a curator has set.
    pub(super) fn keep(
        &mut self,
        site: &mut Site,
        known: &Site,
        current: &KnownSites<'_>,
        options: &Options,
    ) {
        curated::keep(site, known, current.curated(known.id), &options.overruled, &mut self.findings);
    }

    fn delist(&mut self, absent: &Absent<'_>, edition: Year, current: &KnownSites<'_>, options: &Options) {
        for known in &absent.gone {
            self.findings.at(None, Some(known.id));
            let mut site = departure::delisted(known, edition);
            self.keep(&mut site, known, current, options);
            if site == ***known {
                self.summary.gone.push(Named::from(&site));
            } else {
                self.summary.delisted.push(Named::from(&site));
                self.sites.push(site);
            }
        }
        self.findings.at(None, None);
    }

    /// Adds a finding when the file is older than the known sites, or its age is unknown.
    fn compare_age(&mut self, current: &[Arc<Site>], export: &Export) {
        let Some(newest) = current.iter().map(|site| site.inscribed).max() else { return };
        match export.edition {
            None => {
                let found = "the file has no year of inscription".to_owned();
                self.findings.warn("date_inscribed", found, "no site is taken for gone");
            }
            Some(edition) if edition < newest => {
                let found =
                    format!("the newest inscription in the file is of {edition}, known are some of {newest}");
                let done = "what the file says is taken all the same and may be older than what was known";
                self.findings.warn("date_inscribed", found, done);
            }
            Some(_) => {}
        }
    }

    pub(super) fn finish(mut self, export: &Export) -> Plan {
        self.sites.sort_by_key(|site| site.id);
        let mut findings = export.findings.clone();
        findings.extend(self.findings.into_list());
        Plan { sites: self.sites, summary: self.summary, findings }
    }
}
