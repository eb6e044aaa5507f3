//! The table of a site's fields, from which JSON, `GeoJSON`, CSV, `fields=`, differences and the API description are made.

mod group;
mod kind;
mod members;
mod object;
mod order;
mod read;
mod shape;
mod table;
mod value;
mod words;

pub(crate) use self::group::FieldGroup;
pub(crate) use self::kind::Kind;
use std::sync::LazyLock;

use self::members::Member;
pub(crate) use self::members::{Members, Wrong};
pub(crate) use self::value::FieldValue;
use super::{Language, Site, Translations};

/// One field of a site, by the name clients know it by.
#[derive(Debug)]
pub(crate) struct SiteField {
    /// The key in JSON, the column in CSV, the name in differences.
    pub(crate) name: &'static str,
    /// What values it has in JSON.
    pub(crate) kind: Kind,
    /// Its text in the API description.
    pub(crate) description: &'static str,
    /// Which JSON has it as a key.
    pub(crate) key: Key,
    /// Its value for the Galápagos Islands, in JSON: the example of the API description.
    pub(crate) example: &'static str,
    in_summary: bool,
    value: ValueOf,
    column: Option<ValueOf>,
    difference: Option<Compared>,
    read: Option<Read>,
}

/// The parameters of a site's representation.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Presentation {
    /// The language of texts that are shown in one only; English where a translation is missing.
    pub(crate) language: Language,
    /// How far the site is from the point of the query, where both are known.
    pub(crate) distance_km: Option<f64>,
}

/// The JSON objects a field is a key of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// Every object that stands for a site.
    Always,
    /// Those of a list around a point.
    Near,
    /// That of a single site.
    Single,
    /// That of a serialized `Site`; no response has it.
    Stored,
    /// None: it is a column or a difference only.
    Never,
}

/// How to get the value of a field.
type ValueOf = for<'a> fn(&'a Site, Presentation) -> FieldValue<'a>;

/// Reads the field from JSON, with those that are read together with it. Fields derived from others are not read.
type Read = fn(&mut Site, Member<'_>) -> Result<(), Wrong>;

/// Sets the field of the first site to that of the second.
type TakeOver = fn(&mut Site, &Site);

/// The value by which two sites differ in a field.
#[derive(Clone, Copy, Debug)]
pub(super) enum Compared {
    /// A value, in the default presentation, and how a site takes over that of another.
    Value(ValueOf, TakeOver),
    /// A text in each language, each with a name of its own, and how to set them.
    Texts([&'static str; Language::ALL.len()], fn(&Site) -> &Translations, fn(&mut Site, Translations)),
}

impl SiteField {
    /// Every field, in the order of the keys of JSON.
    pub(crate) fn all() -> &'static [Self] {
        table::FIELDS
    }

    /// Whether what this key of JSON says follows from other keys.
    #[cfg(any(feature = "postgres", test))]
    pub(crate) fn is_derived(key: &str) -> bool {
        const READ_WITH_OTHERS: [&str; 6] =
            ["id", "latitude", "danger_since", "danger_past", "year_left", "superseded_by"];
        !READ_WITH_OTHERS.contains(&key) && Self::named(key).is_none_or(|field| field.read.is_none())
    }

    /// The field with this name.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        Self::all().iter().find(|field| field.name == name)
    }

    /// The columns where none are selected, in the order of CSV.
    pub(crate) fn columns() -> Vec<&'static Self> {
        order::sorted(order::COLUMNS, |field| field.column.is_some() && field.key != Key::Single)
    }

    /// These fields in the order of CSV. Every field can be a column.
    pub(crate) fn columns_of(selected: &[&Self]) -> Vec<&'static Self> {
        order::sorted(order::COLUMNS, |field| selected.iter().any(|other| other.name == field.name))
    }

    /// The keys of the objects `keys` names, in the order of the API description.
    pub(crate) fn described(keys: &[Key]) -> Vec<&'static Self> {
        order::sorted(order::DESCRIPTION, |field| keys.contains(&field.key))
    }

    /// The fields that are compared, in the order of differences.
    pub(super) fn compared() -> impl Iterator<Item = (&'static Self, Compared)> {
        // Asked for with every two sites that are compared.
        static FIELDS: LazyLock<Vec<&'static SiteField>> =
            LazyLock::new(|| order::sorted(order::DIFFERENCES, |field| field.difference.is_some()));
        FIELDS.iter().filter_map(|field| Some((*field, field.difference?)))
    }

    /// The value of the field for `site`.
    pub(crate) fn value<'a>(&self, site: &'a Site, presentation: Presentation) -> FieldValue<'a> {
        (self.value)(site, presentation)
    }

    /// The value in its column for `site`, in which a list is a text.
    pub(crate) fn cell<'a>(&self, site: &'a Site, presentation: Presentation) -> FieldValue<'a> {
        self.column.unwrap_or(self.value)(site, presentation).flattened()
    }
}

