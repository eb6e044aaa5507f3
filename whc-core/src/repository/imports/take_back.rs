//! Takes an import back: each value that is still as the import left it becomes what it was before.

use super::{Draft, ImportedChange, ImportedChanges};
use crate::finding::{Finding, Severity};
use crate::site::{FieldName, KnownSites, Site, SiteId, differing};

const STAYS: &str = "it stays as it is";

impl ImportedChanges {
    /// What takes the import back in these sites. What was changed since, and what a curator has set, stays; each is a
    /// finding.
    #[must_use]
    pub fn take_back(&self, known: &KnownSites<'_>) -> Draft {
        let mut plan = Plan::default();
        for change in &self.changes {
            plan.take_back(change, known);
        }
        Draft::of_import(plan.sites, plan.findings).removing(plan.removed)
    }
}

#[derive(Default)]
struct Plan {
    sites: Vec<Site>,
    removed: Vec<SiteId>,
    findings: Vec<Finding>,
}

impl Plan {
    fn take_back(&mut self, change: &ImportedChange, known: &KnownSites<'_>) {
        let id = change.after.id;
        let Some(now) = known.get(id) else {
            return self.leave(id, None, "the site is there no longer");
        };
        let Some(before) = &change.before else {
            if **now == change.after && known.curated(id).is_empty() {
                self.removed.push(id);
            } else {
                self.leave(id, None, "the site was added by the import and was changed since");
            }
            return;
        };
        let changed: Vec<_> = differing(&change.after, now).map(|(field, ..)| field).collect();
        let mut site = Site::clone(now);
        for field in &change.fields {
            if known.curated(id).contains(field) {
                self.leave(id, Some(*field), "a curator has set it");
            } else if changed.contains(field) {
                self.leave(id, Some(*field), "it was changed since");
            } else {
                field.take_over(&mut site, before);
            }
        }
        if site != **now {
            self.sites.push(site);
        }
    }

    fn leave(&mut self, site: SiteId, field: Option<FieldName>, found: &str) {
        let finding = Finding::new(Severity::Warning, found, STAYS).about(site);
        self.findings.push(Finding { field: field.map(|field| field.as_str().into()), ..finding });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::Arc;

    use super::ImportedChanges;
    use crate::repository::{ImportRecord, ImportedChange};
    use crate::site::{KnownSites, Site, Year, differing, embedded};

    fn imported(before: Option<&Site>, after: &Site) -> ImportedChange {
        let fields = before.map(|before| differing(before, after).map(|(field, ..)| field).collect());
        ImportedChange::between(before, after, fields.unwrap_or_default())
    }

    fn year(year: u16) -> Year {
        Year::new(year).unwrap()
    }

    #[test]
    fn what_is_as_the_import_left_it_becomes_what_it_was() {
        let before = embedded().unwrap();
        let after = |site: &Site| Site { inscribed: year(1999), extended: vec![year(2000)], ..site.clone() };
        let changes = before[..4].iter().map(|site| imported(Some(site), &after(site)));
        let added = before[4..7].iter().map(|site| imported(None, site));
        let record = ImportRecord::new(1, std::time::SystemTime::UNIX_EPOCH);
        let import = ImportedChanges::new(record, changes.chain(added).collect());
        let mut now: Vec<Site> = before[..4].iter().map(after).chain(before[4..6].iter().cloned()).collect();
        now[1].inscribed = year(1998);
        now[3].transboundary = true;
        now[5].area = None;
        now[5].extended = vec![year(1999)];
        let marked = BTreeMap::from([(now[2].id, BTreeSet::from(["extended".parse().unwrap()]))]);
        let sites: Vec<_> = now.iter().cloned().map(Arc::new).collect();
        let draft = import.take_back(&KnownSites::new(&sites, &marked));
        let expected = [
            before[0].clone(),
            Site { inscribed: year(1998), ..before[1].clone() },
            Site { extended: vec![year(2000)], ..before[2].clone() },
            Site { transboundary: true, ..before[3].clone() },
        ];
        assert_eq!(draft.sites, expected);
        assert_eq!(draft.removed, BTreeSet::from([now[4].id]));
        let found: Vec<_> = draft.findings.unwrap().iter().map(ToString::to_string).collect();
        let stays = |site: &Site, what: &str| format!("site {}{what}; it stays as it is", site.id);
        assert_eq!(
            found,
            [
                stays(&now[1], ", date_inscribed: it was changed since"),
                stays(&now[2], ", extended: a curator has set it"),
                stays(&now[5], ": the site was added by the import and was changed since"),
                stays(&before[6], ": the site is there no longer"),
            ]
        );
    }
}
