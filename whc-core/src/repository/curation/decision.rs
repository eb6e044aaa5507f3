//! Decides what a curator's request changes: once, for every store.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::SystemTime;

use tracing::info;

use super::{Edited, SiteEdit, SitePlacement, SitePut};
use crate::audit::{AuditAction, AuditEvent, Subject, ValueChange};
use crate::auth::Curator;
use crate::error::{Error, Result};
use crate::repository::idempotency::Earlier;
use crate::site::field::FieldValue;
use crate::site::{
    Change, FieldName, Site, SiteId, SiteRecord, SiteRevision, differing, known, without_outdated_notes,
};
use crate::violation::{Violation, Violations};

/// What a store finds when it has locked a site.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct FoundSite {
    /// The site.
    pub record: Option<SiteRecord>,
    /// The site that [`SitePut::superseder`] names, locked as well.
    pub superseder: Option<SiteRecord>,
    /// What came of an earlier request with the same key.
    pub earlier: Option<Earlier<SiteRevision>>,
    /// Whether a request with the same key is under way.
    pub in_flight: bool,
}

/// What is to be done.
#[derive(Debug)]
pub enum SiteDecision {
    /// Nothing.
    Nothing(SitePlacement),
    /// Nothing with the site, which is there in this state ([`SitePlacement::Exists`]). Of a request with a key that is
    /// recorded, with the status 409.
    Conflict(SiteRevision),
    /// To write this. Of a request with a key that is recorded, with the status 201.
    Write(Box<SiteWriting>),
}

/// What is to be written of one site.
#[derive(Debug)]
#[non_exhaustive]
pub struct SiteWriting {
    /// The site before; `None` where it is new.
    pub before: Option<SiteRecord>,
    /// The site after.
    pub site: Arc<Site>,
    /// The marks it has afterwards.
    pub curated: BTreeSet<FieldName>,
    /// What the audit has of it.
    pub values: Vec<ValueChange>,
}

impl FoundSite {
    /// This site, without an earlier request.
    #[must_use]
    pub fn new(record: Option<SiteRecord>) -> Self {
        Self { record, ..Self::default() }
    }

    /// What [`put`](crate::repository::SiteStore::put) does in this state. To be asked while nobody else can change the site.
    ///
    /// # Errors
    /// The edit returned another site, or one that became a part of a site that `put` does not name.
    pub fn decide(mut self, put: &SitePut<'_>, edit: &mut SiteEdit<'_>) -> Result<SiteDecision> {
        Ok(match (self.earlier.take(), &self.record, put.if_match) {
            _ if self.in_flight => SiteDecision::Nothing(SitePlacement::InFlight),
            (Some(Earlier { same_body: false, .. }), ..) => SiteDecision::Nothing(SitePlacement::OtherBody),
            (Some(Earlier { outcome, .. }), ..) => SiteDecision::Nothing(SitePlacement::Again(outcome)),
            (None, None, Some(_)) => SiteDecision::Nothing(SitePlacement::Missing),
            (None, Some(record), None) => SiteDecision::Conflict(record.revision),
            (None, Some(record), Some(if_match)) if !if_match.allows(&record.revision) => {
                SiteDecision::Nothing(SitePlacement::Stale(record.revision))
            }
            (None, ..) => {
                let edited = edit(self.record.as_ref());
                if let Ok(edited) = &edited {
                    self.expect_named(put, &edited.site)?;
                }
                match self.checked(put, edited) {
                    Ok(edited) => decided(self.record, edited),
                    Err(violations) => SiteDecision::Nothing(SitePlacement::Invalid(violations)),
                }
            }
        })
    }

    /// Checks that the site is the one that the request is about, and a part of none that it does not name.
    fn expect_named(&self, put: &SitePut<'_>, site: &Site) -> Result<()> {
        if site.id != put.site {
            return Err(Error::internal(format!("site {} became {}", put.site, site.id)));
        }
        match site.status.superseded_by() {
            Some(by) if Some(by) != put.superseder && Some(by) != self.superseded_by() => {
                Err(Error::internal(format!("site {} became a part of {by}, which was not locked", put.site)))
            }
            _ => Ok(()),
        }
    }

    /// What was edited, with what is wrong about the site it becomes a part of: a check before the lock would let two people
    /// make two sites parts of each other.
    fn checked(&self, put: &SitePut<'_>, edited: Result<Edited, Violations>) -> Result<Edited, Violations> {
        let named = put.superseder.filter(|by| Some(*by) != self.superseded_by());
        let Some(by) = named else { return edited };
        let reason = match self.superseder.as_ref().map(|record| record.site.status.superseded_by()) {
            Some(None) => return edited,
            None => format!("is the number of a known site, and there is none with {by}"),
            Some(Some(other)) => {
                format!("is a site that is no part of another, and {by} is a part of {other}")
            }
        };
        let mut violations = match edited {
            // It does not become one after all.
            Ok(edited) if edited.site.status.superseded_by() != Some(by) => return Ok(edited),
            Ok(_) => Violations::default(),
            Err(violations) => violations,
        };
        violations.push(Violation::of("superseded_by", reason));
        Err(violations)
    }

