//! The places for connections: who holds them, and who has to go when there are none left.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use tokio::task::Id;
use tokio::time::{Duration, Instant};

use crate::ServerConfig;
use crate::config::network;
use crate::connection::{Activity, Stage};

/// A client that is not silent asks sooner than this after it has connected or got its last answer.
const PROMPT: Duration = Duration::from_millis(250);
/// A host with IPv6 has this much of an address at least to itself.
const HOST_BITS_V6: u8 = 64;

/// Who connections come from: all of one are one client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Source(u128);

/// The places that are taken.
#[derive(Default)]
pub(super) struct Places {
    taken: HashMap<Id, Place>,
    by_source: HashMap<Source, usize>,
}

struct Place {
    source: Option<Source>,
    activity: Arc<Activity>,
}

impl Places {
    /// Whose share a connection from `address` belongs to; that of a proxy belongs to nobody's.
    pub(super) fn source(config: &ServerConfig, address: IpAddr) -> Option<Source> {
        let trusted = config.trusted_proxies.iter().any(|network| network.contains(address));
        let bits = network::bits(address);
        let whole = address.to_canonical().is_ipv4();
        (!trusted).then(|| Source(if whole { bits } else { network::leading(bits, HOST_BITS_V6) }))
    }

    /// How many connections there are from there.
    pub(super) fn count(&self, source: Source) -> usize {
        self.by_source.get(&source).copied().unwrap_or_default()
    }

    pub(super) fn take(&mut self, id: Id, source: Option<Source>, activity: Arc<Activity>) {
        if let Some(source) = source {
            *self.by_source.entry(source).or_default() += 1;
        }
        self.taken.insert(id, Place { source, activity });
    }

    pub(super) fn leave(&mut self, id: Id) {
        let Some(source) = self.taken.remove(&id).and_then(|place| place.source) else { return };
        if let Some(count) = self.by_source.get_mut(&source) {
            *count -= 1;
            if *count == 0 {
                self.by_source.remove(&source);
            }
        }
    }

    /// Tells all connections what stage the server is at.
    pub(super) fn turn(&self, stage: Stage) {
        for place in self.taken.values() {
            place.activity.turn(stage);
        }
    }

    /// Asks the longest idle connection to go, of all or of those from one source. Says whether there is one.
    pub(super) fn make_room(&self, source: Option<Source>) -> bool {
        let places = self.taken.values().filter(|place| source.is_none() || place.source == source);
        let idle = places.filter_map(|place| Some((place.activity.idle()?, &place.activity)));
        let (silent, prompt): (Vec<_>, Vec<_>) =
            idle.partition(|(idle, _)| Instant::now().saturating_duration_since(idle.since) >= PROMPT);
        // Where nobody is silent yet, those who have not asked for anything so far go first, and the others stay.
        let fresh = prompt.into_iter().filter(|(idle, _)| idle.fresh);
        let longest = |(idle, _): &(crate::connection::Idle, &Arc<Activity>)| idle.since;
        let leaving = silent.into_iter().min_by_key(longest).or_else(|| fresh.min_by_key(longest));
        leaving.is_some_and(|(_, activity)| activity.leave())
    }
}
