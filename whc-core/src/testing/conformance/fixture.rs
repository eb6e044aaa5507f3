//! Sites with all values that are hard to store.

use crate::site::field::SiteField;
use crate::site::{
    Category, Component, CountryCode, Criteria, Criterion, Danger, Hectares, InDanger, Language, Names,
    Notes, Period, Point, Region, Regions, Site, SiteId, StateParty, Status, Translations, WikidataId, Year,
};

/// The sites a repository under test holds, ordered by id.
#[must_use]
pub fn fixture() -> Vec<Site> {
    vec![
        in_every_language(),
        bare(2),
        at_the_date_line(),
        in_every_region(),
        without_code(),
        Site { danger: Danger::new(InDanger::Yes { since: Some(year(2011)) }, past()), ..bare(6) },
        Site { danger: Danger::new(InDanger::Yes { since: None }, []), ..bare(7) },
        Site { danger: Danger::new(InDanger::No, past()), ..bare(8) },
        Site { status: Status::Delisted { year: year(2009) }, ..bare(9) },
        Site { status: Status::Superseded { year: year(1995), by: id(1) }, ..bare(10) },
        of_many_states(),
        of_many_parts(),
        at_the_bounds(),
    ]
}

/// A site with the required fields only.
fn bare(number: u32) -> Site {
    let names = Names::new(format!("Site {number}")).expect("an English name");
    Site::new(id(number), names, Category::Cultural, year(1978))
}

/// The site 1, with the examples of all fields as values, so that a store which loses a new field does not pass.
fn example() -> Site {
    SiteField::example_site().expect("the examples make sense")
}

fn in_every_language() -> Site {
    let texts = |what: &str| -> Translations {
        let texts = ["it's \"quoted\" \\ & <b>bold</b>", "Œuvre d’été", "¿Año?", "Мир", "قلعة", "长城 𠀀 🏛"];
        Language::ALL.into_iter().zip(texts.map(|text| format!("{what}: {text};\t--\n{{,NULL}}"))).collect()
    };
    let mut justifications = Translations::default();
    justifications.set(Language::French, "Seulement en français");
    let area = Some(Hectares::new(0.1 + 0.2).expect("an area"));
    Site {
        names: texts("Name").try_into().expect("an English name"),
        short_descriptions: texts("Description"),
        justifications,
        criteria: [Criterion::I, Criterion::Vi, Criterion::X].into_iter().collect(),
        criteria_complete: false,
        category: Category::Mixed,
        extended: vec![year(1984), year(2001)],
        transboundary: true,
        area,
        wikidata: WikidataId::new(135_000_000).ok(),
        notes: notes(),
        ..example()
    }
}

fn notes() -> Notes {
    let notes =
        ["name_fr", "danger"].map(|field| (field.parse().expect("a field"), format!("it's \"{field}\"")));
    Notes::new(notes).expect("notes on other fields")
}

fn at_the_date_line() -> Site {
    let components = [point(180.0, -90.0), point(-180.0, 90.0), point(179.999_999_999_999_97, 1e-300)];
    Site {
        point: Some(point(-179.123_456_789_012_34, -16.5)),
        components: components.into_iter().map(|point| Component { point, country: None }).collect(),
        ..bare(3)
    }
}

fn in_every_region() -> Site {
    let regions = [
        Region::Africa,
        Region::ArabStates,
        Region::AsiaAndThePacific,
        Region::EuropeAndNorthAmerica,
        Region::LatinAmericaAndTheCaribbean,
    ];
    Site { regions: Regions::from_iter(regions), category: Category::Natural, ..bare(4) }
}

fn without_code() -> Site {
    let nameless = StateParty { iso: None, name: "Jerusalem (Site proposed by Jordan)".into() };
    Site { states: vec![state("CH"), nameless], point: Some(point(35.231, 31.777)), ..bare(5) }
}

fn of_many_states() -> Site {
    let codes = "AL AT BA BE BG HR CZ FR DE IT MK PL RO SK SI ES CH UA";
    Site { states: codes.split(' ').map(state).collect(), transboundary: true, ..bare(11) }
}

fn of_many_parts() -> Site {
    let part = |number: i32| Component {
        point: point(f64::from(number) / 3.0, f64::from(-number) / 7.0),
        country: (number % 2 == 0).then(|| code("IT")),
    };
    // Neither sorted nor without doubles.
    Site { components: (0..400).rev().chain([0]).map(part).collect(), ..bare(12) }
}

fn at_the_bounds() -> Site {
    Site {
        inscribed: year(Year::LAST),
        extended: vec![year(Year::FIRST)],
        criteria: "(i)(ii)(iii)(iv)(v)(vi)(vii)(viii)(ix)(x)".parse::<Criteria>().expect("all criteria"),
        area: Some(Hectares::new(f64::MIN_POSITIVE).expect("an area")),
        point: Some(point(0.0, 0.0)),
        ..bare(SiteId::MAX)
    }
}

fn past() -> [Period; 2] {
    [(1984, 1988), (2000, 2000)].map(|(from, to)| Period::new(year(from), year(to)).expect("a period"))
}

fn id(number: u32) -> SiteId {
    SiteId::new(number).expect("an id")
}

fn year(number: u16) -> Year {
    Year::new(number).expect("a year")
}

fn point(longitude: f64, latitude: f64) -> Point {
    Point::new(longitude, latitude).expect("a point")
}

fn code(code: &str) -> CountryCode {
    code.parse().expect("a country code")
}

fn state(iso: &str) -> StateParty {
    StateParty { iso: Some(code(iso)), name: format!("State of {iso}").into() }
}
