//! Plans what a file changes in the known sites.

use super::Export;
use super::basis::Basis;
use super::builder::PlanBuilder;
use super::departure::{self, Absent};
use super::edition::{Edition, after_its_session};
use super::finding::Findings;
use super::identity::{self, Names};
use super::judge::Judge;
use super::merge::{Merger, Tally};
use super::options::Options;
use super::record::Record;
use super::source::Source;
use super::summary::{Named, Summary};
use super::{future, own, tolerable};
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::site::{KnownSites, Site, Year, notes_on_the_same};

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
/// sites it should have, unless removals are allowed, or more than 10 %, unless changes of the status are accepted too.
pub fn plan<'a>(current: impl Into<KnownSites<'a>>, export: &Export, options: &Options) -> Result<Plan> {
    let current = current.into();
    let latest = options.latest()?;
    let edition = Edition::find(export, &current, latest);
    if export.source == Source::Whc {
        return own::plan(&current, export, edition, options);
    }
    let basis = Basis::new(current)?;
    let mut planned = Planned {
        judge: Judge::new(edition, options),
        merger: Merger { source: export.source, edition: edition.year },
        edition,
        options,
        basis: &basis,
        plan: PlanBuilder::default(),
        tally: Tally::default(),
        skipped: Vec::new(),
    };
    planned.take_all(&export.records, edition.horizon(export.len(), latest));
    planned.check(export.len())?;
    planned.tally.report(&mut planned.plan.findings);
    planned.note_absent(export)?;
    planned.note_cut(export);
    if let Some((found, done)) = edition.remark(options.believes_older) {
        planned.plan.findings.warn("date_inscribed", found, done);
    }
    Ok(planned.plan.finish(export, edition, planned.judge.into_counts()))
}

struct Planned<'a> {
    basis: &'a Basis<'a>,
    judge: Judge<'a>,
    merger: Merger,
    edition: Edition,
    options: &'a Options,
    plan: PlanBuilder,
    tally: Tally,
    /// Why records were not used.
    skipped: Vec<String>,
}

impl Planned<'_> {
    /// Takes every record into the plan: first those of sites that the store has, whose names may become free for others.
    fn take_all(&mut self, records: &[Record], horizon: Year) {
        for record in records {
            if let Some(known) = self.basis.stored(record.id) {
                let record = self.begin(record, horizon);
                self.revise(known, &record);
            }
        }
        let mut new = records.iter().filter(|record| self.basis.stored(record.id).is_none()).peekable();
        if new.peek().is_some() {
            let names = Names::after(self.plan.sites(), self.basis);
            for record in new {
                let record = self.begin(record, horizon);
                self.add(&names, &record);
            }
        }
        self.plan.findings.at(None, None);
        self.plan.findings.sort_by_row();
    }

    /// The record without what it cannot know yet; what is found from now on is about it.
    fn begin(&mut self, record: &Record, horizon: Year) -> Record {
        let mut record = record.clone();
        self.plan.findings.at(Some(record.row), Some(record.id));
        future::forget(&mut record, horizon, &mut self.plan.findings);
        record
    }

    /// Takes a record into the plan that is about none of the store's sites, if it is about the site it says.
    fn add(&mut self, names: &Names, record: &Record) {
        let compiled = self.basis.compiled(record.id);
        if let Some(compiled) = compiled {
            let (mut tally, mut findings) = <(Tally, Findings)>::default();
            let told = self.merger.merge(Some(compiled), Some(compiled), record, &mut tally, &mut findings);
            if told.is_some_and(|told| self.contradicts_identity(compiled, None, &told, record)) {
                return;
            }
        } else if let Some(id) = names.find(&record.names, record.inscribed) {
            self.skip(format!("site {id} has this name and year"));
            return;
        }
        match self.merger.merge(None, compiled, record, &mut self.tally, &mut self.plan.findings) {
            None => self.skipped.push(self.plan.findings.last()),
            Some(mut site) => {
                // What is mended has its note, and so has what the list compiled in says too.
                site.notes = compiled.map(|noted| notes_on_the_same(noted, &site)).unwrap_or_default();
                self.plan.put(None, site);
            }
        }
    }

    /// Takes over what a record changes in a site that the store has.
    fn revise(&mut self, known: &Site, record: &Record) {
        let compiled = self.basis.compiled(known.id);
        let findings = &mut self.plan.findings;
        let told = self.merger.merge(Some(known), compiled, record, &mut self.tally, findings);
        let Some(mut site) = told else { return };
        self.plan.keep(&mut site, known, &self.basis.known, self.options);
        if !self.contradicts_identity(known, compiled, &site, record) {
            self.judge.settle(&mut site, known, &mut self.plan.findings);
            self.plan.put(Some(known), site);
        }
    }

    /// Counts what the file contradicts, and skips a row that is about another site than it says: not the one known, nor,
    /// where the store is wrong about it, the one compiled in.
    fn contradicts_identity(
        &mut self,
        known: &Site,
        compiled: Option<&Site>,
        told: &Site,
        record: &Record,
    ) -> bool {
        self.judge.compare(known, told);
        let is_another = |site: &Site| identity::is_another(site, told, record);
        let another = is_another(known) && compiled.is_none_or(is_another);
        if another {
            self.skip(format!("the row is not about {}", known.names.english()));
        }
        another
    }

    fn skip(&mut self, reason: String) {
        self.plan.findings.warn("id_no", reason, "the row is skipped");
        self.skipped.push(self.plan.findings.last());
    }

    /// Refuses a file that contradicts too much, or of which too little can be used.
    fn check(&self, total: usize) -> Result<()> {
        self.judge.check()?;
        let count = self.skipped.len();
        if count == 0 || count < total && count <= tolerable(total) {
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

    /// A table cut between two rows looks like one of an older session, but for what it has of later ones.
    fn note_cut(&mut self, export: &Export) {
        let later = after_its_session(export, &self.basis.known, self.edition.year);
        if let Some(year) = self.edition.year.filter(|_| later > 0) {
            let found = format!(
                "the newest session of which a third is in the file is of {year}, yet it has {later} sites of later ones: \
                 it seems to be cut or filtered"
            );
            self.plan.findings.warn(None, found, "what it lacks stays; look whether the file is whole");
        }
    }

    fn note_absent(&mut self, export: &Export) -> Result<()> {
        let basis = self.basis;
        let absent = Absent::find(&basis.known, &export.mentioned, self.edition.year);
        self.plan.summary.newer = absent.newer;
        absent.check(self.options)?;
        let Some(edition) = self.edition.year.filter(|_| self.options.allow_removals) else {
            self.plan.summary.gone = absent.gone.iter().map(|site| Named::from(&***site)).collect();
            return Ok(());
        };
        for known in &absent.gone {
            self.plan.findings.at(None, Some(known.id));
            let mut site = departure::delisted(known, edition);
            self.plan.keep(&mut site, known, &basis.known, self.options);
            self.plan.delist(known, site);
        }
        self.plan.findings.at(None, None);
        Ok(())
    }
}
