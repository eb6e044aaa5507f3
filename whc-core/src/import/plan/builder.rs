//! Builds a plan, one site after another.

use super::summary::{Changed, Named, Summary};
use super::tally::FieldCount;
use crate::import::finding::Findings;
use crate::import::options::Options;
use crate::import::{Edition, Export, Plan, curated};
use crate::site::{KnownSites, Site, difference};

/// What is planned so far.
#[derive(Default)]
pub(super) struct PlanBuilder {
    sites: Vec<Site>,
    pub(super) summary: Summary,
    pub(super) findings: Findings,
}

impl PlanBuilder {
    /// Plans `site` in place of what is known, if it is otherwise.
    pub(super) fn put(&mut self, known: Option<&Site>, site: Site) {
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

    /// Plans to mark `site` as delisted, unless that is how it is known.
    pub(super) fn delist(&mut self, known: &Site, site: Site) {
        if site == *known {
            self.summary.gone.push(Named::from(&site));
        } else {
            self.summary.delisted.push(Named::from(&site));
            self.sites.push(site);
        }
    }

    /// The sites planned so far.
    pub(super) fn sites(&self) -> &[Site] {
        &self.sites
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

    pub(super) fn finish(mut self, export: &Export, edition: Edition, fields: Vec<FieldCount>) -> Plan {
        self.sites.sort_by_key(|site| site.id);
        self.summary.fields = fields;
        let mut findings = export.findings.clone();
        findings.extend(self.findings.into_list());
        Plan { sites: self.sites, summary: self.summary, edition, findings }
    }
}
