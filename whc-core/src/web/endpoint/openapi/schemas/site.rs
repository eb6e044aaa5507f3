//! A site, key by key.

use serde_json::{Value, json};

use super::language;
use crate::site::{Category, Language, Region, Regions, SiteId, Year};
use crate::web::endpoint::openapi::schema::{
    between, degrees, flag, list, named, number, object, open_object, or_null, shape, text, whole, with, word,
};
use crate::web::request::filters::NUMERALS;

type Keys = Vec<(&'static str, Value)>;

pub(super) fn all() -> [(&'static str, Value); 5] {
    let listed = [keys(), vec![("distance_km", distance())]].concat();
    let one =
        [keys(), vec![("components", list(&named("Component"), "The parts with a known point."))]].concat();
    let required: Vec<_> = one.iter().map(|(name, _)| *name).collect();
    let period = [("from", year("The first year.")), ("to", year("The last year."))];
    let state =
        [("iso_code", country("`null` where there is none.")), ("name", text("UNESCO's English name."))];
    [
        ("Site", open_object(one, &required, "Everything known of a site; every key is always there.")),
        (
            "SiteListed",
            open_object(listed, &["id"], "A site of a list: every key, or those of `fields` and the id."),
        ),
        ("State", object(state, "A state the site belongs to.")),
        ("Period", object(period, "A span of years, both ends in it.")),
        ("Component", component()),
    ]
}

/// The keys of a site wherever it is.
fn keys() -> Keys {
    [texts(), facts(), places(), references()].concat()
}

fn texts() -> Keys {
    let plain = |what: &str| or_null(text(what));
    vec![
        ("id", between(1, SiteId::MAX, "UNESCO's number (`id_no`), the stable key.")),
        ("name", text("In the language asked for, in English where there is no translation.")),
        ("short_description", plain("What it is, in plain text; only from an imported file.")),
        ("justification", plain("Why it was inscribed, in plain text; only from an imported file.")),
        ("language", language("The language `name` is in.")),
        ("names", names()),
    ]
}

fn names() -> Value {
    let members = Language::ALL.map(|language| (language.code(), text("The name in this language.")));
    open_object(members, &["en"], "The name by language.")
}

fn facts() -> Keys {
    let criterion = word(&NUMERALS, "A criterion of the Operational Guidelines.");
    vec![
        ("category", word(&Category::ALL.map(Category::name), "What was inscribed.")),
        ("criteria", list(&criterion, "The criteria it was inscribed under.")),
        ("criteria_complete", flag("False where the source is known to omit criterion (vi).")),
        ("date_inscribed", year("The year of inscription.")),
        ("extended", list(&year("A year."), "Years of extensions and modifications.")),
        ("danger", flag("On the List of World Heritage in Danger now.")),
        ("danger_list", or_null(text("The history there in UNESCO's notation, `Y 2011 P 1996-2007`."))),
        ("danger_since", or_null(year("The year the present danger began."))),
        ("danger_past", list(&named("Period"), "Dangers that are over.")),
        ("status", word(&["inscribed", "delisted", "superseded"], "Whether it is on the list.")),
        ("left", or_null(year("The year it left the list."))),
        ("superseded_by", or_null(between(1, SiteId::MAX, "The site it is part of now."))),
    ]
}

fn places() -> Keys {
    let region = word(&Regions::ALL.iter().map(Region::name).collect::<Vec<_>>(), "UNESCO's English name.");
    vec![
        ("longitude", or_null(degrees(180, "Degrees east, WGS 84."))),
        ("latitude", or_null(degrees(90, "Degrees north, WGS 84."))),
        ("states_name", text("The names of the states, with commas in between.")),
        ("states", list(&named("State"), "The states it belongs to.")),
        ("region", text("The names of the regions, with commas in between.")),
        ("regions", list(&region, "UNESCO's regions; four sites have several.")),
        ("transboundary", flag("Across the border of states.")),
        ("area_hectares", or_null(with(number("Without buffer zones."), json!({"exclusiveMinimum": 0})))),
        ("component_count", whole(0, "How many parts have a known point.")),
    ]
}

fn references() -> Keys {
    vec![
        ("wikidata", or_null(shape("^Q[0-9]+$", "The item of Wikidata."))),
        ("url", with(text("UNESCO's page."), json!({"format": "uri"}))),
    ]
}

fn component() -> Value {
    let members = [
        ("longitude", degrees(180, "Degrees east, WGS 84.")),
        ("latitude", degrees(90, "Degrees north, WGS 84.")),
        ("iso_code", country("The country it lies in, where the source says so.")),
    ];
    object(members, "A part of a site.")
}

fn distance() -> Value {
    let what =
        "The distance to `near` in kilometres, to the metre; `null` without a point. There with `near` only.";
    or_null(with(number(what), json!({"minimum": 0})))
}

fn country(description: &str) -> Value {
    or_null(shape("^[A-Z]{2}$", &format!("ISO 3166-1 alpha-2. {description}")))
}

fn year(description: &str) -> Value {
    between(Year::FIRST.into(), Year::LAST.into(), description)
}
