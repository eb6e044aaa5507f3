//! What happens to a file on its way, and the file after it.

use encoding_rs::{MACINTOSH, WINDOWS_1252};
use proptest::prelude::*;

use super::layout::Layout;
use super::table::Table;

/// What happens to a file on its way. A number beyond the rows or columns counts from the first again.
#[derive(Clone, Debug)]
pub(super) enum Damage {
    /// Only every so many-th row is left.
    Subset(usize),
    /// Rows in another order.
    Shuffled(usize),
    /// A row comes twice.
    Doubled(usize),
    /// A column is not there.
    Dropped(usize),
    /// Two columns have each other's header.
    Swapped(usize, usize),
    /// Two columns have each other's cells in every so many-th row.
    Crossed(usize, usize, usize),
    /// A column has another's name.
    Renamed(usize, &'static str),
    /// The cells of a column moved down by one.
    Shifted(usize),
    /// A cell has another text.
    Cell(usize, usize, String),
    /// A cell has another letter somewhere.
    Letter(usize, usize, usize, char),
    /// A cell has the text of another row.
    Copied(usize, usize, usize),
    /// A column says the same in every so many-th row.
    Same(usize, usize, String),
    /// The file breaks off.
    Cut(usize),
    /// The file is in another encoding.
    Encoded(Encoding),
}

/// What became of letters beyond ASCII.
#[derive(Clone, Copy, Debug)]
pub(super) enum Encoding {
    /// They were not in the target.
    Lost,
    /// Windows-1252, with a sign where it lacks one.
    Windows,
    Macintosh,
    /// UTF-8 read as Latin 1, and written again.
    Twice,
    /// With a mark.
    Utf16,
}

/// What cells are spoilt with, beside numbers and years.
const WORDS: &[&str] = &[
    "",
    "NA",
    "NULL",
    "-",
    "?",
    "0",
    "1",
    "True",
    "False",
    "Natural",
    "Mixed",
    "France",
    "FR",
    "fr,de",
    "Africa",
    "Arab States,Africa",
    "0, 0",
    "48.1, 11.5",
    "i",
    "2004-05-06",
    "<b>A</b>",
    "&foo;",
    "{name: A, latitude: 1, longitude: 2}",
    "\u{FFFD}",
];

const ENCODINGS: &[Encoding] =
    &[Encoding::Lost, Encoding::Windows, Encoding::Macintosh, Encoding::Twice, Encoding::Utf16];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(WORDS).prop_map(str::to_owned),
        "[0-9]{1,7}",
        "[0-9.,-]{1,9}",
        "(19[0-9]{2}|20[0-9]{2}|21[0-9]{2})",
        "[YP] (19|20)[0-9]{2}(-20[0-9]{2})?",
        "(\\((i|ii|vi|x)\\)){1,3}",
        "[A-Za-z éà]{1,12}",
    ]
}

/// Names that columns have in other layouts.
const NAMES: &[&str] = &[
    "name_en",
    "name_fr",
    "name_zh",
    "name",
    "site",
    "description",
    "id",
    "id_no",
    "id_number",
    "unescoid",
    "area_hectares",
    "year",
    "date_end",
    "danger",
    "danger_list",
    "secondary_dates",
    "x",
    "category",
    "criteria",
    "c6",
    "states",
    "states_names",
    "iso_codes",
    "region",
    "region_en",
    "coordinates",
    "latitude",
    "components_list",
    "uuid",
    "transboundary",
];

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(NAMES)
}

pub(super) fn damage() -> impl Strategy<Value = Damage> {
    let number = || 0..10_000_usize;
    let every = || prop_oneof![Just(1), 2..80_usize];
    prop_oneof![
        (2..5_usize).prop_map(Damage::Subset),
        number().prop_map(Damage::Shuffled),
        number().prop_map(Damage::Doubled),
        number().prop_map(Damage::Dropped),
        (number(), number()).prop_map(|(one, other)| Damage::Swapped(one, other)),
        (number(), number(), every()).prop_map(|(one, other, every)| Damage::Crossed(one, other, every)),
        (number(), name()).prop_map(|(column, name)| Damage::Renamed(column, name)),
        number().prop_map(Damage::Shifted),
        (number(), number(), text()).prop_map(|(row, column, text)| Damage::Cell(row, column, text)),
        (number(), number(), number(), any::<char>())
            .prop_map(|(row, column, at, letter)| Damage::Letter(row, column, at, letter)),
        (number(), number(), number()).prop_map(|(row, from, column)| Damage::Copied(row, from, column)),
        (number(), every(), text()).prop_map(|(column, every, text)| Damage::Same(column, every, text)),
        number().prop_map(Damage::Cut),
        prop::sample::select(ENCODINGS).prop_map(Damage::Encoded),
    ]
}

/// What happens to an export of ours on its way, beside corrections.
pub(super) fn damage_to_ours() -> impl Strategy<Value = Damage> {
    damage().prop_filter("a cell that was changed is a correction", |damage| match damage {
        Damage::Cell(..) | Damage::Letter(..) | Damage::Copied(..) | Damage::Same(..) => false,
        Damage::Crossed(.., every) => *every == 1,
        _ => true,
    })
}