    fn superseded_by(&self) -> Option<SiteId> {
        self.record.as_ref().and_then(|record| record.site.status.superseded_by())
    }
}

fn decided(before: Option<SiteRecord>, Edited { site, handed_back }: Edited) -> SiteDecision {
    let marks = before.as_ref().map(|record| record.curated.clone()).unwrap_or_default();
    let set: Vec<_> = match &before {
        Some(record) => differing(&record.site, &site).map(|(field, ..)| field).collect(),
        None => known(&site).map(|(field, _)| field).collect(),
    };
    let curated: BTreeSet<_> =
        marks.iter().copied().chain(set).filter(|field| !handed_back.contains(field)).collect();
    // Nobody has set that a note goes.
    let site = match &before {
        Some(record) => without_outdated_notes(&record.site, site),
        None => site,
    };
    let mut values: Vec<ValueChange> = match &before {
        Some(record) => differing(&record.site, &site).map(ValueChange::from).collect(),
        None => known(&site).map(|(field, value)| (field, FieldValue::Null, value).into()).collect(),
    };
    if let Some(record) = &before
        && *record.site == site
        && record.curated == curated
    {
        return SiteDecision::Nothing(SitePlacement::Unchanged(record.clone()));
    }
    if !marks.is_subset(&curated) {
        values.push(ValueChange::new("curated", names(&marks), names(&curated)));
    }
    SiteDecision::Write(Box::new(SiteWriting { before, site: Arc::new(site), curated, values }))
}

fn names(fields: &BTreeSet<FieldName>) -> serde_json::Value {
    fields.iter().map(|field| field.as_str()).collect()
}

impl SiteWriting {
    /// What somebody does with it.
    #[must_use]
    pub fn action(&self) -> AuditAction {
        if self.before.is_some() { AuditAction::Update } else { AuditAction::Create }
    }

    /// The names of what is set or changed.
    #[must_use]
    pub fn fields(&self) -> Vec<&str> {
        self.values.iter().map(|value| &*value.field).collect()
    }

    /// Who did it, for the audit. The store numbers its events.
    #[must_use]
    pub fn event(&self, put: &SitePut<'_>, curator: &Curator) -> AuditEvent {
        AuditEvent {
            number: 0,
            at: put.trace.at(),
            actor: curator.actor().clone(),
            action: self.action(),
            subject: Subject::Site(self.site.id),
            request_id: put.trace.request_id().to_owned(),
            fields: self.fields().into_iter().map(str::to_owned).collect(),
            values: self.values.clone(),
        }
    }

    /// What the history has of it; nothing where only marks change.
    #[must_use]
    pub fn change(&self, put: &SitePut<'_>, at: SystemTime) -> Option<Change> {
        let before = self.before.as_ref().map(|record| &*record.site);
        let change = Change::between(before, &self.site, at, None)?;
        Some(Change { reason: put.reason.map(str::to_owned), ..change })
    }

    /// What came of it, where the site is in this state now.
    #[must_use]
    pub fn placement(self, revision: SiteRevision) -> SitePlacement {
        let after = SiteRecord::new(self.site, revision).with_curated(self.curated);
        match self.before {
            Some(before) => SitePlacement::Changed { before, after },
            None => SitePlacement::Created(after),
        }
    }

    /// One line in the log for what was written.
    pub(in crate::repository) fn log(&self, put: &SitePut<'_>, curator: &Curator) {
        info!(
            target: "whc_core::audit",
            iss = curator.actor().issuer.as_deref(),
            sub = curator.actor().subject.as_str(),
            action = self.action().name(),
            subject = %format_args!("site {}", self.site.id),
            fields = self.fields().join(" "),
            request_id = put.trace.request_id(),
            "changed"
        );
    }
}

/// What would come of a request about this record, and the one it names.
pub(in crate::repository) fn rehearsed(
    (record, superseder): (Option<SiteRecord>, Option<SiteRecord>),
    put: &SitePut<'_>,
    edit: &mut SiteEdit<'_>,
) -> Result<SitePlacement> {
    Ok(match (FoundSite { superseder, ..FoundSite::new(record) }).decide(put, edit)? {
        SiteDecision::Nothing(placement) => placement,
        SiteDecision::Conflict(revision) => SitePlacement::Exists(revision),
        SiteDecision::Write(writing) => {
            let known = writing.before.as_ref().map(|record| record.revision);
            let revision = known.unwrap_or_else(|| SiteRevision::of(&writing.site));
            writing.placement(revision)
        }
    })
}
