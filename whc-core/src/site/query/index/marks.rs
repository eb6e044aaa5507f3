//! Collecting positions that come in no order.

use roaring::RoaringBitmap;

use super::index;

/// One bit for each site: quicker to set in any order than a compressed set is.
#[derive(Debug)]
pub(super) struct Marks(Vec<u8>);

impl Marks {
    /// No mark on any of so many sites.
    pub(super) fn none(sites: usize) -> Self {
        Self(vec![0; sites.div_ceil(8)])
    }

    /// Marks on these of so many sites.
    pub(super) fn on(positions: impl Iterator<Item = u32>, sites: usize) -> Self {
        let mut marks = Self::none(sites);
        positions.for_each(|position| marks.set(position));
        marks
    }

    pub(super) fn set(&mut self, position: u32) {
        self.0[index(position / 8)] |= 1 << (position % 8);
    }

    /// The positions that are marked.
    pub(super) fn positions(&self) -> RoaringBitmap {
        RoaringBitmap::from_lsb0_bytes(0, &self.0)
    }
}
