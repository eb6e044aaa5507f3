//! The filters of the list.

use serde_json::{Value, json};

use super::{query, query_in_ways, some};
use crate::site::{Category, Region, Regions, Search, SiteId, Year, embedded_modified};
use crate::web::endpoint::openapi::schema::{between, flag, shape, text, with, word};
use crate::web::request::filters::{MOST_COUNTRIES, MOST_IDS, MOST_REGIONS, NUMERALS};
use crate::web::request::parameters::MOST_VALUES;

/// A number of hectares as people write it.
const HECTARES: &str = r"[0-9]{1,12}(\.[0-9]{1,6})?";
/// The years of [`Year`].
const YEAR: &str = "(19(7[2-9]|[89][0-9])|2[01][0-9]{2})";

/// Every parameter that says which sites are meant and is not about a place.
pub(super) fn all() -> Vec<Value> {
    let mut filters = vec![search()];
    filters.extend(kinds());
    filters.extend(facts());
    filters
}

fn search() -> Value {
    let (letters, words) = (Search::MAX_LETTERS, Search::MAX_WORDS);
    let description = format!(
        "Words in the names of all six languages and in the descriptions, all of which must be found; up to {words}, \
         of letters or digits. Accents and case do not matter, the beginning of a word is enough, and from five \
         letters on one slip is forgiven."
    );
    let schema = with(text("Some words."), json!({"minLength": 1, "maxLength": letters}));
    query("q", &description, schema, json!("galapgos isl"))
}

fn kinds() -> Vec<Value> {
    let category = word(&Category::ALL.map(Category::name), "What was inscribed.");
    let criterion = word(&NUMERALS, "A numeral.");
    let matching = with(word(&["any", "all"], "How many."), json!({"default": "any"}));
    let region = word(&region_words(), "A region.");
    let country = shape("^[A-Za-z]{2}$", "ISO 3166-1 alpha-2.");
    let (criteria, match_all) = ("The criteria it was inscribed under.", "Whether `any` of them or `all`.");
    let regions = "UNESCO's regions, by code or English name.";
    vec![
        query(
            "category",
            "One of these categories.",
            some(&category, MOST_VALUES),
            json!(["Natural", "Mixed"]),
        ),
        query("criterion", criteria, some(&criterion, MOST_VALUES), json!(["iv", "x"])),
        query("criterion_match", match_all, matching, json!("all")),
        query("region", regions, some(&region, MOST_REGIONS), json!(["AFR", "LAC"])),
        query("country", "The states it belongs to.", some(&country, MOST_COUNTRIES), json!(["it", "CH"])),
    ]
}

/// The codes and the names of the regions.
fn region_words() -> Vec<&'static str> {
    let regions = Regions::ALL;
    regions.iter().map(Region::code).chain(regions.iter().map(Region::name)).collect()
}

fn facts() -> Vec<Value> {
    let status = word(&["inscribed", "delisted", "all"], "On the list or off it.");
    let status = with(status, json!({"default": "inscribed"}));
    let statuses = "On the list, off it (delisted or part of another site now), or both.";
    let id = between(1, SiteId::MAX, "A site.");
    let (danger, border) =
        ("On the List of World Heritage in Danger now, or not.", "Across a border, or not.");
    vec![
        inscribed(),
        query("danger", danger, flag("Yes or no."), json!(true)),
        query("transboundary", border, flag("Yes or no."), json!(true)),
        query("status", statuses, status, json!("all")),
        as_of(),
        area(),
        query("id", "One of these sites.", some(&id, MOST_IDS), json!([1, 2, 3])),
    ]
}

fn as_of() -> Value {
    let first = Year::FIRST_INSCRIPTIONS;
    let description = format!(
        "The list at the end of this year, from {first} to the present one: the sites inscribed by then, those that left \
         later among them, with their `status`, `danger` and `extended` of then, which `status` and `danger` as filters \
         mean too. Names, states, points, areas, components and criteria are those of today."
    );
    let last = Year::at(embedded_modified()).map_or(Year::LAST, Year::get);
    query("as_of", &description, between(first.into(), last.into(), "A year."), json!(1994))
}

fn inscribed() -> Value {
    let (first, last) = (Year::FIRST, Year::LAST);
    let description = format!(
        "The year of inscription, or a range of years with both ends included; from {first} to {last}."
    );
    let schema = shape(&range(YEAR), "A year or a range.");
    let ways = [("year", "1978"), ("range", "1978..1990"), ("until", "..1990"), ("since", "2000..")];
    query_in_ways("inscribed", &description, &schema, &ways)
}

fn area() -> Value {
    let description = "A range of areas in hectares, both ends included; sites of unknown area are out.";
    let ways = [("range", "0..10.5"), ("since", "1000000.."), ("until", "..2")];
    query_in_ways("area", description, &shape(&range(HECTARES), "A number or a range."), &ways)
}

/// One, or two with dots in between of which one may be missing.
fn range(end: &str) -> String {
    format!(r"^({end}(\.\.({end})?)?|\.\.{end})$")
}
