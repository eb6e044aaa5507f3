//! Damaged, truncated and foreign files change nothing, and the message says why.

use whc_core::import::{self, Format};

use super::layout::workbook_of;
use super::*;

fn error(bytes: &[u8]) -> String {
    let error = import::read(bytes, None).unwrap_err();
    assert!(error.is_refused() || error.is_invalid(), "{}", error.report());
    error.to_string()
}

#[test]
fn the_start_of_a_file_is_never_taken_for_the_file() {
    for bytes in ALL {
        let whole = read(bytes);
        for end in 0..bytes.len() {
            let Ok(part) = import::read(&bytes[..end], None) else { continue };
            // Only blanks at the end are missing, or a table was cut exactly between two rows or within the last cell.
            let cut = String::from_utf8_lossy(&bytes[end..]);
            let between = bytes[end - 1] == b'\n' || bytes[end] == b'\r' || bytes[end] == b'\n';
            let last_cell = cut.lines().next().is_some_and(|rest| !rest.contains([',', ';']));
            let table = whole.format == Format::Csv && (between || last_cell);
            let padding = whole.format == Format::Xls && part.len() == whole.len();
            assert!(table || padding || cut.trim().is_empty(), "{} cut at {end} was read", whole.format);
        }
    }
}

#[test]
fn damaged_bytes_never_panic() {
    for bytes in ALL {
        for at in (0..bytes.len()).step_by(bytes.len() / 200 + 1) {
            let mut damaged = bytes.to_vec();
            damaged[at] ^= 0x5A;
            let _ = import::read(&damaged, None);
        }
    }
}

#[test]
fn a_part_of_what_was_promised_is_refused() {
    let text = String::from_utf8(LIST_2026.to_vec()).unwrap();
    assert!(error(text.replace("rows=\"5\"", "rows=\"1261\"").as_bytes()).contains("1261 rows and has 5"));
    let text = String::from_utf8(PORTAL_RECORDS.to_vec()).unwrap();
    assert!(
        error(text.replace("\"total_count\": 1", "\"total_count\": 1248").as_bytes()).contains("fetch all")
    );
}

#[test]
fn tables_need_whole_rows() {
    let header = "id_no,name_en,date_inscribed,category";
    assert!(error(&csv(header, &["1,A,2000,Natural", "2,B"])).contains("start of an export"));
    assert!(
        error(&csv(header, &["1,A,2000,Natural", "2,B,C,2000,Natural", "3,C,2000,Natural"]))
            .contains("row 3")
    );
    assert!(error(b"id_no,name_en\n1,\"open").contains("inside a quoted field"));
}

#[test]
fn what_is_no_export_is_told_so() {
    assert!(error(b"").contains("empty"));
    assert!(error(b" \n").contains("empty"));
    assert!(error(b"<!DOCTYPE html><html><body>Forbidden</body></html>").contains("web page"));
    assert!(error(b"\x7FELF\x02\x00\x00\x00").contains("neither text nor a workbook"));
    assert!(error(b"<rss version=\"2.0\"><channel></channel></rss>").contains("a news feed"));
    assert!(error(b"{\"error\": \"no such dataset\"}").contains("no array of records"));
    let error = error(b"number,title\n1,A\n");
    assert!(error.contains("id_no") && error.contains("number, title"), "{error}");
}

#[test]
fn entities_do_not_explode_and_depth_is_bounded() {
    let bomb = format!("<query>{}</query>", "<a>".repeat(100_000));
    assert!(error(bomb.as_bytes()).contains("nested too deep"));
    let list = "<query><row><id_number>7</id_number><site>&b;</site></row></query>";
    let bomb = format!("<!DOCTYPE q [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>{list}");
    assert!(error(bomb.as_bytes()).contains("a DOCTYPE, which no export has"));
    assert!(error(list.as_bytes()).contains("an entity \"&b;\" without a meaning"));
}

#[test]
fn a_few_unusable_rows_are_skipped_and_many_refused() {
    let header = "id_no,name_en,date_inscribed,category";
    let bad = ["x,No id,2000,Natural", "2,,2000,Natural", "3,Bad category,2000,Spiritual"];
    let mut known = Known::default();
    let lines: Vec<_> = bad.into_iter().chain(["9004,Good,2000,Natural", "9005,Fine,2001,Mixed"]).collect();
    let plan = known.import(&csv(header, &lines));
    assert_eq!(known.0.len(), 2);
    assert!(says(&plan, "row 2, id_no: \"x\" is not an id; the row is skipped"));
    assert!(says(&plan, "row 3, site 2, name_en: there is no name"));
    assert!(says(
        &plan,
        "row 4, site 3, category: a category is Cultural, Natural or Mixed, not \"Spiritual\""
    ));
    let lines: Vec<_> = lines.into_iter().chain([",No id either,2000,Natural"]).collect();
    assert!(error(&csv(header, &lines)).contains("4 of 6 rows cannot be used"));
}

