//! The list in the layouts of the exports: their columns, what these are called, and how a file of each is written.

use std::io::{Cursor, Write as _};

use serde_json::{Value, json};
use whc_core::Site;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::table::Table;

/// A layout of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// The statistics as CSV.
    Statistics,
    /// The statistics as XLSX.
    Workbook,
    /// The list as XML, without areas and translations.
    List,
    /// whc001 as CSV.
    Portal,
    /// whc001 as an array in JSON.
    Records,
    /// Records as JSON Lines, with numbers and lists for what can be one.
    Lines,
}

impl Layout {
    pub(super) const ALL: [Self; 6] =
        [Self::Statistics, Self::Workbook, Self::List, Self::Portal, Self::Records, Self::Lines];

    /// These sites in its columns.
    pub(super) fn table<'a>(self, sites: impl Iterator<Item = &'a Site>) -> Table {
        let table = Table::of(sites);
        match self {
            Self::Statistics | Self::Workbook => table,
            Self::List => list(table),
            Self::Portal | Self::Records | Self::Lines => portal(table),
        }
    }

    pub(super) fn write(self, table: &Table) -> Vec<u8> {
        match self {
            Self::Statistics | Self::Portal => table.csv(),
            Self::Workbook => workbook(table),
            Self::List => xml(table),
            Self::Records => format!("[{}]", records(table, text).join(",\n")).into_bytes(),
            Self::Lines => format!("{}\n", records(table, typed).join("\n")).into_bytes(),
        }
    }

    /// Whether the file is text, which can be in an encoding of its own.
    pub(super) fn is_text(self) -> bool {
        self != Self::Workbook
    }
}

fn list(table: Table) -> Table {
    let columns = "id_no,name_en,date_inscribed,secondary_dates,danger_list,longitude,latitude,criteria_txt,category,\
                   states_name_en,region_en,iso_code,transboundary";
    let names = [
        ("id_no", "id_number"),
        ("name_en", "site"),
        ("danger_list", "danger"),
        ("states_name_en", "states"),
        ("region_en", "region"),
    ];
    let table = table.only(&columns.split(',').collect::<Vec<_>>());
    names
        .into_iter()
        .fold(table, |table, (from, to)| table.renamed(from, to))
        .with("iso_code", str::to_lowercase)
}

fn portal(table: Table) -> Table {
    let names = [("states_name_en", "states_names"), ("region_en", "region"), ("iso_code", "iso_codes")];
    let flag = |text: &str| if text == "1" { "True" } else { "False" }.to_owned();
    let mut table = names
        .into_iter()
        .fold(table, |table, (from, to)| table.renamed(from, to))
        .with("danger", flag)
        .with("transboundary", flag);
    let [longitude, latitude] = ["longitude", "latitude"].map(|name| table.column(name));
    "coordinates".clone_into(&mut table.header[longitude]);
    table.header.remove(latitude);
    for row in &mut table.rows {
        let south_or_north = row.remove(latitude);
        if !row[longitude].is_empty() {
            row[longitude] = format!("{south_or_north}, {}", row[longitude]);
        }
    }
    table.header.push("uuid".to_owned());
    table.rows.iter_mut().zip(0..).for_each(|(row, number)| row.push(format!("{number:08x}")));
    table
}

fn xml(table: &Table) -> Vec<u8> {
    let row = |cells: &Vec<String>| {
        let cell = |(name, text): (&String, &String)| format!("<{name}>{}</{name}>", escaped(text));
        format!("<row>{}</row>\n", table.header.iter().zip(cells).map(cell).collect::<String>())
    };
    let rows: String = table.rows.iter().map(row).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<query rows=\"{}\">{rows}</query>\n",
        table.rows.len()
    )
    .into_bytes()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\u{1}', "")
}

