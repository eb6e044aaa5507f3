//! The entries, in the order of the keys of JSON: those of the first version of this API, then ours, then those of a few
//! objects only.

use super::{FieldValue, Key, Kind, Presentation, SiteField, read, shape, words};
use crate::site::{Component, Criterion, Hectares, Point, Region, Site, Status, Translations, Year};

const NAMES_OF_THE_GALAPAGOS: &str = r#"{
    "en": "Galápagos Islands", "fr": "Îles Galápagos", "es": "Islas Galápagos",
    "ru": "Галапагосские острова", "ar": "أرخبيل جزر غالاباغوس", "zh": "加拉帕戈斯群岛"
}"#;

const DISTANCE: &str =
    "The distance to `near` in kilometres, to the metre; `null` without a point. There with `near` only.";

/// The names that a text has as a difference, one for each language.
macro_rules! by_language {
    ($name:literal) => {
        [
            concat!($name, "_en"),
            concat!($name, "_fr"),
            concat!($name, "_es"),
            concat!($name, "_ru"),
            concat!($name, "_ar"),
            concat!($name, "_zh"),
        ]
    };
}

pub(super) static FIELDS: &[SiteField] = &[
    SiteField::new("id", |site, _| site.id.into())
        .is(Kind::ID, "UNESCO's number (`id_no`), the stable key.")
        .summary()
        .column()
        .example("1"),
    SiteField::new("name", |site, presentation| site.names.best(presentation.language).1.into())
        .is(Kind::Text, "In the language asked for, in English where there is no translation.")
        .summary()
        .column()
        .compare_texts(by_language!("name"), |site| site.names.translations(), set_names)
        .example(r#""Galápagos Islands""#),
    SiteField::new("short_description", |site, presentation| best(&site.short_descriptions, presentation))
        .is(Kind::NULLABLE_TEXT, "What it is, in plain text; only from an imported file.")
        .column()
        .compare_texts(
            by_language!("short_description"),
            |site| &site.short_descriptions,
            |site, texts| site.short_descriptions = texts,
        ),
    SiteField::new("justification", |site, presentation| best(&site.justifications, presentation))
        .is(Kind::NULLABLE_TEXT, "Why it was inscribed, in plain text; only from an imported file.")
        .column()
        .compare_texts(
            by_language!("justification"),
            |site| &site.justifications,
            |site, texts| site.justifications = texts,
        ),
    SiteField::new("date_inscribed", |site, _| site.inscribed.into())
        .is(Kind::YEAR, "The year of inscription.")
        .summary()
        .column()
        .compare(|site, known| site.inscribed = known.inscribed)
        .example("1978")
        .read_by(|site, member| member.required(Year::new).map(|year| site.inscribed = year)),
    SiteField::new("danger", |site, _| FieldValue::Flag(site.danger.is_current()))
        .is(Kind::Flag, "On the List of World Heritage in Danger now.")
        .summary()
        .column()
        .compare_by(
            |site, _| site.danger.to_string().into(),
            |site, known| site.danger = known.danger.clone(),
        )
        .example("false")
        .read_by(|site, member| read::danger(&mut site.danger, member)),
    SiteField::new("danger_list", |site, _| danger_list(site).into())
        .is(Kind::NULLABLE_TEXT, "The history there in UNESCO's notation, `Y 2011 P 1996-2007`.")
        .summary()
        .column()
        .example(r#""P 2007-2010""#),
    SiteField::new("longitude", |site, _| site.point.map(Point::longitude).into())
        .is(Kind::Nullable(&Kind::Degrees(180)), "Degrees east, WGS 84.")
        .summary()
        .column()
        .example("-90.501319")
        .read_by(|site, member| read::point(&mut site.point, member)),
    SiteField::new("latitude", |site, _| site.point.map(Point::latitude).into())
        .is(Kind::Nullable(&Kind::Degrees(90)), "Degrees north, WGS 84.")
        .summary()
        .column()
        .example("-0.68986"),
    SiteField::new("states_name", |site, _| state_names(site, ", ").into())
        .is(Kind::Text, "The names of the states, with commas in between.")
        .summary()
        .column_of(|site, _| state_names(site, "; ").into())
        .example(r#""Ecuador""#),
    SiteField::new("region", |site, _| site.regions.to_string().into())
        .is(Kind::Text, "The names of the regions, with commas in between.")
        .summary()
        .column()
        .example(r#""Latin America and the Caribbean""#),
    SiteField::new("language", |site, presentation| site.names.best(presentation.language).0.code().into())
        .is(Kind::Word(words::languages), "The language `name` is in.")
        .summary()
        .column()
        .example(r#""en""#),
    SiteField::new("names", |site, _| FieldValue::Texts(site.names.translations()))
        .is(Kind::Texts, "The name by language.")
        .example(NAMES_OF_THE_GALAPAGOS)
        .read_by(|site, member| member.required(read::names).map(|names| site.names = names)),
    SiteField::new("category", |site, _| site.category.name().into())
        .is(Kind::Word(words::categories), "What was inscribed.")
        .summary()
        .column()
        .compare(|site, known| site.category = known.category)
        .example(r#""Natural""#)
        .read_by(|site, member| member.required(read::word).map(|category| site.category = category)),
    SiteField::new("criteria", |site, _| FieldValue::Criteria(site.criteria))
        .is(
            Kind::List(&Kind::Word(words::criteria), "A criterion of the Operational Guidelines."),
            "The criteria it was inscribed under.",
        )
        .summary()
        .column()
        .compare(|site, known| site.criteria = known.criteria)
        .example(r#"["vii", "viii", "ix", "x"]"#)
        .read_by(|site, member| member.collect(&mut site.criteria, read::word::<Criterion>)),
    SiteField::new("criteria_complete", |site, _| FieldValue::Flag(site.criteria_complete))
        .is(Kind::Flag, "False where the source is known to omit criterion (vi).")
        .column()
        .compare(|site, known| site.criteria_complete = known.criteria_complete)
        .example("true")
        .read_by(|site, member| member.set(&mut site.criteria_complete, Ok)),
    SiteField::new("regions", |site, _| FieldValue::Regions(site.regions))
        .is(
            Kind::List(&Kind::Word(words::regions), "UNESCO's English name."),
            "UNESCO's regions; four sites have several.",
        )
        .compare(|site, known| site.regions = known.regions)
        .example(r#"["Latin America and the Caribbean"]"#)
        .read_by(|site, member| member.collect(&mut site.regions, read::word::<Region>)),
    SiteField::new("states", |site, _| FieldValue::States(&site.states))
        .is(Kind::List(&Kind::Object("State"), ""), "The states it belongs to.")
        .compare(|site, known| site.states.clone_from(&known.states))
        .example(r#"[{"iso_code": "EC", "name": "Ecuador"}]"#)
        .read_by(|site, member| member.collect(&mut site.states, shape::State::into_state)),
    SiteField::new("extended", |site, _| FieldValue::Years(&site.extended))
        .is(Kind::List(&Kind::YEAR, "A year."), "Years of extensions and modifications.")
        .column()
        .compare(|site, known| site.extended.clone_from(&known.extended))
        .example("[2001]")
        .read_by(|site, member| member.collect(&mut site.extended, Year::new)),
    SiteField::new("danger_since", |site, _| site.danger.since().into())
        .is(Kind::NULLABLE_YEAR, "The year the present danger began.")
        .column(),
    SiteField::new("danger_past", |site, _| FieldValue::Periods(site.danger.past()))
        .is(Kind::List(&Kind::Object("Period"), ""), "Dangers that are over.")
        .example(r#"[{"from": 2007, "to": 2010}]"#),
    SiteField::new("status", |site, _| site.status.name().into())
        .is(Kind::Word(words::statuses), "Whether it is on the list.")
        .summary()
        .column()
        .compare_by(|site, _| status(site.status).into(), |site, known| site.status = known.status)
        .example(r#""inscribed""#)
        .read_by(|site, member| read::status(&mut site.status, member)),
    SiteField::new("year_left", |site, _| site.status.left().into())
        .is(Kind::NULLABLE_YEAR, "The year it left the list.")
        .column(),
    SiteField::new("superseded_by", |site, _| site.status.superseded_by().into())
        .is(Kind::Nullable(&Kind::ID), "The site it is part of now.")
        .column(),
    SiteField::new("transboundary", |site, _| FieldValue::Flag(site.transboundary))
        .is(Kind::Flag, "Across the border of states.")
        .column()
        .compare(|site, known| site.transboundary = known.transboundary)
        .example("false")
        .read_by(|site, member| member.set(&mut site.transboundary, Ok)),
    SiteField::new("area_hectares", |site, _| site.area.map(Hectares::get).into())
        .is(Kind::Nullable(&Kind::Positive), "Without buffer zones.")
        .column()
        .compare(|site, known| site.area = known.area)
        .example("14066514.0")
        .read_by(|site, member| member.set(&mut site.area, |area| Hectares::new(area).map(Some))),
    SiteField::new("component_count", |site, _| FieldValue::Whole(site.components.len() as u64))
        .is(Kind::Whole(0, None), "How many parts have a known point.")
        .column()
        .example("1"),
    SiteField::new("wikidata", |site, _| site.wikidata.map(|item| item.to_string()).into())
        .is(Kind::Nullable(&Kind::Pattern("^Q[1-9][0-9]{0,9}$")), "The item of Wikidata.")
        .column()
        .compare(|site, known| site.wikidata = known.wikidata)
        .example(r#""Q117188122""#)
        .read_by(|site, member| member.set(&mut site.wikidata, |item| read::word(item).map(Some))),
    SiteField::new("url", |site, _| site.url().into())
        .is(Kind::Uri, "UNESCO's page.")
        .summary()
        .column()
        .example(r#""https://whc.unesco.org/en/list/1""#),
    SiteField::new("distance_km", |_, presentation| presentation.distance_km.into())
        .is(Kind::Nullable(&Kind::NotNegative), DISTANCE)
        .key(Key::Near)
        .column(),
    SiteField::new("components", |site, _| FieldValue::Components(&site.components))
        .is(Kind::List(&Kind::Object("Component"), ""), "The parts with a known point.")
        .key(Key::Single)
        .column_of(|site, _| multipoint(&site.components).into())
        .compare(|site, known| site.components = known.components.clone())
        .example(r#"[{"longitude": -90.501319, "latitude": -0.68986, "iso_code": "EC"}]"#)
        .read_by(|site, member| member.collect(&mut site.components, shape::Part::into_component)),
    SiteField::new("short_descriptions", |site, _| FieldValue::Texts(&site.short_descriptions))
        .is(Kind::Texts, "What it is, by language.")
        .key(Key::Stored)
        .read_by(|site, member| member.set(&mut site.short_descriptions, read::texts)),
    SiteField::new("justifications", |site, _| FieldValue::Texts(&site.justifications))
        .is(Kind::Texts, "Why it was inscribed, by language.")
        .key(Key::Stored)
        .read_by(|site, member| member.set(&mut site.justifications, read::texts)),
    SiteField::new("notes", |site, _| FieldValue::Notes(&site.notes))
        .is(Kind::Notes, "Where single facts come from, if not from an official file.")
        .key(Key::Stored)
        .compare(|site, known| site.notes = known.notes.clone())
        .read_by(|site, member| member.set(&mut site.notes, read::notes)),
    SiteField::new("iso_codes", |site, _| iso_codes(site).into())
        .is(Kind::Text, "The codes of the states, with spaces in between.")
        .key(Key::Never)
        .column(),
    SiteField::new("coordinates", |site, _| site.point.map(FieldValue::Point).into())
        .is(Kind::Text, "Longitude and latitude.")
        .key(Key::Never)
        .compare(|site, known| site.point = known.point),
];

fn best(texts: &Translations, presentation: Presentation) -> FieldValue<'_> {
    texts.best(presentation.language).map(|(_, text)| text).into()
}

/// A site without an English name is none: then the names stay.
fn set_names(site: &mut Site, names: Translations) {
    if let Ok(names) = names.try_into() {
        site.names = names;
    }
}

fn danger_list(site: &Site) -> Option<String> {
    Some(site.danger.to_string()).filter(|list| !list.is_empty())
}

fn state_names(site: &Site, separator: &str) -> String {
    site.states.iter().map(|state| &*state.name).collect::<Vec<_>>().join(separator)
}

fn iso_codes(site: &Site) -> String {
    let codes = site.states.iter().filter_map(|state| state.iso);
    codes.map(|iso| iso.to_string()).collect::<Vec<_>>().join(" ")
}

/// The points as well-known text (OGC 06-103r4), which GIS programs and databases read in a column.
fn multipoint(components: &[Component]) -> Option<String> {
    let point = |part: &Component| format!("({} {})", part.point.longitude(), part.point.latitude());
    let points: Vec<_> = components.iter().map(point).collect();
    (!points.is_empty()).then(|| format!("MULTIPOINT ({})", points.join(", ")))
}

/// `superseded 1995 by 1`.
fn status(status: Status) -> String {
    let words = [
        Some(status.name().to_owned()),
        status.left().map(|year| year.to_string()),
        status.superseded_by().map(|by| format!("by {by}")),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