/// The reader allocates all that lies between two cells.
#[test]
fn cells_far_apart_are_no_table() {
    let number = [0x03, 0x02, 0x0E, 0x00];
    let at = STATISTICS_XLS.windows(4).position(|bytes| bytes == number).unwrap();
    let mut far = STATISTICS_XLS.to_vec();
    far[at + 4..at + 8].fill(0xFF);
    assert!(error(&far).contains("cells too far apart"), "{}", error(&far));
}

/// Nor does a sheet have as many cells as it says, or from a row on that is after its last.
#[test]
fn a_claim_takes_no_memory() {
    let dimensions = [0x00, 0x02, 0x0E, 0x00];
    let at = STATISTICS_XLS.windows(4).position(|bytes| bytes == dimensions).unwrap();
    for (bytes, value) in [(8..12, [0xFF; 4]), (4..8, [5, 0, 0, 0])] {
        let mut large = STATISTICS_XLS.to_vec();
        large[at + bytes.start..at + bytes.end].copy_from_slice(&value);
        assert!(error(&large).contains("cells too far apart"), "{}", error(&large));
    }
    let header = "<row><c t=\"inlineStr\"><is><t>id_no</t></is></c></row>";
    let texts = workbook_of(header, "<sst count=\"1\" uniqueCount=\"9999999999999\"><si><t>a</t></si></sst>");
    assert!(error(&texts).contains("more than 2097152 texts"), "{}", error(&texts));
    let last_cell = |row: usize| format!("<row r=\"{row}\"><c r=\"SR{row}\"><v>1</v></c></row>");
    let far: Vec<_> = (1..9000).map(last_cell).collect();
    let far = workbook_of(&far.concat(), "<sst/>");
    assert!(error(&far).contains("cells too far apart"), "{}", error(&far));
}

/// What is short in a file and long in memory.
#[test]
fn a_small_file_takes_no_great_memory() {
    let columns = format!("id_no{}\n", ",".repeat(600));
    assert!(error(columns.as_bytes()).contains("more than 512 columns"));
    let strings = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(1 << 20));
    let cells = "<row><c t=\"s\"><v>0</v></c></row>".repeat(200);
    assert!(error(&workbook_of(&cells, &strings)).contains("more than 128 MiB of text"));
    assert!(error(b"\x1F\x8B\x08\0").contains("compressed with gzip"));
}

#[test]
fn of_two_rows_about_a_site_the_first_counts() {
    let header = "id_no,name_en,date_inscribed,category";
    let mut known = Known::default();
    let plan = known.import(&csv(header, &["7,First,2000,Natural", "7,Second,2001,Mixed"]));
    assert_eq!(known.site(7).names.english(), "First");
    assert!(says(&plan, "row 3, site 7, id_no: row 2 is about the same site; the first row counts"));
}

#[test]
fn values_that_make_no_sense_are_left_out() {
    let header = "id_no,name_en,date_inscribed,category,longitude,latitude,area_hectares,iso_code,danger";
    let mut known = Known::default();
    let plan = known.import(&csv(
        header,
        &["7,A,2000,Natural,200,10,many,usa,perhaps", "9008,B,1066,Natural,0,0,-5,fr,0"],
    ));
    let site = known.site(7);
    assert_eq!((site.point, site.area, site.states.len()), (None, None, 0));
    for part in
        ["longitude is from -180 to 180", "\"many\" is not a number", "not \"usa\"", "\"1066\" is not a year"]
    {
        assert!(says(&plan, part), "{part}");
    }
    assert!(says(&plan, "date_inscribed: it is missing for a site that is not known; the site is not added"));
    assert_eq!(known.0.len(), 1);
}

#[test]
fn a_number_at_the_cut_is_not_believed() {
    let header = "id_no,name_en,date_inscribed,category,area_hectares";
    let file = csv(header, &["9007,A,2000,Natural,20.5", "9008,B,2000,Natural,10.48"]);
    let mut known = Known::default();
    let plan = known.import(&file[..file.len() - 4]);
    assert!(says(&plan, "the last line has no line end, so that \"10\" may be cut; this cell is left out"));
    assert_eq!((known.site(9007).area.is_some(), known.site(9008).area), (true, None));
}