/// Each record as an object. Keys may come twice, as in a file whose columns were renamed.
fn records(table: &Table, value: fn(&str, &str) -> Value) -> Vec<String> {
    let member = |(name, text): (&String, &String)| format!("{}:{}", json!(name), value(name, text));
    let record = |cells: &Vec<String>| {
        let members: Vec<_> = table.header.iter().zip(cells).map(member).collect();
        format!("{{{}}}", members.join(","))
    };
    table.rows.iter().map(record).collect()
}

/// The value as the portal has it: texts, lists of states, points.
fn text(name: &str, text: &str) -> Value {
    let degrees = |text: &str| text.trim().parse::<f64>().ok();
    match (name, text.split_once(',')) {
        (_, None) if text.is_empty() => Value::Null,
        ("coordinates", Some((latitude, longitude))) => match (degrees(latitude), degrees(longitude)) {
            (Some(latitude), Some(longitude)) => json!({"lon": longitude, "lat": latitude}),
            _ => text.into(),
        },
        ("states_names", _) => text.split(',').collect(),
        _ => text.into(),
    }
}

/// The value as a program would make it: numbers, flags and lists.
fn typed(name: &str, cell: &str) -> Value {
    let items = |separator: char| cell.split(separator).filter(|item| !item.is_empty()).collect();
    match (name, cell) {
        ("iso_codes" | "secondary_dates" | "region", _) => items(','),
        ("criteria_txt", _) => items(')').as_array().map_or(Value::Null, |items| {
            items.iter().filter_map(Value::as_str).map(|item| format!("{item})")).collect()
        }),
        (_, "True") => true.into(),
        (_, "False") => false.into(),
        _ => cell.parse::<f64>().map_or_else(|_| text(name, cell), |number| json!(number)),
    }
}

fn workbook(table: &Table) -> Vec<u8> {
    workbook_of(&cells(std::iter::once(&table.header).chain(&table.rows)), "<sst/>")
}

/// Rows as a sheet has them.
pub(super) fn cells<'a>(rows: impl Iterator<Item = &'a Vec<String>>) -> String {
    let cell = |text: &String| match text.parse::<f64>() {
        Ok(number) if number.is_finite() => format!("<c><v>{text}</v></c>"),
        _ => format!("<c t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(text)),
    };
    let rows =
        rows.map(|cells| format!("<row>{}</row>", cells.iter().map(cell).collect::<Vec<_>>().concat()));
    rows.collect::<Vec<_>>().concat()
}

/// A workbook with a sheet of these rows, and these texts that its cells share.
pub(super) fn workbook_of(rows: &str, strings: &str) -> Vec<u8> {
    workbook_with(&[("a", rows)], strings)
}

/// A workbook with sheets of these names and rows, and these texts that their cells share.
pub(super) fn workbook_with(sheets: &[(&str, &str)], strings: &str) -> Vec<u8> {
    let relation = |id: usize, kind: &str, target: &str| {
        let kind = format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
        format!(r#"<Relationship Id="rId{id}" Target="{target}" Type="{kind}"/>"#)
    };
    let relations = |all: &[String]| format!("<Relationships>{}</Relationships>", all.concat());
    let (mut names, mut targets, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    for (id, (name, rows)) in (1..).zip(sheets) {
        names.push(format!(r#"<sheet name="{name}" sheetId="{id}" r:id="rId{id}"/>"#));
        targets.push(relation(id, "worksheet", &format!("worksheets/sheet{id}.xml")));
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/sheet{id}.xml"), sheet));
    }
    let package = relations(&[relation(1, "officeDocument", "xl/workbook.xml")]);
    let book = format!("<workbook><sheets>{}</sheets></workbook>", names.concat());
    let targets = relations(&targets);
    let fixed = [
        ("_rels/.rels", package.as_str()),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &targets),
        ("xl/sharedStrings.xml", strings),
    ];
    let parts = parts.iter().map(|(name, sheet)| (name.as_str(), sheet.as_str()));
    archive(&fixed.into_iter().chain(parts).collect::<Vec<_>>())
}

/// An archive with these parts.
pub(super) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        archive.start_file(*name, stored).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
