//! Outcomes of requests that may be sent again, in memory.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::SystemTime;

use super::idempotency::{Earlier, IdempotentRequest, Recorded};
use crate::auth::Actor;

/// What came of requests about things that `S` names, whose states `V` names.
pub(super) struct MemoryRequests<S, V> {
    kept: HashMap<Key, Kept<S, V>>,
    /// Hashes the bodies.
    hasher: RandomState,
}

/// Caller, target and key.
type Key = (Actor, String, String);

struct Kept<S, V> {
    subject: S,
    body: u64,
    outcome: Recorded<V>,
    at: SystemTime,
}

impl<S, V> Default for MemoryRequests<S, V> {
    fn default() -> Self {
        Self { kept: HashMap::new(), hasher: RandomState::new() }
    }
}

impl<S: PartialEq, V: Clone> MemoryRequests<S, V> {
    pub(super) fn forget_old(&mut self, now: SystemTime) {
        let oldest = now.checked_sub(IdempotentRequest::KEPT).unwrap_or(SystemTime::UNIX_EPOCH);
        self.kept.retain(|_, kept| kept.at > oldest);
    }

    pub(super) fn forget_about(&mut self, subject: &S) {
        self.kept.retain(|_, kept| kept.subject != *subject);
    }

    /// Whether anything is kept about it.
    pub(super) fn has_about(&self, subject: &S) -> bool {
        self.kept.values().any(|kept| kept.subject == *subject)
    }

    /// What came of an earlier request with the same key.
    pub(super) fn earlier(&self, actor: &Actor, request: &IdempotentRequest<'_>) -> Option<Earlier<V>> {
        let kept = self.kept.get(&key(actor, request))?;
        let same_body = kept.body == self.hasher.hash_one(request.body);
        Some(Earlier { outcome: kept.outcome.clone(), same_body })
    }

    pub(super) fn record(
        &mut self,
        actor: &Actor,
        request: &IdempotentRequest<'_>,
        subject: S,
        outcome: Recorded<V>,
        at: SystemTime,
    ) {
        let body = self.hasher.hash_one(request.body);
        self.kept.insert(key(actor, request), Kept { subject, body, outcome, at });
    }
}

fn key(actor: &Actor, request: &IdempotentRequest<'_>) -> Key {
    (actor.clone(), request.target.to_owned(), request.key.to_owned())
}
