//! The parameters about places.

use serde_json::{Value, json};

use super::query;
use crate::page::Window;
use crate::site::Kilometres;
use crate::web::endpoint::openapi::schema::{between, number, shape, with};

const LONGITUDE: &str = r"-?(180(\.0{1,9})?|(1[0-7][0-9]|[0-9]{1,2})(\.[0-9]{1,9})?)";
const LATITUDE: &str = r"-?(90(\.0{1,9})?|[1-8]?[0-9](\.[0-9]{1,9})?)";

/// Every parameter about a place.
pub(super) fn all() -> Vec<Value> {
    let bbox = "west,south,east,north in degrees; south is not over north, west over east crosses the date line. Sites \
                without a point are in no box.";
    let near = "longitude,latitude in degrees: adds `distance_km` to every site and begins with the nearest.";
    let nearest = "With `near`: only so many of the sites that match all else, the nearest.";
    let boxes = format!("^{LONGITUDE},{LATITUDE},{LONGITUDE},{LATITUDE}$");
    vec![
        query("bbox", bbox, shape(&boxes, "A box."), json!("170,-25,-170,0")),
        query("near", near, shape(&format!("^{LONGITUDE},{LATITUDE}$"), "A point."), json!("12.5,41.9")),
        query("radius", "With `near`: up to so many kilometres.", kilometres(), json!(50)),
        query("nearest", nearest, between(1, Window::MAX_LIMIT, "A number."), json!(5)),
    ]
}

fn kilometres() -> Value {
    with(number("Kilometres."), json!({"exclusiveMinimum": 0, "maximum": Kilometres::MAX}))
}
