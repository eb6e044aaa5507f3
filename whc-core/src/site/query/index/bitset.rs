//! A plain bitset, to collect positions that come in any order.

use roaring::RoaringBitmap;

use super::index;

/// One bit for each site: faster to set in any order than a compressed bitmap.
#[derive(Debug)]
pub(super) struct Bitset(Vec<u8>);

impl Bitset {
    /// A set with room for the positions of `sites` sites, and none of them in it.
    pub(super) fn empty(sites: usize) -> Self {
        Self(vec![0; sites.div_ceil(8)])
    }

    /// The set of these positions, each below `sites`.
    pub(super) fn from_positions(positions: impl Iterator<Item = u32>, sites: usize) -> Self {
        let mut set = Self::empty(sites);
        positions.for_each(|position| set.insert(position));
        set
    }

    /// Adds a position.
    pub(super) fn insert(&mut self, position: u32) {
        self.0[index(position / 8)] |= 1 << (position % 8);
    }

    /// The positions in the set.
    pub(super) fn positions(&self) -> RoaringBitmap {
        RoaringBitmap::from_lsb0_bytes(0, &self.0)
    }
}
