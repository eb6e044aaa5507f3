//! Answers that processes share through Valkey.

use std::time::Duration;

use async_trait::async_trait;

use super::Valkey;
use crate::cache::{SharedCache, SharedHealth};
use crate::error::Result;
use crate::seal::Seal;

/// How long an answer is kept. It is true for as long as its name comes up; then it is garbage.
const LIFETIME: Duration = Duration::from_hours(24);

/// The longest answer kept.
const LONGEST: usize = 4 << 20;

/// Answers in Valkey, each signed for its name: whoever else can write there cannot make this service say anything.
#[derive(Debug)]
pub(crate) struct ValkeyCache {
    valkey: Valkey,
    seal: Seal,
}

impl ValkeyCache {
    /// Answers in this Valkey.
    ///
    /// # Errors
    /// No key can be derived, which is a fault.
    pub(crate) fn new(valkey: Valkey) -> Result<Self> {
        Ok(Self { seal: valkey.seal("answers")?, valkey })
    }
}

#[async_trait]
impl SharedCache for ValkeyCache {
    async fn get(&self, name: &str) -> Option<Vec<u8>> {
        let mut command = redis::cmd("GET");
        command.arg(self.valkey.key("answer", name));
        let sealed: Vec<u8> = self.valkey.glance::<Option<_>>(&command).await??;
        self.seal.open(name, &sealed).map(<[u8]>::to_vec)
    }

    async fn put(&self, name: &str, value: &[u8]) {
        if value.len() > LONGEST {
            return;
        }
        let mut command = redis::cmd("SET");
        command.arg(self.valkey.key("answer", name)).arg(self.seal.close(name, value));
        command.arg("EX").arg(LIFETIME.as_secs());
        self.valkey.glance::<()>(&command).await;
    }

    fn health(&self) -> SharedHealth {
        self.valkey.health()
    }
}
