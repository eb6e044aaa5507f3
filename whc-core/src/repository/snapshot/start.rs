//! The first picture, or what stands in for it.

use std::sync::Arc;

use super::on_demand::first;
use super::{Picture, Shown, SnapshotSites};
use crate::config::SnapshotStart;
use crate::error::Result;

impl SnapshotSites {
    /// Takes the first picture, so that a server with a healthy source never has to say that it is not ready.
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

    /// Shows the list compiled in, where there is no picture.
    fn stand_in(&self) -> Result<()> {
        if self.shown.load().is_some() {
            return Ok(());
        }
        tracing::warn!("serving the World Heritage List compiled in until the database answers");
        let shown =
            Shown { picture: Arc::new(Picture::embedded()?), loaded: self.clock.now(), embedded: true };
        self.shown.compare_and_swap(&None::<Arc<Shown>>, Some(Arc::new(shown)));
        Ok(())
    }
}
