//! Checks the archive of an XLSX: complete, undamaged, and not too large when unpacked.

use std::io::{Cursor, Read as _, copy, sink};

use zip::ZipArchive;

use crate::error::{Error, Result};

/// The most that all parts may hold when unpacked; an export holds 8 MB.
const MAX_UNPACKED: u64 = 1 << 30;

/// Unpacks every part once, which verifies its checksum, and counts.
pub(super) fn check(bytes: &[u8]) -> Result<()> {
    let damaged = |error| {
        Error::refused("the workbook is damaged or only the start of one: its archive is not whole")
            .with_source(error)
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    check_kind(&archive)?;
    let mut left = MAX_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.into_owned();
        let read = copy(&mut part.take(left + 1), &mut sink()).map_err(|error| {
            Error::refused(format!("part {name} of the workbook is damaged")).with_source(error)
        })?;
        left = left.checked_sub(read).ok_or_else(|| {
            Error::refused(format!("the workbook unpacks to more than {} MiB", MAX_UNPACKED >> 20))
        })?;
    }
    Ok(())
}

/// Many kinds of files are archives, and only one of them is a workbook of this format.
fn check_kind(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<()> {
    let has = |part: &str| archive.file_names().flatten().any(|name| name.eq_ignore_ascii_case(part));
    let what = if has("xl/workbook.xml") {
        return Ok(());
    } else if has("xl/workbook.bin") {
        "a binary workbook (XLSB)"
    } else if has("content.xml") {
        "an OpenDocument file"
    } else {
        "an archive without a workbook"
    };
    Err(Error::refused(format!("the file is {what}: unpack it, or save the table as XLSX or CSV")))
}
