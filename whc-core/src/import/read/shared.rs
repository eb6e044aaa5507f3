//! The texts that the cells of an XLS share (MS-XLS, 2.4.265): how long each is. Its reader copies them for every cell.

use super::archive::refuse_strings;
use super::bytes::{u16_at, u32_at};
use crate::error::{Error, Result};

/// The most records that the texts may go on in; those of an export go on in 400. The reader moves all that are left each time
/// it has read one.
const MAX_PARTS: usize = 1 << 14;

/// How many bytes each text has at most, by what its record and those that continue it hold. Where they break off, the reader
/// of the workbook refuses them.
pub(super) fn lengths(parts: &[&[u8]]) -> Result<Vec<usize>> {
    let Some((first, rest)) = parts.split_first() else { return Ok(Vec::new()) };
    if parts.len() > MAX_PARTS {
        return Err(Error::refused("the workbook is damaged: its texts are in too many parts"));
    }
    // Before them stands how many there are.
    let mut texts = Texts { data: first.get(8..).unwrap_or_default(), rest };
    let mut lengths = Vec::new();
    while let Some(length) = texts.next_length() {
        lengths.push(length);
        refuse_strings(lengths.len())?;
    }
    Ok(lengths)
}

/// What is still to be read.
struct Texts<'a> {
    data: &'a [u8],
    rest: &'a [&'a [u8]],
}

impl<'a> Texts<'a> {
    /// Before the characters stand how many there are, and of which of two widths; behind them, runs of formats and a
    /// pronunciation, where flags say so.
    fn next_length(&mut self) -> Option<usize> {
        if self.data.is_empty() {
            self.go_on()?;
        }
        let head = self.take(3)?;
        let (mut left, flags) = (u16_at(head, 0), head[2]);
        let runs = if flags & 0x8 == 0 { 0 } else { u16_at(self.take(2)?, 0) };
        let pronunciation = if flags & 0x4 == 0 { &[] } else { self.take(4)? };
        let mut width = 1 + usize::from(flags & 1);
        let mut length = 0;
        loop {
            let here = left.min(self.data.len() / width);
            self.take(here * width)?;
            // In UTF-8 one of the narrow ones has up to two bytes, one of the wide ones three.
            length += here * (width + 1);
            left -= here;
            if left == 0 {
                break;
            }
            // The width is said anew in each record.
            self.go_on()?;
            width = 1 + usize::from(self.take(1)?[0] & 1);
        }
        self.skip(4 * runs + u32_at(pronunciation, 0))?;
        Some(length)
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, data) = self.data.split_at_checked(count)?;
        self.data = data;
        Some(taken)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > self.data.len() {
            count -= self.data.len();
            self.go_on()?;
        }
        self.take(count).map(|_| ())
    }

    fn go_on(&mut self) -> Option<()> {
        (self.data, self.rest) = self.rest.split_first().map(|(next, rest)| (*next, rest))?;
        Some(())
    }
}
