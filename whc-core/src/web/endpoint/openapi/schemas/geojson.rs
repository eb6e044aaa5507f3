//! Sites as features (RFC 7946).

use serde_json::{Value, json};

use super::site;
use crate::site::SiteId;
use crate::web::endpoint::openapi::schema::{
    between, list, named, number, object, or_null, text, whole, with, word,
};

pub(super) fn all() -> [(&'static str, Value); 4] {
    let feature = [
        ("type", word(&["Feature"], "What it is.")),
        ("id", between(1, SiteId::MAX, "UNESCO's number.")),
        ("geometry", or_null(points())),
        ("properties", named("SiteProperties")),
    ];
    let features = [
        ("type", word(&["FeatureCollection"], "What it is.")),
        ("features", list(&named("SiteFeature"), "The sites of this page.")),
        ("numberMatched", whole(0, "How many there are in all.")),
        ("numberReturned", whole(0, "How many are in this page.")),
        ("links", list(&named("Link"), "The pages around this one.")),
    ];
    let link = [
        ("rel", word(&["self", "first", "prev", "next", "last"], "Which page.")),
        ("href", text("Where it is.")),
        ("type", text("Its media type.")),
    ];
    [
        ("SiteFeature", object(feature, "A site.")),
        ("SiteProperties", site::properties()),
        ("SiteFeatures", object(features, "A page of the list, as OGC API Features has it.")),
        ("Link", object(link, "A link to a page.")),
    ]
}

fn points() -> Value {
    let degrees = number("Degrees.");
    let pair = with(list(&degrees, "Longitude and latitude."), json!({"minItems": 2, "maxItems": 2}));
    let coordinates = list(
        &json!({"oneOf": [degrees, pair]}),
        "Longitude and latitude, WGS 84; a list of such pairs in a `MultiPoint`.",
    );
    let members = [
        ("type", word(&["Point", "MultiPoint"], "`MultiPoint` with `geometry=components` only.")),
        ("coordinates", with(coordinates, json!({"minItems": 1}))),
    ];
    object(members, "Where the site is; `null` where that is not known.")
}
