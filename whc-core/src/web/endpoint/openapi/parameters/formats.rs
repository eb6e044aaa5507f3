//! The parameters that only some formats have.

use serde_json::{Value, json};

use super::query;
#[cfg(feature = "pages")]
use crate::web::endpoint::openapi::schema::between;
use crate::web::endpoint::openapi::schema::{flag, with, word};
#[cfg(feature = "pages")]
use crate::web::format::map::ImageStyle;
use crate::web::request::features::GEOMETRIES;
#[cfg(feature = "pages")]
use crate::web::request::image::THEMES;

/// Every such parameter. The examples are right in every format: consoles fill them all in at once.
pub(super) fn all() -> Vec<Value> {
    let geometry = "With `f=geojson` or `f=geojsonseq`: the point of a site, or those of its components, a `MultiPoint` \
                    where there are several.";
    let flat = "With `f=geojson` or `f=geojsonseq`: properties are the columns of CSV, where lists are texts, for programs \
                that convert to formats without lists.";
    let bom = "With `f=csv`: a byte order mark in front, by which Excel knows that the text is in UTF-8.";
    let geometries = with(word(&GEOMETRIES, "Which points."), json!({"default": GEOMETRIES[0]}));
    let off = || with(flag("Yes or no."), json!({"default": false}));
    vec![
        query("geometry", geometry, geometries, json!(GEOMETRIES[0])),
        query("flat", flat, off(), json!(false)),
        query("bom", bom, off(), json!(false)),
        #[cfg(feature = "pages")]
        width(),
        #[cfg(feature = "pages")]
        theme(),
    ]
}

#[cfg(feature = "pages")]
fn width() -> Value {
    let ([least, most], usual) = (ImageStyle::WIDTHS, ImageStyle::default().width);
    let pixels = with(between(least, most, "A number."), json!({"default": usual}));
    query("width", "With `f=svg`: the pixels across. The height follows.", pixels, json!(usual))
}

#[cfg(feature = "pages")]
fn theme() -> Value {
    let themes = with(word(&THEMES, "Its colours."), json!({"default": THEMES[0]}));
    query("theme", "With `f=svg`: for a light or a dark page around it.", themes, json!(THEMES[0]))
}