/// Builds the entries of the table.
impl SiteField {
    /// A key of every object, which has this value.
    const fn new(name: &'static str, value: ValueOf) -> Self {
        let (kind, description, key, example) = (Kind::Text, "", Key::Always, "null");
        let (in_summary, column, difference, read) = (false, None, None, None);
        Self { name, kind, description, key, example, in_summary, value, column, difference, read }
    }

    /// For the API description.
    const fn is(self, kind: Kind, description: &'static str) -> Self {
        Self { kind, description, ..self }
    }

    /// A key of these objects only.
    const fn key(self, key: Key) -> Self {
        Self { key, ..self }
    }

    /// One of those that a summary has.
    const fn summary(self) -> Self {
        Self { in_summary: true, ..self }
    }

    /// With a column.
    const fn column(self) -> Self {
        let value = self.value;
        self.column_of(value)
    }

    /// With a column of other values than in JSON.
    const fn column_of(self, value: ValueOf) -> Self {
        Self { column: Some(value), ..self }
    }

    /// Sites can differ in it, and take it over.
    const fn compare(self, take_over: TakeOver) -> Self {
        let value = self.value;
        self.compare_by(value, take_over)
    }

    /// Sites can differ in it, by another value than that in JSON.
    const fn compare_by(self, value: ValueOf, take_over: TakeOver) -> Self {
        Self { difference: Some(Compared::Value(value, take_over)), ..self }
    }

    /// Sites can differ in it by language; the names are those of the differences.
    const fn compare_texts(
        self,
        names: [&'static str; Language::ALL.len()],
        texts: fn(&Site) -> &Translations,
        set: fn(&mut Site, Translations),
    ) -> Self {
        Self { difference: Some(Compared::Texts(names, texts, set)), ..self }
    }

    /// How it is read from JSON.
    const fn read_by(self, read: Read) -> Self {
        Self { read: Some(read), ..self }
    }

    const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }
}

/// `name_en` and the like: what a text in a language is called as a difference and in findings.
#[cfg(feature = "import")]
pub(crate) fn text_name(field: &'static str, language: Language) -> &'static str {
    match SiteField::named(field).and_then(|field| field.difference) {
        Some(Compared::Texts(names, ..)) => names[language as usize],
        _ => field,
    }
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::{Key, Presentation, SiteField, order};

    #[test]
    fn the_examples_are_what_is_known_of_the_galapagos_islands() {
        let site = SiteField::example_site().unwrap();
        assert_eq!(site, crate::site::embedded().unwrap()[0]);
        for field in SiteField::all().iter().filter(|field| !matches!(field.key, Key::Stored | Key::Never)) {
            let example: serde_json::Value = serde_json::from_str(field.example).unwrap();
            let value = serde_json::to_value(field.value(&site, Presentation::default())).unwrap();
            assert_eq!(example, value, "{}", field.name);
        }
    }

    #[test]
    fn the_orders_name_fields_that_are_there() {
        for order in [order::COLUMNS, order::DIFFERENCES, order::DESCRIPTION] {
            for name in order.split_whitespace() {
                assert!(SiteField::named(name).is_some(), "{name}");
            }
        }
    }

    #[test]
    fn a_name_is_of_one_field_and_needs_no_escape() {
        for (at, field) in SiteField::all().iter().enumerate() {
            assert_eq!(SiteField::all().iter().position(|other| other.name == field.name), Some(at));
            assert!(
                field.name.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase()),
                "{}",
                field.name
            );
        }
    }
}
