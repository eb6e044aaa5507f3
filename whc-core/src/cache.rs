//! Answers that were written before, kept for whoever asks the same of the same data.

use std::fmt;
use std::sync::Arc;

use arc_swap::ArcSwapOption;
use http::{Extensions, HeaderMap};
use quick_cache::sync::{Cache, DefaultLifecycle, PlaceholderGuard};
use quick_cache::{DefaultHashBuilder, Weighter};

use crate::body::Body;

/// What one entry costs beside its texts: headers, pointers, bookkeeping.
const OVERHEAD: u64 = 2048;

/// A successful answer.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// Its headers, all but those of one request.
    pub(crate) headers: HeaderMap,
    /// Those of the answer to somebody who has it already.
    pub(crate) not_modified: HeaderMap,
    /// What else is known of it; mostly nothing, and then without a cost.
    pub(crate) extensions: Extensions,
    /// Its body, as sent.
    pub(crate) body: Body,
}

/// The answers this process keeps, the least wanted of them dropped when they would need more memory than allowed.
///
/// All are of one edition of the data, and a key names it, so an answer is never older than the data.
pub(crate) struct ResponseCache {
    answers: Option<Cache<String, Arc<Kept>, Weight>>,
    edition: ArcSwapOption<String>,
}

/// The place of an answer that is not there yet. Whoever asks for the same waits until it is filled or given back.
pub(crate) struct Place<'a>(
    PlaceholderGuard<'a, String, Arc<Kept>, Weight, DefaultHashBuilder, DefaultLifecycle<String, Arc<Kept>>>,
);

/// What the cache has for a key.
pub(crate) enum Lookup<'a> {
    /// The answer.
    Kept(Arc<Kept>),
    /// A place to put it, where answers are kept at all.
    Missing(Option<Place<'a>>),
}

#[derive(Clone)]
struct Weight;

impl Weighter<String, Arc<Kept>> for Weight {
    fn weight(&self, key: &String, kept: &Arc<Kept>) -> u64 {
        OVERHEAD + (key.len() + kept.body.own_len()) as u64
    }
}

impl ResponseCache {
    /// A cache of at most about this many bytes; of none at all with 0.
    #[must_use]
    pub(crate) fn new(bytes: usize) -> Self {
        let answers = (bytes / 16_384).max(16);
        let answers = (bytes > 0).then(|| Cache::with_weighter(answers, bytes as u64, Weight));
        Self { answers, edition: ArcSwapOption::empty() }
    }

    /// The answer kept under this key, or the place for it. Of several who miss the same one, one gets the place and
    /// the others wait for what it puts there.
    pub(crate) async fn get(&self, edition: &str, key: &str) -> Lookup<'_> {
        let Some(answers) = &self.answers else { return Lookup::Missing(None) };
        self.turn_to(edition, answers);
        match answers.get_value_or_guard_async(key).await {
            Ok(kept) => Lookup::Kept(kept),
            Err(place) => Lookup::Missing(Some(Place(place))),
        }
    }

    /// Forgets the answers of another edition: nobody asks for them again, and they may hold on to all of its texts.
    fn turn_to(&self, edition: &str, answers: &Cache<String, Arc<Kept>, Weight>) {
        if self.edition.load().as_ref().is_some_and(|known| **known == edition) {
            return;
        }
        self.edition.store(Some(Arc::new(edition.to_owned())));
        answers.clear();
    }
}

impl Place<'_> {
    /// Keeps an answer, unless the data moved on meanwhile.
    pub(crate) fn fill(self, kept: Kept) {
        // The place is gone when all of its edition was forgotten; then so may this be.
        drop(self.0.insert(Arc::new(kept)));
    }
}

impl fmt::Debug for ResponseCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.answers.as_ref().map_or(0, Cache::weight);
        f.debug_struct("ResponseCache").field("bytes", &bytes).finish_non_exhaustive()
    }
}
