//! Plans what a file changes in the known sites.

use super::Export;
use super::basis::Basis;
use super::departure::{self, Absent};
use super::edition::Edition;
use super::finding::{Finding, Findings};
use super::identity::{self, Names};
use super::judge::Judge;
use super::merge::{Merger, Tally};
use super::options::Options;
use super::record::Record;
use super::summary::{Changed, Named, Summary};
use super::{curated, future, tolerable};
use crate::error::{Error, Result};
use crate::site::{KnownSites, Site, Year, difference};

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
/// A file newer than what is known changes it; one of the same edition, or older, only adds to it, but for prose.
///
/// # Errors
/// Refused is a file that contradicts more of what is known than an edition changes, unless these changes are accepted;
/// one of which no row, or not nearly every row, can be used; and one that lacks more than three and more than 2 % of the
/// sites it should have, unless removals are allowed.
pub fn plan<'a>(current: impl Into<KnownSites<'a>>, export: &Export, options: &Options) -> Result<Plan> {
    let current = current.into();
    let latest = options.latest()?;
    let edition = Edition::find(export, &current, latest);
    let basis = Basis::new(current)?;
    let mut planned = Planned {
        names: Names::of(&basis),
        judge: Judge::new(edition, options),
        merger: Merger { source: export.source, edition: edition.year },
        edition,
        options,
        basis: &basis,
        sites: Vec::new(),
        summary: Summary::default(),
        findings: Findings::default(),
        tally: Tally::default(),
        skipped: Vec::new(),
    };
    for record in &export.records {
        let mut record = record.clone();
        planned.findings.at(Some(record.row), Some(record.id));
        future::forget(&mut record, edition.horizon(export.len(), latest), &mut planned.findings);
        planned.take(&record);
    }
    planned.findings.at(None, None);
    planned.check(export.len())?;
    planned.tally.report(&mut planned.findings);
    planned.note_absent(export)?;
    planned.compare_age();
    Ok(planned.finish(export))
}

struct Planned<'a> {
    basis: &'a Basis<'a>,
    names: Names<'a>,
    judge: Judge<'a>,
    merger: Merger,
    edition: Edition,
    options: &'a Options,
    sites: Vec<Site>,
    summary: Summary,
    findings: Findings,
    tally: Tally,
    /// Why records were not used.
    skipped: Vec<String>,
}

impl Planned<'_> {
    /// Takes one record into the plan, if it is about the site it says.
    fn take(&mut self, record: &Record) {
        let compiled = self.basis.compiled(record.id);
        if let Some(known) = self.basis.stored(record.id) {
            self.revise(known, compiled, record);
            return;
        }
        if let Some(compiled) = compiled {
            let (mut tally, mut findings) = <(Tally, Findings)>::default();
            let told = self.merger.merge(Some(compiled), Some(compiled), record, &mut tally, &mut findings);
            if told.is_some_and(|told| self.contradicts_identity(compiled, &told, record)) {
                return;
            }
        } else if let Some(id) = self.names.find(record) {
            self.skip(format!("site {id} has this name and year"));
            return;
        }
        match self.merger.merge(None, compiled, record, &mut self.tally, &mut self.findings) {
            None => self.skipped.push(self.findings.last()),
            Some(site) => {
                self.summary.added.push(Named::from(&site));
                self.sites.push(site);
            }
        }
    }

    /// Takes over what a record changes in a site that the store has.
    fn revise(&mut self, known: &Site, compiled: Option<&Site>, record: &Record) {
        let told = self.merger.merge(Some(known), compiled, record, &mut self.tally, &mut self.findings);
        let Some(mut site) = told else { return };
        self.keep(&mut site, known);
        if self.contradicts_identity(known, &site, record) {
            return;
        }
        self.judge.settle(&mut site, known, &mut self.findings);
        if *known == site {
            self.summary.unchanged += 1;
            return;
        }
        let Named { id, name } = Named::from(&site);
        self.summary.changed.push(Changed { id, name, fields: difference(known, &site) });
        self.sites.push(site);
    }

    /// Counts what the file contradicts, and skips a row that is about another site than it says.
    fn contradicts_identity(&mut self, known: &Site, told: &Site, record: &Record) -> bool {
        self.judge.compare(known, told);
        let another = identity::is_another(known, told, record);
        if another {
            self.skip(format!("the row is not about {}", known.names.english()));
        }
        another
    }

    fn skip(&mut self, reason: String) {
        self.findings.warn("id_no", reason, "the row is skipped");
        self.skipped.push(self.findings.last());
    }

    /// Refuses a file that contradicts too much, or of which too little can be used.
    fn check(&self, total: usize) -> Result<()> {
        self.judge.check()?;
        let count = self.skipped.len();
        let most = if self.basis.known.is_empty() { total } else { tolerable(total) };
        if count == 0 || count < total && count <= most {
            return Ok(());
        }
        let first: Vec<_> = self.skipped.iter().take(3).map(String::as_str).collect();
        let what = if count == total {
            "no row can be used".to_owned()
        } else {
            format!("{count} of {total} rows cannot be used")
        };
        Err(Error::refused(format!("{what}; nothing was changed: {}", first.join("; "))))
    }

    /// Keeps of a site what a curator has set.
    fn keep(&mut self, site: &mut Site, known: &Site) {
        let marks = self.basis.known.curated(known.id);
        curated::keep(site, known, marks, &self.options.overruled, &mut self.findings);
    }

    fn note_absent(&mut self, export: &Export) -> Result<()> {
        let basis = self.basis;
        let absent = Absent::find(&basis.known, &export.mentioned, self.edition.year);
        let removing = self.options.allow_removals;
        if let Some(edition) = self.edition.year.filter(|_| removing) {
            self.delist(&absent, edition);
        } else {
            absent.check()?;
            self.summary.gone = absent.gone.iter().map(|site| Named::from(&***site)).collect();
        }
        self.summary.newer = absent.newer;
        Ok(())
    }

    fn delist(&mut self, absent: &Absent<'_>, edition: Year) {
        for known in &absent.gone {
            self.findings.at(None, Some(known.id));
            let mut site = departure::delisted(known, edition);
            self.keep(&mut site, known);
            if site == ***known {
                self.summary.gone.push(Named::from(&site));
            } else {
                self.summary.delisted.push(Named::from(&site));
                self.sites.push(site);
            }
        }
        self.findings.at(None, None);
    }

    /// Says where what is known is surer than the file.
    fn compare_age(&mut self) {
        if let Some((found, done)) = self.edition.remark(self.options.believes_older) {
            self.findings.warn("date_inscribed", found, done);
        }
    }

    fn finish(mut self, export: &Export) -> Plan {
        self.sites.sort_by_key(|site| site.id);
        self.summary.fields = self.judge.into_counts();
        let mut findings = export.findings.clone();
        findings.extend(self.findings.into_list());
        Plan { sites: self.sites, summary: self.summary, edition: self.edition, findings }
    }
}
