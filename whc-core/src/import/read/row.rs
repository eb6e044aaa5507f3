//! A row before its values are parsed: texts by field.

use super::field::{self, Field};
use crate::import::MAX_COLUMNS;
use crate::import::damaged::is_lost;
use crate::import::finding::Findings;
use crate::import::long::{is_long, is_long_fact};
use crate::site::{Language, Region};

/// One site as the file has it.
#[derive(Debug, Default)]
pub(in crate::import) struct Row {
    /// See [`Finding::row`](crate::import::Finding::row).
    pub(in crate::import) number: usize,
    /// The points of the parts, where the format has a structure of its own for them.
    pub(in crate::import) points: Vec<RawPoint>,
    cells: Vec<(Field, u8, String)>,
    /// How many cells had a word that stands for nothing.
    nothings: usize,
    /// How many texts had lost their letters.
    pub(in crate::import) lost: usize,
    /// How many texts are longer than any of an export.
    pub(in crate::import) long: usize,
    /// What two columns of one field say, where it is not the same text; the one that counts first.
    pub(in crate::import) rivals: Vec<(Field, [String; 2])>,
}

/// What programs write where there is nothing. `NA` is Namibia too.
const NOTHINGS: [&str; 15] = [
    "NA", "N/A", "NULL", "null", "None", "nan", "NaN", "\\N", "#N/A", "#NAME?", "#REF!", "#VALUE!",
    "#DIV/0!", "#NUM!", "#NULL!",
];
const DASHES: [&str; 3] = ["-", "–", "—"];

/// A point before it is parsed.
#[derive(Debug, Default)]
pub(in crate::import) struct RawPoint {
    pub(in crate::import) longitude: String,
    pub(in crate::import) latitude: String,
    pub(in crate::import) country: String,
}

/// The rows of a file, and what the file says of itself.
#[derive(Debug, Default)]
pub(in crate::import) struct Listing {
    pub(in crate::import) rows: Vec<Row>,
    /// The names of the columns, elements or keys, in the order first met.
    pub(in crate::import) columns: Vec<String>,
    /// How many rows the file claims to have.
    pub(in crate::import) claimed: Option<usize>,
}

impl Row {
    /// An empty row.
    pub(in crate::import) fn new(number: usize) -> Self {
        Self { number, ..Self::default() }
    }

    /// The text of `field`, never blank.
    pub(in crate::import) fn get(&self, field: Field) -> Option<&str> {
        self.cells.iter().find(|(known, ..)| *known == field).map(|(.., text)| text.as_str())
    }

    /// Takes the text of `field` away.
    pub(in crate::import) fn remove(&mut self, field: Field) {
        self.cells.retain(|(known, ..)| *known != field);
    }

    /// Writes the text of `field` in another way.
    pub(in crate::import) fn replace(&mut self, field: Field, text: String) {
        if let Some((.., cell)) = self.cells.iter_mut().find(|(known, ..)| *known == field) {
            *cell = text;
        }
    }

    /// Stores `text` for the field called `name` (normalized), unless it is blank or a column of a better rank had a value.
    pub(in crate::import) fn put(&mut self, name: &str, text: &str) {
        if let Some((field, rank)) = Field::named(name) {
            self.set(field, rank, text);
        }
    }

    /// Whether it has a name that `other` has too.
    pub(in crate::import) fn agrees_in_name(&self, other: &Self) -> bool {
        let mut names = self.cells.iter().filter(|(field, ..)| matches!(field, Field::Name(_)));
        names.any(|(field, _, name)| other.get(*field) == Some(name))
    }

    /// Moves the texts without a language, taken for English, to the language they are in, and drops what is in words of it.
    pub(in crate::import) fn translate(&mut self, language: Language) {
        let english = Language::English;
        self.cells.retain(|(field, ..)| !matches!(field, Field::States | Field::Regions));
        for (field, ..) in &mut self.cells {
            *field = match *field {
                Field::Name(told) if told == english => Field::Name(language),
                Field::Description(told) if told == english => Field::Description(language),
                Field::Justification(told) if told == english => Field::Justification(language),
                other => other,
            };
        }
    }

    /// How many cells had a word that stands for nothing. A code `NA` is Namibia's where a state says so, else such a word.
    pub(in crate::import) fn settle_nothings(&mut self) -> usize {
        let namibian = self.get(Field::States).is_some_and(|states| states.contains("Namibia"));
        let before = self.cells.len();
        if !namibian {
            self.cells
                .retain(|(field, _, text)| *field != Field::Codes || !NOTHINGS.contains(&text.as_str()));
        }
        self.nothings + before - self.cells.len()
    }

    /// As [`put`](Self::put), for a known field.
    pub(in crate::import) fn set(&mut self, field: Field, rank: u8, text: &str) {
        let text = text.trim();
        if NOTHINGS.contains(&text) && field != Field::Codes || DASHES.contains(&text) {
            self.nothings += 1;
            return;
        }
        if text.is_empty() {
            return;
        }
        let is_prose = field.is_text() || field == Field::Components;
        if is_long(text) || !is_prose && is_long_fact(text) {
            self.long += 1;
            return;
        }
        if field.is_text() && is_lost(text) {
            self.lost += 1;
            return;
        }
        match self.cells.iter_mut().find(|(known, ..)| *known == field) {
            Some((_, known, cell)) => {
                let mut texts = [cell.clone(), text.to_owned()];
                if rank < *known {
                    texts.swap(0, 1);
                    (*known, *cell) = (rank, text.to_owned());
                }
                if texts[0] != texts[1] && field.has_one_meaning() {
                    self.rivals.push((field, texts));
                }
            }
            None => self.cells.push((field, rank, text.to_owned())),
        }
    }
}

impl Listing {
    /// The rows of a table: a header and lines with their numbers. Columns are found by name, wherever they stand.
    pub(in crate::import) fn of_table(
        header: &[String],
        lines: &[(usize, Vec<String>)],
        findings: &mut Findings,
    ) -> Self {
        let names = column_names(header, lines, findings);
        let rows = lines.iter().map(|(number, cells)| {
            let mut row = Row::new(*number);
            names.iter().zip(cells).for_each(|(name, cell)| row.put(name, cell));
            row
        });
        Self { rows: rows.collect(), columns: names.clone(), claimed: None }
    }

    /// Adds a name to the columns unless it is there.
    pub(in crate::import) fn know_column(&mut self, name: &str) {
        if self.columns.len() < MAX_COLUMNS && !self.columns.iter().any(|known| known == name) {
            self.columns.push(name.to_owned());
        }
    }
}

/// Normalized names of the columns. A second column of the same name is taken for what its values are (one export
/// calls its regions `name_en` again) or left out.
fn column_names(header: &[String], lines: &[(usize, Vec<String>)], findings: &mut Findings) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(header.len());
    for (at, column) in header.iter().enumerate() {
        let name = field::normalized(column);
        if Field::named(&name).is_none() || !names.contains(&name) {
            names.push(name);
            continue;
        }
        let mut values = lines.iter().filter_map(|(_, cells)| cells.get(at)).filter(|cell| !cell.is_empty());
        let found = format!("column {} is called {name} like one before it", at + 1);
        if values.all(|value| value.split(',').all(|part| part.trim().parse::<Region>().is_ok())) {
            findings.note(None, found, "it holds regions and is read as region_en");
            names.push("region_en".to_owned());
        } else {
            findings.note(None, found, "only the first is read");
            names.push(String::new());
        }
    }
    names
}
