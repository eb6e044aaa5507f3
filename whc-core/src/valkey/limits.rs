//! Limits that processes share, by a script of one key in Valkey.

use std::sync::Arc;

use async_trait::async_trait;

use super::Valkey;
use crate::clock::Clock;
use crate::config::Rate;
use crate::limit::{Gcra, Limits, MemoryLimits, Taken};

/// Takes one out of a bucket, by the clock of the server. Numbers of this size are exact in Lua, but it writes them as powers of
/// ten unless told.
const SCRIPT: &str = "\
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval, capacity = tonumber(ARGV[1]), tonumber(ARGV[2])
local begun = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local after = begun + interval
if after - now > capacity then
    return {0, begun - now}
end
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000))
return {1, after - now}
";

/// The buckets of all processes. Where Valkey does not answer at once, those of this process count.
#[derive(Debug)]
pub(crate) struct ValkeyLimits {
    valkey: Valkey,
    own: MemoryLimits,
}

impl ValkeyLimits {
    pub(crate) fn new(valkey: Valkey, clock: Arc<dyn Clock>) -> Self {
        Self { valkey, own: MemoryLimits::new(clock) }
    }
}

#[async_trait]
impl Limits for ValkeyLimits {
    async fn take(&self, name: &str, rate: Rate) -> Taken {
        let gcra = Gcra::new(rate);
        let mut command = redis::cmd("EVAL");
        command.arg(SCRIPT).arg(1).arg(self.valkey.key("limit", name)).arg(gcra.interval).arg(gcra.capacity);
        match self.valkey.glance::<(bool, u64)>(&command).await {
            Some((true, left)) => gcra.taken(left),
            Some((false, left)) => gcra.refused(left),
            None => self.own.take_now(name, rate),
        }
    }
}
