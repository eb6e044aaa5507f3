//! Takes the statements of a file into a plan, one after another.

use super::atlas::Atlas;
use super::builder::PlanBuilder;
use super::edition::Edition;
use super::identity::{Items, Names, Taken, is_another};
use super::judge::Judge;
use super::naming::Naming;
use super::newcomers::Newcomers;
use super::prose::Prose;
use crate::error::{Error, Result};
use crate::finding::{Finding, Severity};
use crate::import::basis::Basis;
use crate::import::finding::Findings;
use crate::import::options::Options;
use crate::import::statement::{Merge, Statement};
use crate::import::{Export, Plan, tolerable};
use crate::site::{Site, Translations, first_contradiction, notes_on_the_same};

/// A plan in the making.
pub(super) struct Planner<'a> {
    pub(super) plan: PlanBuilder,
    basis: &'a Basis<'a>,
    options: &'a Options,
    judge: Judge<'a>,
    newcomers: Newcomers,
    prose: Prose,
    naming: Naming,
    items: Items,
    atlas: &'static Atlas,
    /// What is wrong with the file as a whole.
    of_file: Vec<&'a Finding>,
    /// Why statements were not used.
    skipped: Vec<String>,
}

impl<'a> Planner<'a> {
    pub(super) fn new(
        basis: &'a Basis<'a>,
        export: &'a Export,
        edition: Edition,
        options: &'a Options,
    ) -> Self {
        Self {
            plan: PlanBuilder::default(),
            basis,
            options,
            judge: Judge::new(edition, export.source, options, basis),
            newcomers: Newcomers::new(basis, export, edition, options),
            prose: Prose::new(export, basis),
            naming: Naming::new(Taken::of(basis)),
            items: Items::of(basis),
            atlas: Atlas::of(basis),
            of_file: export.findings.iter().filter(|finding| is_of_file(finding)).take(2).collect(),
            skipped: Vec::new(),
        }
    }

    /// Takes every statement into the plan: first those about sites that the store has, whose names may become free for others.
    ///
    /// # Errors
    /// Refused is a file that contradicts too much, or of which too little can be used.
    pub(super) fn take_all<M: Merge>(&mut self, mut merger: M, statements: &[M::Statement]) -> Result<()> {
        self.naming.count(statements);
        let (known, new): (Vec<_>, Vec<_>) =
            statements.iter().partition(|statement| self.basis.stored(statement.id()).is_some());
        for statement in known {
            self.revise(&mut merger, statement)?;
        }
        if !new.is_empty() {
            let names = Names::after(self.plan.sites(), self.basis);
            for statement in new {
                self.add(&mut merger, &names, statement)?;
            }
        }
        self.plan.findings.at(None, None);
        self.plan.findings.sort_by_row();
        merger.check(statements.len())?;
        self.check(statements.len())?;
        merger.report(&mut self.plan.findings);
        self.prose.report(&mut self.plan.findings);
        Ok(())
    }

    pub(super) fn finish(self, export: &Export, edition: Edition) -> Plan {
        self.plan.finish(export, edition, self.judge.into_counts())
    }

    /// Takes over what a statement changes in a site that the store has.
    fn revise<M: Merge>(&mut self, merger: &mut M, statement: &M::Statement) -> Result<()> {
        let Some(known) = self.basis.stored(statement.id()) else { return Ok(()) };
        let compiled = self.basis.compiled(known.id);
        let findings = &mut self.plan.findings;
        findings.at(Some(statement.row()), Some(known.id));
        let Some(mut site) = merger.merge(Some(known), compiled, statement, findings)? else { return Ok(()) };
        self.plan.keep(&mut site, known, &self.basis.known, self.options);
        self.prose.settle(statement.row(), &mut site, Some(known));
        self.judge.compare(statement.row(), known, compiled, &site);
        let another = |known: &Site| is_another(known, &site, &statement.names());
        // Where the store is wrong about a site, the list compiled in is not.
        if another(known) && compiled.is_none_or(another) {
            self.skip(format!("the row is not about {}", known.names.english()));
        } else {
            self.naming.settle(&mut site, known.names.translations(), &mut self.plan.findings);
            self.items.give_back(&mut site, known.wikidata, &mut self.plan.findings);
            self.atlas.settle(&mut site, Some(known), &mut self.plan.findings);
            // What cannot be true together is told by the row, whatever of it is believed, so that a second run skips it too.
            let told = first_contradiction(Some(known), &site);
            self.judge.settle(&mut site, known, &mut self.plan.findings);
            match told.or_else(|| first_contradiction(Some(known), &site)) {
                Some(reason) => self.skip(reason),
                None => self.plan.put(Some(known), site),
            }
        }
        Ok(())
    }

