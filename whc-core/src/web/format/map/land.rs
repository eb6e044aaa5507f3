//! The land of the Earth as rings of positions: Natural Earth, from data/.

use std::sync::LazyLock;

use super::ring::{Bounds, Position};

/// Positions to a degree in the files.
pub(super) const PER_DEGREE: f64 = 250.0;

/// At 1:50 million, for maps of a part of the world.
pub(super) static FINE: LazyLock<Vec<Shore>> =
    LazyLock::new(|| decode(include_bytes!("../../../../data/land-50m.bin")));
/// At 1:110 million, for the smallest maps of the world.
pub(super) static COARSE: LazyLock<Vec<Shore>> =
    LazyLock::new(|| decode(include_bytes!("../../../../data/land-110m.bin")));

/// The shore of a piece of land, or of a sea in it, which runs the other way round.
#[derive(Debug, PartialEq)]
pub(super) struct Shore {
    /// Its corners in degrees. A shore across the date line goes on east of 180° or west of -180°.
    pub(super) ring: Vec<Position>,
    pub(super) bounds: Bounds,
}

impl Shore {
    /// Where it lies over these degrees: itself, and what of it the other ends of the map have too.
    pub(super) fn copies_over(&self, view: Bounds) -> impl Iterator<Item = Vec<Position>> {
        let shifts = [-360.0, 0.0, 360.0].into_iter();
        let shifts = shifts.filter(move |shift| self.bounds.moved(*shift).meets(view));
        shifts.map(|shift| self.ring.iter().map(|[east, north]| [east + shift, *north]).collect())
    }
}

/// Reads the shores of a file: for each the number of its corners, then for each corner the steps east and north from the
/// one before, in parts of a degree; the first from 0, 0. Numbers are LEB128, steps in zigzag.
fn decode(bytes: &[u8]) -> Vec<Shore> {
    let mut numbers = numbers(bytes);
    let mut shores = Vec::new();
    while let Some(count) = numbers.next() {
        let mut at = [0_i64; 2];
        let corners = (0..count).map_while(|_| {
            at = [at[0] + unzigzag(numbers.next()?), at[1] + unzigzag(numbers.next()?)];
            Some(at.map(degrees))
        });
        let ring: Vec<_> = corners.collect();
        shores.extend(Bounds::around(ring.iter().copied()).map(|bounds| Shore { ring, bounds }));
    }
    shores
}

/// The numbers in LEB128.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = u64> {
    bytes
        .split_inclusive(|byte| byte & 0x80 == 0)
        .map(|number| number.iter().rev().fold(0, |value, byte| value << 7 | u64::from(byte & 0x7f)))
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

#[expect(clippy::cast_precision_loss, reason = "there are some 90,000 positions around the Earth")]
fn degrees(position: i64) -> f64 {
    position as f64 / PER_DEGREE
}
