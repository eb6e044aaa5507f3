//! The value a field has for a site: JSON, the text of a difference and the cell of a table are made from it.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::shape;
use crate::site::{
    Component, Criteria, Criterion, Notes, Period, Point, Region, Regions, SiteId, StateParty, Translations,
    Year,
};

/// A value of a field, borrowed from the site where it can be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FieldValue<'a> {
    /// Nothing is known.
    Null,
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Whole(u64),
    /// A number.
    Number(f64),
    /// A text. People may have written it, so it is not trusted.
    Text(Cow<'a, str>),
    /// A text by language, English first.
    Texts(&'a Translations),
    /// Criteria.
    Criteria(Criteria),
    /// Regions.
    Regions(Regions),
    /// Years.
    Years(&'a [Year]),
    /// Spans of years.
    Periods(&'a [Period]),
    /// States.
    States(&'a [StateParty]),
    /// A point.
    Point(Point),
    /// The parts of a serial site.
    Components(&'a [Component]),
    /// Notes by the field they are on.
    Notes(&'a Notes),
}

impl FieldValue<'_> {
    /// The value as text, with `separator` between the items of a list and nothing where nothing is known.
    pub(crate) fn to_text(&self, separator: &str) -> String {
        match self {
            Self::Null => String::new(),
            Self::Flag(flag) => flag.to_string(),
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone().into_owned(),
            Self::Texts(texts) => {
                joined(texts.iter(), separator, |(language, text)| format!("{language} {text}"))
            }
            Self::Criteria(criteria) => criteria.to_string(),
            Self::Regions(regions) => joined(regions.iter(), separator, |region| region.name().to_owned()),
            Self::Years(years) => joined(*years, separator, Year::to_string),
            Self::Periods(periods) => {
                joined(*periods, separator, |period| format!("{}-{}", period.from(), period.to()))
            }
            Self::States(states) => joined(*states, separator, state),
            Self::Point(point) => format!("{}, {}", point.longitude(), point.latitude()),
            Self::Components(components) => format!("{} parts", components.len()),
            Self::Notes(notes) => joined(notes.iter(), separator, |(field, note)| format!("{field}: {note}")),
        }
    }
}

impl FieldValue<'_> {
    /// The value without parts: a list is a text with spaces in between, or semicolons where its items have spaces.
    pub(super) fn flattened(self) -> Self {
        let separator = match self {
            Self::Null | Self::Flag(_) | Self::Whole(_) | Self::Number(_) | Self::Text(_) => return self,
            Self::Texts(_) | Self::Regions(_) | Self::States(_) | Self::Notes(_) => "; ",
            _ => " ",
        };
        Some(self.to_text(separator)).filter(|text| !text.is_empty()).into()
    }
}

#[cfg(feature = "testing")]
impl FieldValue<'_> {
    /// Whether the values are equal but for the rounding of numbers.
    pub(crate) fn is_near(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => near(*one, *other),
            (Self::Point(one), Self::Point(other)) => near_points(*one, *other),
            (Self::Components(one), Self::Components(other)) => {
                let near = |(one, other): (&Component, &Component)| {
                    one.country == other.country && near_points(one.point, other.point)
                };
                one.len() == other.len() && one.iter().zip(*other).all(near)
            }
            _ => self == other,
        }
    }
}

/// Whether the numbers are at most a few steps of their precision apart.
#[cfg(feature = "testing")]
fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 4.0 * f64::EPSILON * one.abs().max(other.abs())
}

#[cfg(feature = "testing")]
fn near_points(one: Point, other: Point) -> bool {
    near(one.longitude(), other.longitude()) && near(one.latitude(), other.latitude())
}

fn joined<T>(items: impl IntoIterator<Item = T>, separator: &str, text: impl Fn(T) -> String) -> String {
    items.into_iter().map(text).collect::<Vec<_>>().join(separator)
}

fn state(state: &StateParty) -> String {
    state.iso.map_or_else(|| state.name.to_string(), |iso| format!("{iso} {}", state.name))
}

/// As JSON has it.
impl Serialize for FieldValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Whole(number) => serializer.serialize_u64(*number),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Texts(texts) => {
                serializer.collect_map(texts.iter().map(|(language, text)| (language.code(), text)))
            }
            Self::Criteria(criteria) => serializer.collect_seq(criteria.iter().map(Criterion::numeral)),
            Self::Regions(regions) => serializer.collect_seq(regions.iter().map(Region::name)),
            Self::Years(years) => serializer.collect_seq(years.iter().map(|year| year.get())),
            Self::Periods(periods) => serializer.collect_seq(periods.iter().map(shape::Span::from)),
            Self::States(states) => serializer.collect_seq(states.iter().map(shape::State::from)),
            Self::Point(point) => [point.longitude(), point.latitude()].serialize(serializer),
            Self::Components(components) => serializer.collect_seq(components.iter().map(shape::Part::from)),
            Self::Notes(notes) => {
                serializer.collect_map(notes.iter().map(|(field, note)| (field.as_str(), note)))
            }
        }
    }
}

impl<'a> From<&'a str> for FieldValue<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for FieldValue<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<f64> for FieldValue<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<Year> for FieldValue<'_> {
    fn from(year: Year) -> Self {
        Self::Whole(year.get().into())
    }
}

impl From<SiteId> for FieldValue<'_> {
    fn from(id: SiteId) -> Self {
        Self::Whole(id.get().into())
    }
}

impl<'a, T: Into<FieldValue<'a>>> From<Option<T>> for FieldValue<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