    /// Takes a statement into the plan that is about none of the store's sites, if it is about the site it says.
    fn add<M: Merge>(&mut self, merger: &mut M, names: &Names, statement: &M::Statement) -> Result<()> {
        self.plan.findings.at(Some(statement.row()), Some(statement.id()));
        let compiled = self.basis.compiled(statement.id());
        let told = match compiled {
            Some(compiled) => {
                let told = merger.clone().merge(
                    Some(compiled),
                    Some(compiled),
                    statement,
                    &mut Findings::default(),
                )?;
                told.map(|told| (compiled, told))
            }
            None => None,
        };
        if let Some((compiled, told)) = &told {
            self.judge.compare(statement.row(), compiled, Some(compiled), told);
            if is_another(compiled, told, &statement.names()) {
                self.skip(format!("the row is not about {}", compiled.names.english()));
                return Ok(());
            }
        } else if let Err(reason) = self.meet(names, statement) {
            self.skip(reason);
            return Ok(());
        }
        match merger.merge(None, compiled, statement, &mut self.plan.findings)? {
            None => self.skipped.push(self.plan.findings.last()),
            Some(mut site) => {
                self.prose.settle(statement.row(), &mut site, None);
                if let Some((compiled, mut told)) = told {
                    self.naming.settle(&mut site, compiled.names.translations(), &mut self.plan.findings);
                    self.judge.adopt(&mut site, compiled, &mut told, &mut self.plan.findings);
                    // What is mended has its note, and so has what the list compiled in says too.
                    site.notes = notes_on_the_same(compiled, &site);
                } else {
                    self.naming.settle(&mut site, &Translations::default(), &mut self.plan.findings);
                    self.atlas.settle(&mut site, None, &mut self.plan.findings);
                }
                self.items.give_back(
                    &mut site,
                    compiled.and_then(|compiled| compiled.wikidata),
                    &mut self.plan.findings,
                );
                match first_contradiction(None, &site) {
                    Some(reason) => self.skip(reason),
                    None => self.plan.put(None, site),
                }
            }
        }
        Ok(())
    }

    /// Counts a site that is known nowhere, or says why the statement is about none.
    fn meet(&mut self, names: &Names, statement: &impl Statement) -> Result<(), String> {
        if let Some(id) = names.find(&statement.names(), statement.inscribed()) {
            return Err(format!("site {id} has this name and year"));
        }
        let id = statement.id();
        let taken = statement
            .names()
            .iter()
            .find_map(|(language, name)| self.naming.taken.by_another(id, language, name));
        match taken {
            Some(id) => Err(format!("site {id} has this name")),
            None => self.newcomers.meet(statement.inscribed()),
        }
    }

    fn skip(&mut self, reason: String) {
        self.plan.findings.warn("id_no", reason, "the row is skipped");
        self.skipped.push(self.plan.findings.last());
    }

    /// Refuses a file that contradicts too much, or of which too little can be used.
    fn check(&self, total: usize) -> Result<()> {
        self.judge.check()?;
        self.newcomers.check(total)?;
        self.prose.check(self.options)?;
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
        // A column that was left out may be why.
        let file: Vec<_> = self.of_file.iter().map(|finding| format!("; {finding}")).collect();
        Err(Error::refused(format!("{what}; nothing was changed: {}{}", first.join("; "), file.concat())))
    }
}

fn is_of_file(finding: &Finding) -> bool {
    finding.severity == Severity::Warning && finding.row.is_none()
}
