//! Parses a row into a record: every field has a valid value or none.

mod lists;

pub(in crate::import) use self::lists::are_criteria;
use self::lists::{codes, criteria, extended, regions};
use super::clean::clean;
use super::components;
use super::field::Field;
use super::row::Row;
use super::value::{flag, number, parts, whole, year};
use crate::import::damaged::{is_no_name, repaired, unknown_entity};
use crate::import::danger::{self, Says};
use crate::import::finding::{Findings, quoted};
use crate::import::source::Source;
use crate::import::statement::Statement;
use crate::site::{
    Category, Component, CountryCode, Criteria, Hectares, Language, Point, Regions, SiteId, Translations,
    Year,
};

/// The valid values of one row. `None` and empty mean that the row has no value, and never erase what is known.
#[derive(Clone, Debug)]
pub(in crate::import) struct Record {
    pub(in crate::import) row: usize,
    pub(in crate::import) id: SiteId,
    pub(in crate::import) names: Translations,
    pub(in crate::import) short_descriptions: Translations,
    pub(in crate::import) justifications: Translations,
    pub(in crate::import) category: Option<Category>,
    pub(in crate::import) criteria: Criteria,
    pub(in crate::import) inscribed: Option<Year>,
    pub(in crate::import) extended: Vec<Year>,
    pub(in crate::import) danger: Says,
    pub(in crate::import) point: Option<Point>,
    pub(in crate::import) area: Option<Hectares>,
    pub(in crate::import) states: Vec<String>,
    pub(in crate::import) codes: Vec<CountryCode>,
    pub(in crate::import) regions: Regions,
    pub(in crate::import) transboundary: Option<bool>,
    pub(in crate::import) components: Vec<Component>,
    /// The lists of which an item was not understood: they say nothing about what is known.
    pub(in crate::import) partly: Vec<Field>,
}

impl Statement for Record {
    fn row(&self) -> usize {
        self.row
    }

    fn id(&self) -> SiteId {
        self.id
    }

    fn names(&self) -> Translations {
        self.names.clone()
    }

    fn inscribed(&self) -> Option<Year> {
        self.inscribed
    }
}

/// Why a row cannot be used: the field and what is wrong with it.
pub(in crate::import) struct Unusable(pub(in crate::import) Field, pub(in crate::import) String);

/// The id of a row.
pub(in crate::import) fn id(row: &Row) -> Result<SiteId, Unusable> {
    let text = row.get(Field::Id).ok_or_else(|| Unusable(Field::Id, "there is no id".to_owned()))?;
    let id = whole(text).and_then(|number| SiteId::new(number).ok());
    id.ok_or_else(|| Unusable(Field::Id, format!("{} is not an id", quoted(text))))
}

impl Record {
    /// Parses `row`. Invalid values are left out with a finding; a row without a name or with an unknown category cannot be
    /// used at all.
    pub(in crate::import) fn read(
        row: &Row,
        id: SiteId,
        source: Source,
        findings: &mut Findings,
    ) -> Result<Self, Unusable> {
        let names = texts(row, Field::Name, findings);
        if names.is_empty() {
            return Err(Unusable(Field::Name(Language::English), "there is no name".to_owned()));
        }
        let inscribed = read_one(row, Field::Inscribed, year, "a year", findings);
        let mut partly = Vec::new();
        let criteria = noting(&mut partly, Field::Criteria, findings, |findings| criteria(row, findings));
        let extended =
            noting(&mut partly, Field::Extended, findings, |findings| extended(row, inscribed, findings));
        let codes = noting(&mut partly, Field::Codes, findings, |findings| codes(row, findings));
        let regions = noting(&mut partly, Field::Regions, findings, |findings| regions(row, findings));
        let components =
            noting(&mut partly, Field::Components, findings, |findings| components::read(row, findings));
        Ok(Self {
            row: row.number,
            id,
            names,
            short_descriptions: texts(row, Field::Description, findings),
            justifications: texts(row, Field::Justification, findings),
            category: row.get(Field::Category).map(category).transpose()?,
            criteria,
            inscribed,
            extended,
            danger: danger::read(row, source, findings),
            point: point(row, findings),
            area: area(row, findings),
            states: row.get(Field::States).map(parts).unwrap_or_default().into_iter().map(clean).collect(),
            codes,
            regions,
            transboundary: read_one(row, Field::Transboundary, flag, "0 or 1", findings),
            components,
            partly,
        })
    }
}

