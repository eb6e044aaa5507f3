//! Limits that one process knows.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use async_trait::async_trait;

use super::gcra::Gcra;
use super::{Limits, Taken};
use crate::clock::Clock;
use crate::config::Rate;

/// As many buckets are kept that are not whole. More would come from an attack by many addresses, against which limits for each
/// are of no use: then some are forgotten.
const MOST: usize = 100_000;

/// The buckets of this process. Those that are whole again are forgotten when there are too many.
pub(crate) struct MemoryLimits {
    clock: Arc<dyn Clock>,
    begun: Instant,
    hasher: RandomState,
    /// When each will be whole again, in microseconds since the beginning.
    buckets: Mutex<HashMap<u64, u64>>,
}

impl MemoryLimits {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        let begun = clock.instant();
        Self { clock, begun, hasher: RandomState::new(), buckets: Mutex::default() }
    }

    /// Takes one, without waiting.
    pub(crate) fn take_now(&self, name: &str, rate: Rate) -> Taken {
        let now = self.clock.instant().saturating_duration_since(self.begun).as_micros();
        let now = u64::try_from(now).unwrap_or(u64::MAX);
        let bucket = self.hasher.hash_one(name);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let (taken, whole) = Gcra::new(rate).take(buckets.get(&bucket).copied().unwrap_or_default(), now);
        if buckets.len() >= MOST && !buckets.contains_key(&bucket) {
            make_room(&mut buckets, now);
        }
        buckets.insert(bucket, whole);
        taken
    }
}

/// Forgets what is whole; where that is little, every other of all, so that the next look at all of them is far away.
fn make_room(buckets: &mut HashMap<u64, u64>, now: u64) {
    buckets.retain(|_, whole| *whole > now);
    if buckets.len() > MOST / 2 {
        let mut stays = false;
        // In the order of the map, which nobody outside knows.
        buckets.retain(|_, _| {
            stays = !stays;
            stays
        });
    }
}

#[async_trait]
impl Limits for MemoryLimits {
    async fn take(&self, name: &str, rate: Rate) -> Taken {
        self.take_now(name, rate)
    }
}

impl fmt::Debug for MemoryLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryLimits").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{MOST, MemoryLimits};
    use crate::clock::SystemClock;

    #[test]
    fn memory_is_bounded_whoever_comes() {
        let limits = MemoryLimits::new(Arc::new(SystemClock));
        let rate = "1/hour".parse().unwrap();
        for number in 0..4 * MOST {
            assert!(limits.take_now(&number.to_string(), rate).wait.is_none());
            if number % 1000 == 0 && number >= MOST {
                let count = limits.buckets.lock().unwrap().len();
                assert!((MOST / 2..=MOST).contains(&count), "{count} after {number}");
            }
        }
        limits.buckets.lock().unwrap().clear();
        let rate = "1000000/second".parse().unwrap();
        for number in 0..2 * MOST {
            limits.take_now(&number.to_string(), rate);
        }
        assert!(limits.buckets.lock().unwrap().len() <= MOST);
    }
}
