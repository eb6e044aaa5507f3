//! How much of what is known a file may contradict before it is not what it seems: a limit for each field.

use strsim::sorensen_dice;

use crate::import::place;
use crate::site::{FieldName, Site, Status, differing, fold};

/// Texts are compared from their start, where one language and one site already differ from another.
const COMPARED: usize = 200;

/// The most sites, of `compared`, that an edition may change in a field. Never fewer than three: small files are read too.
///
/// Eleven years of real editions contradict no more than 1 % of the facts of any field but these: names and areas by 3 %, dangers by
/// a little more than 1 %. They change no year and no category.
pub(super) fn limit(field: FieldName, compared: usize) -> usize {
    let percent = match field.as_str() {
        // Of a thousand sites three left in fifty years.
        "status" | "date_inscribed" | "category" => 0,
        "danger" | "coordinates" | "components" => 2,
        "area_hectares" => 4,
        name if name.starts_with("name_") => 4,
        _ if is_prose(field) => 20,
        _ => 1,
    };
    (compared * percent / 100).max(3)
}

/// The most sites, of `compared`, of which a file may know a fact that nobody knew: names and texts may be translated by hundreds,
/// but what fills every gap of a column is most likely made up.
pub(super) fn most_gained(field: FieldName, compared: usize) -> Option<usize> {
    let is_text = field.as_str().starts_with("name_") || is_prose(field);
    (!is_text).then(|| (compared * 2 / 100).max(10))
}

/// The most sites, of `compared`, of which a file may change the field at all, be it a little: seven years of real editions
/// move the points of 16 %, and change the areas of 9 % and the descriptions of 6 %. A conversion changes all. `None` for fields of
/// which every change counts as a contradiction anyway.
pub(super) fn most_changed(field: FieldName, compared: usize) -> Option<usize> {
    let in_part = matches!(field.as_str(), "coordinates" | "components" | "area_hectares");
    (in_part || is_prose(field)).then(|| (compared / 4).max(10))
}

/// The most sites, of `compared`, that a file may put some kilometres away: eleven years of real editions do so with 5 %. `None`
/// for fields that have no place.
pub(super) fn most_moved(field: FieldName, compared: usize) -> Option<usize> {
    (field.as_str() == "coordinates").then(|| (compared * 6 / 100).max(10))
}

/// Whether the field is prose, which is edited every year, and not a fact.
pub(super) fn is_prose(field: FieldName) -> bool {
    let name = field.as_str();
    name.starts_with("short_description_") || name.starts_with("justification_")
}

/// The fields in which `told` contradicts what is `known`: says otherwise, and not only more, or more exactly.
pub(super) fn contradictions(known: &Site, told: &Site) -> Vec<FieldName> {
    let differing = differing(known, told).map(|(field, ..)| field);
    differing.filter(|field| !fills(*field, known, told) && contradicts(*field, known, told)).collect()
}

/// Whether `told` only adds to the field of `known`.
pub(super) fn fills(field: FieldName, known: &Site, told: &Site) -> bool {
    match field.as_str() {
        "criteria" | "criteria_complete" => {
            let open = known.criteria.is_empty() || !known.criteria_complete;
            open && known.criteria.is_subset(told.criteria)
        }
        "regions" => known.regions.is_empty(),
        "states" => known.states.is_empty(),
        "coordinates" => known.point.is_none(),
        "area_hectares" => known.area.is_none(),
        "components" => known.components.is_empty(),
        "category" | "date_inscribed" | "extended" | "danger" | "status" | "transboundary" => false,
        _ => differing(known, told).any(|(other, before, _)| other == field && before.to_text("").is_empty()),
    }
}

fn contradicts(field: FieldName, known: &Site, told: &Site) -> bool {
    match field.as_str() {
        // A whole file brings back all that half of it took off.
        "status" => known.status == Status::Inscribed,
        "coordinates" => place::far(known.point, told.point),
        "components" => place::far(place::middle(&known.components), place::middle(&told.components)),
        "area_hectares" => known.area.zip(told.area).is_some_and(|(known, told)| {
            let ratio = known.get() / told.get();
            !(0.5..=2.0).contains(&ratio)
        }),
        _ if is_prose(field) => differing(known, told)
            .filter(|(other, ..)| *other == field)
            .any(|(_, known, told)| !alike(&known.to_text(""), &told.to_text(""))),
        _ => true,
    }
}

/// Whether two texts have half of their pairs of letters in common.
pub(super) fn alike(one: &str, other: &str) -> bool {
    let start = |text: &str| fold(&text.chars().take(COMPARED).collect::<String>());
    sorensen_dice(&start(one), &start(other)) >= 0.5
}
