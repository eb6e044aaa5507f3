//! Lists that people made themselves, and files that are no table: each is told what it is, and what to do.

use super::layout::{archive, cells, workbook_with};
use super::table::Table;
use super::*;

fn refusal(file: &[u8]) -> String {
    import::read(file, None).unwrap_err().to_string()
}

#[test]
fn a_list_without_numbers_is_told_where_they_are() {
    let latin = b"name,country,year\nGal\xe1pagos Islands,Ecuador,1978\n";
    for (file, columns) in [
        (b"name,country,year\nAachen Cathedral,Germany,1978\n".as_slice(), "name, country, year"),
        (latin, "name, country, year"),
        (b"sep=;\r\nName;Country;Year\r\nAachen Cathedral;Germany;1978\r\n", "name, country, year"),
        ("Where I was\n\nName;Land;Year\n\"A; b\";Germany;1978\n".as_bytes(), "name, land, year"),
        ("My travels,,\n,,\nName,Country,Year\nAachen,Germany,1978\n".as_bytes(), "name, country, year"),
        ("No.\tSite\tYear\n1\tAachen\t1978\n".as_bytes(), "no., site, year"),
        (br#"[{"name": "Aachen Cathedral", "country": "Germany", "year": 1978}]"#, "name, year"),
    ] {
        let said = refusal(file);
        assert!(said.contains("no column has UNESCO's numbers of the sites"), "{said}");
        assert!(
            said.contains("208 of https://whc.unesco.org/en/list/208, name their column id_no"),
            "{said}"
        );
        let found = said.split("the columns are ").nth(1).unwrap();
        assert!(columns.split(", ").all(|column| found.contains(column)), "{columns}: {said}");
    }
    let said = refusal(b"id,name,country,year\n1,Aachen Cathedral,Germany,1978\n");
    assert!(
        said.contains("\"id\" alone may count anything") && said.contains("name their column id_no"),
        "{said}"
    );
}

#[test]
fn a_title_may_stand_above_the_header_of_any_table() {
    let rows = "id_no;name_en;date_inscribed;category\n9007;A, with a comma;x;Natural\n9008;B;2000;Natural\n";
    let plan = Known::default().import(format!("The List, as of today\n\n;;;\n{rows}").as_bytes());
    assert_eq!(plan.summary.added[0].name, "B");
    assert!(says(&plan, "row 4, site 9007, date_inscribed"), "{:?}", plan.findings);
}

#[test]
fn what_is_no_table_is_told_what_it_is() {
    for (file, parts) in [
        (
            archive(&[("mimetype", ""), ("content.xml", "<a/>")]),
            ["the file is an OpenDocument file: save the table", "as XLSX or CSV"],
        ),
        (
            archive(&[("[Content_Types].xml", "<a/>"), ("xl/workbook.bin", "")]),
            ["a binary workbook", "as XLSX or CSV"],
        ),
        (archive(&[("liste.csv", "a")]), ["an archive without a workbook", "unpack it"]),
        (b"%PDF-1.4\n1 0 obj".to_vec(), ["is a PDF", "an export is one of xml"]),
        (b"<table><tr><td>Aachen</td></tr></table>".to_vec(), ["a web page", "not an export"]),
        (
            b"<kml><Document><Placemark><name>Aachen</name></Placemark></Document></kml>".to_vec(),
            ["no <row> in its <kml>", "https://whc.unesco.org/en/list/xml/"],
        ),
        (br#"{"sites": [{"name": "Aachen"}]}"#.to_vec(), ["under results, records, features, data", "sites"]),
        (br#"["Aachen", "Speyer"]"#.to_vec(), ["read as json", "record 1 is not an object"]),
    ] {
        let said = refusal(&file);
        assert!(parts.iter().all(|part| said.contains(part)), "{parts:?}: {said}");
        assert_eq!(said.contains("unpack"), said.contains("without a workbook"), "{said}");
    }
}

/// Lines of cells, split at blanks.
fn lines(texts: &[&str]) -> Vec<Vec<String>> {
    texts.iter().map(|line| line.split(' ').map(str::to_owned).collect()).collect()
}

#[test]
fn which_of_several_sheets_is_read_is_told() {
    let sheet = |texts: &[&str]| cells(lines(texts).iter());
    let sites = sheet(&["id_no name_en date_inscribed category", "9001 A 2000 Natural"]);
    let (notes, others) = (sheet(&["Notes", "None"]), sheet(&["Country Sites", "France 55"]));
    let said = |sheets: &[(&str, &str)]| {
        let plan = Known::default().import(&workbook_with(sheets, "<sst/>"));
        let found = plan.findings.iter().filter(|finding| finding.found.starts_with("sheet "));
        found.map(ToString::to_string).collect::<Vec<_>>()
    };
    let is_second =
        "sheet \"Sites\" is read, number 2 of 3; it is the first with UNESCO's numbers of the sites";
    assert_eq!(said(&[("Notes", &notes), ("Sites", &sites), ("Countries", &others)]), [is_second]);
    assert_eq!(said(&[("Sites", &sites), ("Sheet2", ""), ("Sheet3", "")]), Vec::<String>::new());
    let refused = refusal(&workbook_with(&[("Notes", &notes), ("Countries", &others)], "<sst/>"));
    assert!(refused.contains("no column has UNESCO's numbers"), "{refused}");
}

#[test]
fn a_turned_table_is_told_so() {
    let turned = |columns: &[&str]| {
        let table = Table::embedded().only(columns);
        let rows: Vec<_> = std::iter::once(table.header).chain(table.rows).collect();
        (0..columns.len()).map(|at| rows.iter().map(|row| row[at].clone()).collect()).collect::<Vec<Vec<_>>>()
    };
    let as_csv = |rows: &[Vec<String>], separator: &str| -> Vec<u8> {
        let quoted = |row: &Vec<String>| {
            let cells: Vec<_> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            cells.join(separator)
        };
        format!("{}\n", rows.iter().map(quoted).collect::<Vec<_>>().join("\n")).into_bytes()
    };
    let cut = |rows: Vec<Vec<String>>| rows.into_iter().map(|row| row[..20].to_vec()).collect::<Vec<_>>();
    let (first, third) = (["id_no", "name_en", "category"], ["name_en", "category", "id_no"]);
    let titled = [vec![vec!["Our sites".to_owned()]], cut(turned(&first))].concat();
    for (file, what) in [
        (as_csv(&cut(turned(&first)), ","), "the numbers first"),
        (as_csv(&cut(turned(&third)), ";"), "the numbers last"),
        (as_csv(&turned(&third), ","), "the whole list"),
        (as_csv(&titled, ","), "a title"),
        (workbook_with(&[("a", &cells(cut(turned(&third)).iter()))], "<sst/>"), "a workbook"),
    ] {
        let said = refusal(&file);
        assert!(said.contains("the table is turned") && said.contains("transpose it"), "{what}: {said}");
    }
    let names = "id_no,name_en,date_inscribed,category\n9001,id,2000,Natural\nid_no,name_en,2000,Natural\n";
    assert!(!import::read(names.as_bytes(), None).is_err_and(|error| error.to_string().contains("turned")));
}

#[test]
fn a_table_with_several_rows_for_a_site_is_told_so() {
    let table = Table::embedded().only(&["id_no", "name_en", "date_inscribed", "category", "iso_code"]);
    let mut by_country = Table { rows: Vec::new(), ..table.clone() };
    let mut by_number = table.clone();
    for row in &table.rows {
        let codes: Vec<_> = row[4].split(',').map(str::to_owned).collect();
        by_country.rows.extend(codes.iter().map(|code| [&row[..4], std::slice::from_ref(code)].concat()));
    }
    by_number.rows.iter_mut().zip(0..).for_each(|(row, at)| row[0] = (1 + at % 50).to_string());
    for (table, parts) in [
        (by_country, ["with its name: the table has several rows for a site", "keep one of each"]),
        (by_number, ["mostly with another name", "has the column UNESCO's numbers?"]),
    ] {
        let said = refusal(&table.csv());
        assert!(said.contains("are about a site that a row before is about"), "{said}");
        assert!(parts.iter().all(|part| said.contains(part)), "{said}");
    }
    let ours: Vec<_> = (0..12).map(|at| format!("{},A,en\n", 1 + at % 3)).collect();
    let said = refusal(format!("id,name,language\n{}", ours.concat()).as_bytes());
    assert!(said.contains("several rows for a site"), "{said}");
}

#[test]
fn columns_of_one_meaning_that_differ_are_told() {
    let header = "id_no,name_en,date_inscribed,category,category_short,transboundary,transnational,criteria_txt,criteria";
    let told = |year: &str, lines: &[&str]| {
        let mut known = Known::default();
        let plan = known.import(&csv(&header.replace("category_short", year), lines));
        let notes = plan.findings.iter().filter(|finding| finding.found.contains(" differ in "));
        (known, notes.map(ToString::to_string).collect::<Vec<_>>())
    };
    let same = [
        "9001,A,2000,Cultural,C,1,True,(i)(iv),\"iv, i\"",
        "9002,B,2001,Mixed,C/N,0,0,,(i)",
        "9003,C,2001,Mixed,M,,,,",
    ];
    assert_eq!(told("category_short", &same).1, Vec::<String>::new());
    let (known, notes) = told(
        "year",
        &[
            "9001,A,2000,Cultural,2000.0,,,,",
            "9002,B,2001,Mixed,2011,,,,",
            "9003,C,2002,Mixed,2012,,,,",
            "9004,D,,Mixed,2013,,,,",
        ],
    );
    let expected = "date_inscribed: date_inscribed and year differ in 2 rows, as \"2001\" and \"2011\" in row 3; \
                    date_inscribed counts where it has a value";
    assert_eq!(notes, [expected]);
    assert_eq!([9002, 9004].map(|id| known.site(id).inscribed.get()), [2001, 2013]);
    let swapped = csv("year,id_no,name_en,date_inscribed,category", &["1999,9001,A,2000,Natural"]);
    assert_eq!(only(&swapped).inscribed.get(), 2000, "whichever comes first");
    assert!(says(
        &Known::default().import(&swapped),
        "date_inscribed and year differ in 1 row, as \"2000\" and \"1999\""
    ));
    for (id, area, notes) in [("9001.0", "80.0", [false, false]), ("2", "81", [true, true])] {
        let header = "id_no,id,name_en,date_inscribed,category,area_hectares,areahectares";
        let plan = Known::default().import(&csv(header, &[&format!("9001,{id},A,2000,Natural,80,{area}")]));
        let told = ["id_no and id differ in 1 row", "area_hectares and areahectares differ in 1 row"];
        assert_eq!(told.map(|note| says(&plan, note)), notes, "{:?}", plan.findings);
    }
}

/// They come along when a cell is copied from a page.
#[test]
fn an_id_may_have_invisible_marks_around_it_and_no_words() {
    let header = "id_no,name_en,date_inscribed,category";
    for id in ["\u{200B}9001", "9001\u{FEFF}", "\u{A0}9001\u{A0}", "\u{200B}\u{A0}9001 \u{2060}"] {
        assert_eq!(only(&csv(header, &[&format!("{id},A,2000,Natural")])).id.get(), 9001, "{id:?}");
    }
    for id in ["#208", "C 208", "20\u{200B}8"] {
        let said = refusal(&csv(header, &[&format!("{id},A,2000,Natural")]));
        assert!(said.contains("is not an id"), "{id:?}: {said}");
    }
}