fn texts(row: &Row, field: fn(Language) -> Field, findings: &mut Findings) -> Translations {
    let texts = Language::ALL.into_iter().filter_map(|language| {
        let text = row.get(field(language))?;
        let repaired = repaired(text);
        if let Some(repaired) = &repaired {
            let found = format!("{} is UTF-8 that was read as another encoding", quoted(text));
            findings.note(field(language).name(), found, &format!("read as {}", quoted(repaired)));
        }
        let text = clean(repaired.as_deref().unwrap_or(text));
        if field(language) == Field::Name(language) && is_no_name(&text) {
            findings.warn(field(language).name(), format!("{} is no name", quoted(&text)), "it is left out");
            return None;
        }
        if let Some(entity) = unknown_entity(&text) {
            let found = format!("the entity {} has no meaning", quoted(entity));
            findings.warn(field(language).name(), found, "the text is left out");
            return None;
        }
        if text.contains('\u{FFFD}') {
            let found = "the text has a damaged character, U+FFFD".to_owned();
            findings.note(field(language).name(), found, "a text known before is kept instead");
        }
        Some((language, text))
    });
    texts.collect()
}

fn category(text: &str) -> Result<Category, Unusable> {
    match text {
        "C" => Ok(Category::Cultural),
        "N" => Ok(Category::Natural),
        "C/N" => Ok(Category::Mixed),
        _ => text.parse().map_err(|error| Unusable(Field::Category, format!("{error}"))),
    }
}

/// What `read` reads; where it warns, the field is only partly understood.
fn noting<T>(
    partly: &mut Vec<Field>,
    field: Field,
    findings: &mut Findings,
    read: impl FnOnce(&mut Findings) -> T,
) -> T {
    let before = findings.warnings();
    let value = read(findings);
    if findings.warnings() > before {
        partly.push(field);
    }
    value
}

/// Longitude and latitude of their own, else the portal's pair, latitude first.
fn point(row: &Row, findings: &mut Findings) -> Option<Point> {
    let pair = row.get(Field::Coordinates).and_then(|text| text.split_once(','));
    let (longitude, latitude) = match (row.get(Field::Longitude), row.get(Field::Latitude), pair) {
        (Some(longitude), Some(latitude), _) | (None, None, Some((latitude, longitude))) => {
            (longitude, latitude)
        }
        (None, None, None) => return None,
        (longitude, latitude, _) => (longitude.unwrap_or_default(), latitude.unwrap_or_default()),
    };
    let point = components::point(longitude, latitude);
    point.map_err(|reason| findings.warn(Field::Coordinates.name(), reason, "the place is left out")).ok()
}

/// Hectares of the largest country, and half as much again.
const LARGEST: f64 = 2.5e9;

/// The area; 0 means that it is not known.
fn area(row: &Row, findings: &mut Findings) -> Option<Hectares> {
    let field = Field::Area;
    let area = read_one(row, field, number, "a number", findings)?;
    if area < 0.0 {
        findings.warn(field.name(), format!("an area of {area} hectares"), "it is left out");
    }
    if area > LARGEST {
        findings.warn(
            field.name(),
            format!("an area of {area} hectares, more than any country has"),
            "it is left out",
        );
        return None;
    }
    Hectares::new(area).ok()
}

fn read_one<T>(
    row: &Row,
    field: Field,
    read: fn(&str) -> Option<T>,
    expected: &str,
    findings: &mut Findings,
) -> Option<T> {
    let text = row.get(field)?;
    let value = read(text);
    if value.is_none() {
        let found = format!("{} is not {expected}", quoted(text));
        findings.warn(field.name(), found, "what is known is kept");
    }
    value
}
