//! The reader of workbooks. An archive has checksums, which no mutation gets right, so it is made here around the parts: the
//! workbook, its strings and a sheet, with a zero byte between them. What has no zero byte is a sheet.

#![no_main]

use std::io::{Cursor, Write as _};

use libfuzzer_sys::fuzz_target;
use whc_core::import::{self, Format};
use whc_core_fuzz::let_readers_catch_panics;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const WORKBOOK: &[u8] = br#"<workbook><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const PACKAGE: &[u8] = br#"<Relationships><Relationship Id="rId1" Target="xl/workbook.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"#;
const RELATIONS: &[u8] = br#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>"#;

fn archive(parts: [(&str, &[u8]); 5]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        archive.start_file(name, stored)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}

fuzz_target!(init: let_readers_catch_panics(), |bytes: &[u8]| {
    let parts: Vec<_> = bytes.split(|byte| *byte == 0).collect();
    let (workbook, strings, sheet) = match parts[..] {
        [workbook, strings, sheet] => (workbook, strings, sheet),
        [sheet] => (WORKBOOK, &b"<sst/>"[..], sheet),
        // An archive as it is.
        _ => {
            let _ = import::read(bytes, Some(Format::Xlsx));
            return;
        }
    };
    let parts = [
        ("_rels/.rels", PACKAGE),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let bytes = archive(parts).expect("an archive in memory");
    let _ = import::read(&bytes, Some(Format::Xlsx));
});
