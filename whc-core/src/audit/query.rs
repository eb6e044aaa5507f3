//! Which events somebody wants to see.

use std::time::SystemTime;

use super::{AuditAction, AuditEvent, Subject};
use crate::auth::CaseSet;
use crate::clock::to_microsecond;
use crate::contact::CaseId;
use crate::page::{Page, Window};

/// A query of the audit. [`select`](Self::select) defines its result; every store must agree with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuditQuery {
    /// Of this subject; `None` for any.
    pub subject: Option<Subject>,
    /// By the actor with this `sub`, of whichever issuer; `None` for any.
    pub actor: Option<String>,
    /// Of this action; `None` for any.
    pub action: Option<AuditAction>,
    /// Of this time or later; `None` for all.
    pub since: Option<SystemTime>,
    /// Before this time; `None` for all.
    pub until: Option<SystemTime>,
    /// Which of them.
    pub window: Window,
}

impl AuditQuery {
    /// The events about this case.
    #[must_use]
    pub fn about_case(case: CaseId) -> Self {
        Self { subject: Some(Subject::Case(case)), ..Self::default() }
    }

    /// The same with this change.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// The page of those among `events` that match and are not about other cases than `cases`: the latest first.
    #[must_use]
    pub fn select(&self, events: &[AuditEvent], cases: &CaseSet) -> Page<AuditEvent> {
        let mut matching: Vec<_> = events.iter().filter(|event| self.matches(event, cases)).collect();
        matching.sort_by_key(|event| std::cmp::Reverse((event.at, event.number)));
        let total = u64::try_from(matching.len()).unwrap_or(u64::MAX);
        let (offset, limit) = (self.window.offset(), self.window.limit());
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Page { items: matching.into_iter().skip(offset).take(limit).cloned().collect(), total }
    }

    fn matches(&self, event: &AuditEvent, cases: &CaseSet) -> bool {
        self.subject.is_none_or(|subject| subject == event.subject)
            && self.actor.as_ref().is_none_or(|actor| *actor == event.actor.subject)
            && self.action.is_none_or(|action| action == event.action)
            && self.since.is_none_or(|since| to_microsecond(since) <= event.at)
            && self.until.is_none_or(|until| event.at < to_microsecond(until))
            && event.subject.case().is_none_or(|case| cases.contains(case))
    }
}
