//! A site as JSON: the keys the first version of this API had, with typed values, and ours; and as a feature.

use serde::{Serialize, Serializer};

use super::{
    Component, Criterion, Hectares, Language, Point, Region, Site, SiteId, StateParty, Translations, Year,
};

/// What a text about a site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// An object with all keys of a site in a list.
    Summary,
    /// A feature of `GeoJSON` (RFC 7946) whose properties are these.
    Feature,
}

/// Appends the text of `site` in this form, with its texts in `language` or in English where a translation is missing.
pub(crate) fn write(site: &Site, form: Form, language: Language, text: &mut Vec<u8>) {
    match form {
        Form::Summary => append(&SiteSummary::new(site, language), text),
        Form::Feature => {
            let mut properties = Vec::new();
            append(&SiteSummary::new(site, language), &mut properties);
            write_feature(site, &properties, text);
        }
    }
}

/// Appends the feature of `site` with these properties, which are JSON. A site without a point has no geometry, as the
/// RFC wants it.
pub(crate) fn write_feature(site: &Site, properties: &[u8], text: &mut Vec<u8>) {
    text.extend_from_slice(b"{\"type\":\"Feature\",\"id\":");
    append(&site.id.get(), text);
    text.extend_from_slice(b",\"geometry\":");
    let point = site.point.map(|point| [point.longitude(), point.latitude()]);
    append(&point.map(|coordinates| Geometry { r#type: "Point", coordinates }), text);
    text.extend_from_slice(b",\"properties\":");
    text.extend_from_slice(properties);
    text.push(b'}');
}

/// Puts one more member at the end of an object.
pub(crate) fn add_member(object: &mut Vec<u8>, name: &str, value: &impl Serialize) {
    object.pop();
    object.push(b',');
    append(&name, object);
    object.push(b':');
    append(value, object);
    object.push(b'}');
}

/// The points of the parts of a site.
pub(crate) fn components(site: &Site) -> impl Serialize {
    site.components.iter().map(Part::new).collect::<Vec<_>>()
}

/// Texts and finite numbers: there is nothing in a site that could fail to become JSON.
fn append(value: &impl Serialize, text: &mut Vec<u8>) {
    let before = text.len();
    if serde_json::to_writer(&mut *text, value).is_err() {
        text.truncate(before);
        text.extend_from_slice(b"null");
    }
}

#[derive(Serialize)]
struct Geometry {
    r#type: &'static str,
    coordinates: [f64; 2],
}

/// A site in a list. Every key is always there, `null` where nothing is known.
#[derive(Serialize)]
struct SiteSummary<'a> {
    id: u32,
    name: &'a str,
    short_description: Option<&'a str>,
    justification: Option<&'a str>,
    date_inscribed: u16,
    danger: bool,
    danger_list: Option<String>,
    longitude: Option<f64>,
    latitude: Option<f64>,
    states_name: String,
    region: String,
    language: &'static str,
    names: Texts<'a>,
    category: &'static str,
    criteria: Vec<&'static str>,
    criteria_complete: bool,
    regions: Vec<&'static str>,
    states: Vec<State<'a>>,
    extended: Vec<u16>,
    danger_since: Option<u16>,
    danger_past: Vec<Span>,
    status: &'static str,
    left: Option<u16>,
    superseded_by: Option<u32>,
    transboundary: bool,
    area_hectares: Option<f64>,
    component_count: usize,
    wikidata: Option<String>,
    url: String,
}

/// Texts by language code, English first.
struct Texts<'a>(&'a Translations);

impl Serialize for Texts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(language, text)| (language.code(), text)))
    }
}

#[derive(Serialize)]
struct State<'a> {
    iso_code: Option<String>,
    name: &'a str,
}

#[derive(Serialize)]
struct Span {
    from: u16,
    to: u16,
}

#[derive(Serialize)]
struct Part {
    longitude: f64,
    latitude: f64,
    iso_code: Option<String>,
}

impl<'a> SiteSummary<'a> {
    /// `site` with its texts in `language`, in English where a translation is missing; `language` says which.
    fn new(site: &'a Site, language: Language) -> Self {
        let (used, name) = site.names.best(language);
        let text = |(_, text)| text;
        Self {
            id: site.id.get(),
            name,
            short_description: site.short_descriptions.best(language).map(text),
            justification: site.justifications.best(language).map(text),
            date_inscribed: site.inscribed.get(),
            danger: site.danger.is_current(),
            danger_list: Some(site.danger.to_string()).filter(|list| !list.is_empty()),
            longitude: site.point.map(Point::longitude),
            latitude: site.point.map(Point::latitude),
            states_name: joined(&site.states),
            region: site.regions.to_string(),
            language: used.code(),
            names: Texts(site.names.translations()),
            category: site.category.name(),
            criteria: site.criteria.iter().map(Criterion::numeral).collect(),
            criteria_complete: site.criteria_complete,
            regions: site.regions.iter().map(Region::name).collect(),
            states: site.states.iter().map(State::new).collect(),
            extended: site.extended.iter().map(|year| year.get()).collect(),
            danger_since: site.danger.since().map(Year::get),
            danger_past: site
                .danger
                .past()
                .iter()
                .map(|p| Span { from: p.from().get(), to: p.to().get() })
                .collect(),
            status: site.status.name(),
            left: site.status.left().map(Year::get),
            superseded_by: site.status.superseded_by().map(SiteId::get),
            transboundary: site.transboundary,
            area_hectares: site.area.map(Hectares::get),
            component_count: site.components.len(),
            wikidata: site.wikidata.map(|item| item.to_string()),
            url: site.url(),
        }
    }
}

impl<'a> State<'a> {
    fn new(state: &'a StateParty) -> Self {
        Self { iso_code: state.iso.map(|iso| iso.to_string()), name: &state.name }
    }
}

impl Part {
    fn new(component: &Component) -> Self {
        Self {
            longitude: component.point.longitude(),
            latitude: component.point.latitude(),
            iso_code: component.country.map(|iso| iso.to_string()),
        }
    }
}

fn joined(states: &[StateParty]) -> String {
    let names: Vec<_> = states.iter().map(|state| &*state.name).collect();
    names.join(", ")
}
