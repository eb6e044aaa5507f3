//! Checks the compound file of an XLS: whether it is as long as its allocation table says.

use crate::error::{Error, Result};

/// Higher numbers are special values, not sectors.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
const FREE: u32 = 0xFFFF_FFFF;

/// Finds the last sector in use, and checks that the file contains it.
///
/// Sector `n` starts at `(n + 1) * size`. The header lists the first 109 sectors of the allocation table; a file
/// with more than 7 MB lists the others elsewhere, so there only those 109 are checked.
pub(super) fn check(bytes: &[u8]) -> Result<()> {
    let cut = || Error::refused("the workbook is only the start of one: it uses sectors beyond its end");
    let shift = u16_at(bytes, 30).filter(|shift| (7..=16).contains(shift)).ok_or_else(cut)?;
    let size = 1_usize << shift;
    let tables =
        (0..109).map_while(|at| u32_at(bytes, 76 + 4 * at)).take_while(|sector| *sector < LAST_SECTOR);
    let mut last = 0;
    for (number, table) in tables.enumerate() {
        let start = (table as usize + 1) * size;
        let entries = bytes.get(start..start + size).ok_or_else(cut)?.chunks_exact(4);
        let used = entries.enumerate().rfind(|(_, entry)| u32_at(entry, 0) != Some(FREE));
        if let Some((at, _)) = used {
            last = last.max(number * (size / 4) + at);
        }
    }
    if bytes.len() < (last + 2) * size { Err(cut()) } else { Ok(()) }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
