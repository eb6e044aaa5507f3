//! The schemas of counts: facets, countries, criteria.

use serde_json::{Value, json};

use super::{as_of, language};
use crate::site::Year;
use crate::web::endpoint::openapi::schema::{
    between, list, named, object, open_object, shape, text, whole, with, word,
};
use crate::web::request::filters::NUMERALS;

pub(super) fn all() -> [(&'static str, Value); 10] {
    let total =
        [("total", whole(0, "How many there are.")), ("language", language("The language of names."))];
    let links = [("self", text("This answer.")), ("sites", text("The sites it is about."))];
    let row = [("sites", text("The sites it counts."))];
    [
        ("FacetsAnswer", envelope(named("Facets"), "Counts of the sites that pass the filters.")),
        ("Facets", facets()),
        ("Facet", facet()),
        (
            "CountriesAnswer",
            envelope(list(&named("Country"), "By name."), "The countries with sites on the list."),
        ),
        ("Country", country()),
        ("CriteriaAnswer", envelope(list(&named("Criterion"), "In UNESCO's order."), "The ten criteria.")),
        ("Criterion", criterion()),
        (
            "NumbersMeta",
            open_object(total.into_iter().chain(as_of()), &["total", "language"], "What the numbers are of."),
        ),
        ("NumbersLinks", object(links, "Where to go from here.")),
        ("RowLinks", object(row, "Where to go from a row.")),
    ]
}

fn envelope(data: Value, description: &str) -> Value {
    object([("data", data), ("meta", named("NumbersMeta")), ("links", named("NumbersLinks"))], description)
}

fn facets() -> Value {
    let counts = |description: &str| list(&named("Facet"), description);
    let members = [
        ("category", counts("Every category.")),
        ("region", counts("Every region.")),
        ("country", counts("The countries there are, that with the most sites first.")),
        ("criterion", counts("Every criterion.")),
        ("decade", counts("The decades there are, of `date_inscribed`; values are those of `inscribed`.")),
        ("danger", counts("In danger, and not.")),
    ];
    object(members, "The counts of each facet.")
}

fn facet() -> Value {
    let members = [
        ("value", text("What the filter of this name takes.")),
        ("name", text("The same for people, where it says more.")),
        ("count", whole(0, "How many sites have it.")),
    ];
    open_object(members, &["value", "count"], "A value and how many sites have it.")
}

fn country() -> Value {
    let count = |what: &str| whole(0, &format!("How many {what}."));
    let first = between(Year::FIRST.into(), Year::LAST.into(), "The year of the first inscription.");
    let members = [
        ("iso_code", shape("^[A-Z]{2}$", "ISO 3166-1 alpha-2.")),
        ("name", text("UNESCO's English name.")),
        ("sites", count("sites there are")),
        ("cultural", count("are cultural")),
        ("natural", count("are natural")),
        ("mixed", count("are mixed")),
        ("in_danger", count("are in danger")),
        ("transboundary", count("cross a border")),
        ("first_inscribed", first),
        ("links", named("RowLinks")),
    ];
    object(members, "What the list has of a country.")
}

fn criterion() -> Value {
    let members = [
        ("numeral", word(&NUMERALS, "What `criterion` takes.")),
        ("group", word(&["cultural", "natural"], "What kind of heritage it is about.")),
        ("summary", with(text("What it asks for, in a sentence of ours."), json!({"minLength": 1}))),
        ("sites", whole(0, "How many sites on the list have it.")),
        ("links", named("RowLinks")),
    ];
    object(members, "A criterion of the Operational Guidelines.")
}
