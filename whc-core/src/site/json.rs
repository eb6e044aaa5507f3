//! A site as JSON, with the keys of the table of fields; and as a feature of `GeoJSON`.

mod geometry;

use serde::Serialize;

pub(crate) use self::geometry::Geometry;
use super::Site;
use super::field::{FieldValue, Presentation, SiteField};

/// What a text about a site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// An object with the keys of a site.
    Object,
    /// A feature of `GeoJSON` (RFC 7946) whose properties are these.
    Feature,
}

impl Form {
    /// All forms.
    pub(crate) const ALL: [Self; 2] = [Self::Object, Self::Feature];
}

/// How a feature looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FeatureStyle {
    /// Its geometry.
    pub(crate) geometry: Geometry,
    /// Whether its properties are the columns of CSV, in which lists are texts, instead of the keys of JSON.
    pub(crate) flat: bool,
}

/// Appends the text of `site` in this form, with these fields. A key that is wanted is always there, `null` where nothing
/// is known.
pub(crate) fn write(
    site: &Site,
    form: Form,
    fields: &[&SiteField],
    presentation: Presentation,
    text: &mut Vec<u8>,
) {
    match form {
        Form::Object => write_object(site, fields, presentation, text),
        Form::Feature => write_feature(site, FeatureStyle::default(), fields, presentation, text),
    }
}

/// The points of the parts of a site.
pub(crate) fn components(site: &Site) -> impl Serialize {
    FieldValue::Components(&site.components)
}

/// The notes on facts of a site.
pub(crate) fn notes(site: &Site) -> impl Serialize {
    FieldValue::Notes(&site.notes)
}

/// Appends `site` as a feature. `fields` are columns where the style is flat.
pub(crate) fn write_feature(
    site: &Site,
    style: FeatureStyle,
    fields: &[&SiteField],
    presentation: Presentation,
    text: &mut Vec<u8>,
) {
    text.extend_from_slice(b"{\"type\":\"Feature\",\"id\":");
    append(&site.id.get(), text);
    text.extend_from_slice(b",\"geometry\":");
    geometry::write(site, style.geometry, text);
    text.extend_from_slice(b",\"properties\":");
    if style.flat {
        write_members(fields, |field| field.cell(site, presentation), text);
    } else {
        write_object(site, fields, presentation, text);
    }
    text.push(b'}');
}

fn write_object(site: &Site, fields: &[&SiteField], presentation: Presentation, text: &mut Vec<u8>) {
    write_members(fields, |field| field.value(site, presentation), text);
}

fn write_members<'a>(
    fields: &[&SiteField],
    value: impl Fn(&SiteField) -> FieldValue<'a>,
    text: &mut Vec<u8>,
) {
    for (at, field) in fields.iter().enumerate() {
        text.extend_from_slice(if at == 0 { b"{\"" } else { b",\"" });
        // A name of ours, in which nothing needs an escape.
        text.extend_from_slice(field.name.as_bytes());
        text.extend_from_slice(b"\":");
        append(&value(field), text);
    }
    text.extend_from_slice(if fields.is_empty() { b"{}" } else { b"}" });
}

/// Serialization cannot fail: a site has texts and finite numbers only.
fn append(value: &impl Serialize, text: &mut Vec<u8>) {
    let before = text.len();
    if serde_json::to_writer(&mut *text, value).is_err() {
        text.truncate(before);
        text.extend_from_slice(b"null");
    }
}
