//! Numbers in the records of an old workbook, the lowest byte first.

/// The number there, 0 beyond the end.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..at + 2).map_or(0, |pair| usize::from(pair[0]) | usize::from(pair[1]) << 8)
}

/// As [`u16_at`], of four bytes.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> usize {
    u16_at(bytes, at) | u16_at(bytes, at + 2) << 16
}