/// Our own table after all that happened to it.
pub(super) fn of_ours(table: Table, damages: &[Damage]) -> Vec<u8> {
    spoilt(Layout::Statistics, table, damages)
}

/// The file in this layout after all that happened to it.
pub(super) fn spoilt(layout: Layout, mut table: Table, damages: &[Damage]) -> Vec<u8> {
    let (mut cut, mut encoding) = (None, None);
    for damage in damages {
        match damage {
            Damage::Cut(at) => cut = Some(*at),
            Damage::Encoded(kind) => encoding = Some(*kind),
            of_table => spoil(&mut table, of_table),
        }
    }
    let mut bytes = match encoding {
        Some(encoding) if layout.is_text() => encoding.of(&layout.write(&table)),
        Some(encoding) => layout.write(&encoding.of_cells(table)),
        None => layout.write(&table),
    };
    if let Some(at) = cut {
        bytes.truncate(bytes.len() * (at + 1) / 10_001);
    }
    bytes
}

fn spoil(table: &mut Table, damage: &Damage) {
    let (columns, rows) = (table.header.len(), table.rows.len());
    match damage {
        Damage::Subset(every) => table.rows = table.rows.iter().step_by(*every).cloned().collect(),
        Damage::Shuffled(seed) => {
            let mut number = 0_usize;
            table.rows.sort_by_cached_key(|_| {
                number += 1;
                number.wrapping_mul(2 * seed + 0x9E37_79B9_7F4A_7C15) >> 7
            });
        }
        Damage::Doubled(row) => table.rows.push(table.rows[row % rows].clone()),
        Damage::Dropped(column) if columns > 1 => {
            table.header.remove(column % columns);
            table.rows.iter_mut().for_each(|row| drop(row.remove(column % columns)));
        }
        Damage::Swapped(one, other) => table.header.swap(one % columns, other % columns),
        Damage::Crossed(one, other, every) => {
            table.rows.iter_mut().step_by(*every).for_each(|row| row.swap(one % columns, other % columns));
        }
        Damage::Renamed(column, name) => (*name).clone_into(&mut table.header[column % columns]),
        Damage::Shifted(column) => {
            let cells: Vec<_> = table.rows.iter().map(|row| row[column % columns].clone()).collect();
            let shifted = cells.into_iter().cycle().skip(1);
            table.rows.iter_mut().zip(shifted).for_each(|(row, cell)| row[column % columns] = cell);
        }
        Damage::Cell(row, column, text) => table.rows[row % rows][column % columns].clone_from(text),
        Damage::Letter(row, column, at, letter) => {
            let cell = &mut table.rows[row % rows][column % columns];
            let mut letters: Vec<_> = cell.chars().collect();
            if !letters.is_empty() && !letter.is_control() {
                let at = at % letters.len();
                letters[at] = *letter;
            }
            *cell = letters.into_iter().collect();
        }
        Damage::Copied(row, from, column) => {
            let cell = table.rows[from % rows][column % columns].clone();
            table.rows[row % rows][column % columns] = cell;
        }
        Damage::Same(column, every, text) => {
            table.rows.iter_mut().step_by(*every).for_each(|row| row[column % columns].clone_from(text));
        }
        Damage::Dropped(_) | Damage::Cut(_) | Damage::Encoded(_) => {}
    }
}

impl Encoding {
    fn of(self, bytes: &[u8]) -> Vec<u8> {
        let text = std::str::from_utf8(bytes).unwrap();
        match self {
            Self::Lost => {
                text.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect::<String>().into_bytes()
            }
            Self::Windows => letter_by_letter(text, WINDOWS_1252),
            Self::Macintosh => letter_by_letter(text, MACINTOSH),
            Self::Twice => bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into_bytes(),
            Self::Utf16 => format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
        }
    }

    /// In a workbook, whose encoding nobody chooses, each cell went through the other one before.
    fn of_cells(self, mut table: Table) -> Table {
        let decode = |bytes: Vec<u8>| match self {
            Self::Macintosh => WINDOWS_1252.decode(&bytes).0.into_owned(),
            _ => String::from_utf8_lossy(&bytes).into_owned(),
        };
        table.rows.iter_mut().flatten().for_each(|cell| {
            *cell = match self {
                Self::Utf16 => std::mem::take(cell),
                _ => decode(self.of(cell.as_bytes())),
            };
        });
        table
    }
}

/// With `?` for what the encoding lacks.
fn letter_by_letter(text: &str, encoding: &'static encoding_rs::Encoding) -> Vec<u8> {
    let mut buffer = [0; 4];
    let mut bytes = Vec::with_capacity(text.len());
    for letter in text.chars() {
        match encoding.encode(letter.encode_utf8(&mut buffer)) {
            (encoded, _, false) => bytes.extend_from_slice(&encoded),
            _ => bytes.push(b'?'),
        }
    }
    bytes
}
