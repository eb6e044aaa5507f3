//! Sites as features (RFC 7946).

use serde_json::{Value, json};

use crate::site::SiteId;
use crate::web::endpoint::openapi::schema::{
    between, list, named, number, object, or_null, text, whole, with, word,
};

pub(super) fn all() -> [(&'static str, Value); 3] {
    let feature = [
        ("type", word(&["Feature"], "What it is.")),
        ("id", between(1, SiteId::MAX, "UNESCO's number.")),
        ("geometry", or_null(point())),
        ("properties", named("SiteListed")),
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
        ("SiteFeatures", object(features, "A page of the list, as OGC API Features has it.")),
        ("Link", object(link, "A link to a page.")),
    ]
}

fn point() -> Value {
    let pair = list(&number("Degrees."), "Longitude and latitude, WGS 84.");
    let members = [
        ("type", word(&["Point"], "What it is.")),
        ("coordinates", with(pair, json!({"minItems": 2, "maxItems": 2}))),
    ];
    object(members, "Where the site is; `null` where that is not known.")
}
