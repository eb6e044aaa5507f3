//! What a file costs in memory and time while it is read is bounded, whatever it is. Each of these costs little here because it
//! is refused, or left out, before it is built.

use std::io::{Cursor, Write as _};

use whc_core::{Language, import};

use super::layout::{workbook_of, workbook_with};
use super::*;

const HEADER: &str = "id_no,name_en,date_inscribed,category";
const MIB: usize = 1 << 20;

fn refused(bytes: &[u8], why: &str) {
    let error = import::read(bytes, None).unwrap_err();
    let start: String = error.to_string().chars().take(300).collect();
    assert!(error.is_refused() && start.contains(why), "{start}");
}

/// A list with as many rows of `row`, which has its number in place of `#`.
fn rows(header: &str, count: usize, row: &str) -> Vec<u8> {
    let rows: Vec<_> = (1..=count).map(|number| row.replace('#', &number.to_string())).collect();
    format!("{header}\n{}\n", rows.join("\n")).into_bytes()
}

#[test]
fn keys_and_values_are_counted_before_they_are_built() {
    let why = "more than 1000000 keys and values";
    for value in ["0", "[]", "{}", "{\"a\":0}"] {
        refused(format!("[{}{value}]", format!("{value},").repeat(1_000_000)).as_bytes(), why);
    }
    refused("{\"id\":1,\"status\":\"\"}\n".repeat(250_001).as_bytes(), why);
    let zeros = format!("[{}0]", "0,".repeat(1_000_000));
    let wide: Vec<_> =
        "\u{FEFF}".encode_utf16().chain(zeros.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    refused(&wide, why);
    let text = ",".repeat(1_000_000);
    let record = |text: &str| format!("[{{\"id_no\":7,\"name_en\":\"A\",\"other\":\"\\\"{text}\\\\\"}}]");
    assert_eq!(read(record(&text).as_bytes()).len(), 1);
}

#[test]
fn cells_are_counted_before_a_table_is_split() {
    let wide = ",".repeat(512);
    refused(format!("{HEADER}\n{wide}\n\"open").as_bytes(), "row 2 has more than 512 columns");
    refused(format!("A title\n\n{HEADER}\n7,A,2000,Natural\n{wide}\n").as_bytes(), "row 4 has more than 512");
    let ours = "id,name,language\n1,A,en\n";
    refused(format!("{ours}{wide}\n").as_bytes(), "row 3 has more than 512 columns");
    let many = format!("{}\n", ",".repeat(511)).repeat(8209);
    refused(format!("{HEADER}\n{many}").as_bytes(), "more than 4194304 cells");
    refused(format!("{ours}{many}").as_bytes(), "more than 4194304 cells");
    let quoted = format!("7,\"A \"\"{wide}\n{wide}\"\"\",2000,Natural");
    assert_eq!(read(&csv(HEADER, &[&quoted])).len(), 1);
}

/// Why a file with more items in its lists than all exports together is refused.
const ITEMS: &str = "more than 100000 items";

#[test]
fn parts_are_counted_over_all_rows() {
    let site = "<id_number>7</id_number><site>A</site>";
    let row = |parts: usize| format!("<row>{site}<parts>{}</parts></row>", "<poi/>".repeat(parts));
    refused(format!("<query>{}</query>", row(100_001)).as_bytes(), ITEMS);
    refused(format!("<query>{}</query>", row(1000).repeat(101)).as_bytes(), ITEMS);
    let parts = "{},".repeat(100_000);
    refused(format!("[{{\"id_no\":7,\"name_en\":\"A\",\"components\":[{parts}{{}}]}}]").as_bytes(), ITEMS);
}

#[test]
fn items_of_cells_are_counted_over_all_rows() {
    let listed = "{latitude:1,longitude:1}".repeat(34_000);
    refused(&rows("id_no,name_en,components_list", 3, &format!("#,A,{listed:?}")), ITEMS);
    let states = "a,".repeat(2000);
    refused(&rows("id_no,name_en,states_names", 51, &format!("#,A,{states:?}")), ITEMS);
}

#[test]
fn items_of_cells_of_ours_are_counted_over_all_rows() {
    for (column, text) in [
        ("components", format!("MULTIPOINT (({}1 1))", "1 1), (".repeat(100_000))),
        ("states", "a; ".repeat(100_001)),
        ("danger_past", vec!["1-1"; 100_001].join(" ")),
    ] {
        refused(format!("id,name,language,{column}\n1,A,en,{text:?}\n").as_bytes(), ITEMS);
    }
}

#[test]
fn what_is_longer_than_any_text_is_left_out() {
    let header = format!("{HEADER},short_description_en,iso_code");
    let [long, short] = [MIB + 1, MIB].map(|length| "a".repeat(length));
    let codes = "fr,".repeat(1400);
    let mut known = Known::default();
    let plan = known.import(&csv(&header, &[&format!("9001,A,2000,Natural,{long},\"{codes}\"")]));
    assert!(says(&plan, "2 texts are longer than any of an export; they are left out"));
    let site = known.site(9001);
    assert_eq!((site.short_descriptions.get(Language::English), site.states.len()), (None, 0));
    known.import(&csv(&header, &[&format!("9001,A,2000,Natural,{short},fr")]));
    assert_eq!(known.site(9001).short_descriptions.get(Language::English).map(str::len), Some(MIB));
    for ours in [
        format!("id,name,language,short_description\n9001,A,en,{long}\n"),
        format!("[{{\"id\":9001,\"status\":\"inscribed\",\"short_descriptions\":{{\"en\":\"{long}\"}}}}]"),
    ] {
        let plan = known.import(ours.as_bytes());
        assert!(says(&plan, "1 texts are longer than any of an export"));
        assert_eq!(known.site(9001).short_descriptions.get(Language::English).map(str::len), Some(MIB));
    }
}

#[test]
fn findings_end_with_how_many_there_are_more() {
    let export = read(&rows("id_no,name_en,iso_code", 60, &format!("#,A,\"{}\"", "x,".repeat(2000))));
    assert!(export.findings.iter().any(|finding| finding.found == "99997 more are like these"));
    let last = export.findings.last().unwrap().to_string();
    assert!(last.contains("there are 20000 more findings; they are not shown"), "{last}");
}

#[test]
fn messages_have_only_the_start_of_a_long_name() {
    let long = "a".repeat(MIB);
    for (file, why) in [
        (format!("<{long}/>"), "no <row> in its <aaa"),
        (format!("{long},title\n1,A\n"), "no column has UNESCO's numbers"),
        (format!("{{\"{long}\":1}}"), "its keys are aaa"),
    ] {
        let error = import::read(file.as_bytes(), None).unwrap_err().to_string();
        assert!(error.contains(why) && error.len() < 1000, "{}", error.len());
    }
}

#[test]
fn tags_of_a_workbook_are_counted_as_it_is_unpacked() {
    refused(&workbook_of(&"<a/>".repeat((2 << 20) + 1), "<sst/>"), "more than 2097152 tags");
}

/// A record of an XLS (MS-XLS, 2.1.4).
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

/// Numbers of two bytes.
fn words(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// An XLS with so many sheets, which are all these records.
fn workbook(sheets: usize, globals: &[u8], records: &[u8]) -> Vec<u8> {
    let start = [record(0x809, &words(&[0x600, 5, 0, 0, 0, 0, 0, 0])), globals.to_vec()].concat();
    let end = record(0x0A, &[]);
    let place = u32::try_from(start.len() + sheets * 13 + end.len()).unwrap();
    let sheet = record(0x85, &[&place.to_le_bytes()[..], &[0, 0, 1, 0, b'a']].concat());
    let head = record(0x809, &words(&[0x600, 0x10, 0, 0, 0, 0, 0, 0]));
    let stream = [start, sheet.repeat(sheets), end.clone(), head, records.to_vec(), end].concat();
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.into_inner().into_inner()
}

/// Cells of the first column with a shared text.
fn shared(count: u16, text: u16) -> Vec<u8> {
    (0..count).flat_map(|row| record(0xFD, &words(&[row, 0, 0, text, 0]))).collect()
}

/// The texts that cells share: the first in two widths, with a run of formats and a pronunciation that goes on in the next
/// record, then a short one, and one of 48000 letters.
fn table() -> Vec<u8> {
    let first = [&[0; 8][..], &[3, 0, 0xC, 1, 0, 2, 0, 0, 0, b'a']].concat();
    let second = vec![1, b'b', 0, b'c', 0, 0, 0, 0, 0, 0];
    let third = [&[0][..], &[5, 0, 0], b"id_no", &[0x80, 0xBB, 0]].concat();
    let long = [&[0][..], &[b'a'; 8000]].concat();
    let parts = std::iter::once(second).chain([third]).chain(vec![long; 6]);
    [vec![record(0xFC, &first)], parts.map(|part| record(0x3C, &part)).collect()].concat().concat()
}

#[test]
fn cells_of_an_old_workbook_share_texts_that_are_not_copied_without_end() {
    let why = "more than 128 MiB of text";
    refused(&workbook(1, &table(), &shared(1400, 2)), why);
    refused(&workbook(2, &table(), &shared(700, 2)), why);
    for text in [0, 1, 3] {
        let error = import::read(&workbook(1, &table(), &shared(1400, text)), None).unwrap_err();
        assert!(!error.to_string().contains(why), "{error}");
    }
    let claims = record(0x204, &words(&[0, 0, 0, 60_000, 0]));
    refused(&workbook(1, &[], &claims.repeat(800)), why);
    refused(&workbook(1, &table().repeat(2), &[]), "two tables of texts");
    let parts = [record(0xFC, &[0; 8]), record(0x3C, &[0; 3]).repeat(1 << 14)].concat();
    refused(&workbook(1, &parts, &[]), "its texts are in too many parts");
    // Of empty texts there is room for 2700 in a part.
    let empty = [record(0xFC, &[0; 8]), record(0x3C, &[0; 3 * 2700]).repeat(777)].concat();
    refused(&workbook(1, &empty, &[]), "more than 2097152 texts");
}

#[test]
fn a_workbook_has_few_sheets() {
    let sheets = |count| workbook_with(&vec![("a", ""); count], "<sst/>");
    let error = import::read(&sheets(64), None).unwrap_err().to_string();
    assert!(error.contains("no sheet with cells"), "{error}");
    refused(&sheets(65), "more than 64 sheets");
}

#[test]
fn an_old_workbook_has_few_sheets_cells_and_formulas() {
    refused(&workbook(65, &[], &[]), "more than 64 sheets");
    let wide = record(0xBD, &words(&[0, 0, 0, 0, 0, 65_000]));
    refused(&workbook(1, &[], &wide.repeat(65)), "too many cells");
    let formula = |length: usize| record(0x06, &vec![0; length]);
    refused(&workbook(1, &[], &formula(3000)), "formulas that are too long or too many");
    refused(&workbook(1, &[], &formula(2000).repeat(300)), "formulas that are too long or too many");
}
