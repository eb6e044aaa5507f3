//! The first snapshot, or what stands in for it.

use super::{Origin, ReplicatedSites, Snapshot};
use crate::config::SnapshotStart;
use crate::error::Result;
use crate::future::first;

impl ReplicatedSites {
    /// Takes the first snapshot, so that a server with a healthy source never has to say that it is not ready.
    ///
    /// Unless the start is to fail it waits no longer than `patience`, say `tokio::time::sleep(…)`; the first check
    /// afterwards goes on from there.
    ///
    /// # Errors
    /// As [`refresh`](Self::refresh), where `how` is [`SnapshotStart::Fail`].
    pub async fn start(&self, how: SnapshotStart, patience: impl Future<Output = ()>) -> Result<()> {
        match how {
            SnapshotStart::Fail => self.refresh().await,
            SnapshotStart::Wait => {
                first(self.refresh(), patience).await;
                Ok(())
            }
            SnapshotStart::Embedded => {
                first(self.refresh(), patience).await;
                self.stand_in()
            }
        }
    }

    /// Shows the list compiled in, where there is no snapshot.
    fn stand_in(&self) -> Result<()> {
        if self.current.get().is_some() {
            return Ok(());
        }
        tracing::warn!("serving the World Heritage List compiled in until the database answers");
        let (snapshot, loaded) = (Snapshot::embedded()?, self.clock.now());
        if self.prepare {
            snapshot.prepare(None);
        }
        let mut log = self.log();
        if log.origin.is_none() {
            self.publish(&mut log, snapshot, Origin { loaded, embedded: true });
        }
        Ok(())
    }
}
