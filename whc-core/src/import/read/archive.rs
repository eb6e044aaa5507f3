//! Checks the archive of an XLSX: complete, undamaged, and not too large when unpacked.

use std::io::{self, BufReader, Cursor, Read, copy, sink};

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

use crate::error::{Error, Result};

/// The most that all parts may hold when unpacked; an export holds 8 MB.
const MAX_UNPACKED: u64 = 1 << 27;

/// The most tags that all parts may have; an export has 280 000. Of each a style, a relation or a cell is made, and each sheet
/// may be of the same part.
const MAX_TAGS: usize = 1 << 21;

/// The most texts that cells may share; an export has 20 000.
const MAX_STRINGS: usize = 1 << 21;

/// Unpacks every part once, which verifies its checksum, and counts.
pub(super) fn check(bytes: &[u8]) -> Result<()> {
    let damaged = |error| {
        Error::refused("the workbook is damaged or only the start of one: its archive is not whole")
            .with_source(error)
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    check_kind(&archive)?;
    let (mut left, mut tags) = (MAX_UNPACKED, 0);
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.into_owned();
        let mut part = Tags { part: part.take(left + 1), count: tags };
        if name.to_ascii_lowercase().ends_with("sharedstrings.xml") {
            check_strings(&mut part)?;
        }
        copy(&mut part, &mut sink()).map_err(|error| {
            Error::refused(format!("part {name} of the workbook is damaged")).with_source(error)
        })?;
        tags = part.count;
        let read = left + 1 - part.part.limit();
        left = left.checked_sub(read).ok_or_else(|| {
            Error::refused(format!("the workbook unpacks to more than {} MiB", MAX_UNPACKED >> 20))
        })?;
        if tags > MAX_TAGS {
            return Err(Error::refused(format!("the workbook has more than {MAX_TAGS} tags")));
        }
    }
    Ok(())
}

/// A part of which the tags are counted as it is read.
struct Tags<R> {
    part: R,
    count: usize,
}

impl<R: Read> Read for Tags<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.part.read(buffer)?;
        self.count += memchr::memchr_iter(b'<', &buffer[..read]).count();
        Ok(read)
    }
}

/// The reader of workbooks makes room for as many texts as their part claims to have, and for each that it has.
fn check_strings(part: &mut impl Read) -> Result<()> {
    let claimed = |root: &BytesStart<'_>| {
        let count = root.try_get_attribute("uniqueCount").ok().flatten();
        count.and_then(|count| count.value.parse::<usize>().ok()).unwrap_or_default()
    };
    let mut reader = Reader::from_reader(BufReader::new(part));
    let (mut buffer, mut count, mut most) = (Vec::new(), 0, 0);
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) => match element.local_name().as_ref() {
                "sst" => most = most.max(claimed(&element)),
                "si" => count += 1,
                _ => {}
            },
            // What is no XML is told by whoever reads it.
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
        refuse_strings(most.max(count))?;
        buffer.clear();
    }
}

/// Refuses a workbook in which cells share so many texts.
pub(super) fn refuse_strings(count: usize) -> Result<()> {
    if count <= MAX_STRINGS {
        return Ok(());
    }
    Err(Error::refused(format!("the workbook has, or claims, more than {MAX_STRINGS} texts")))
}

/// Many kinds of files are archives, and only one of them is a workbook of this format.
fn check_kind(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<()> {
    let has = |part: &str| archive.file_names().flatten().any(|name| name.eq_ignore_ascii_case(part));
    let what = if has("xl/workbook.xml") {
        return Ok(());
    } else if has("xl/workbook.bin") {
        "a binary workbook (XLSB): save the table as XLSX or CSV"
    } else if has("content.xml") {
        "an OpenDocument file: save the table as XLSX or CSV"
    } else {
        "an archive without a workbook: unpack it, or save the table as XLSX or CSV"
    };
    Err(Error::refused(format!("the file is {what}")))
}
