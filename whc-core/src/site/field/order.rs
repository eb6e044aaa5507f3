//! The orders that clients know fields in, where they are not that of the table. New fields follow at the end.

use super::SiteField;

/// The columns of CSV.
pub(super) const COLUMNS: &str = "\
    id name language category criteria criteria_complete date_inscribed extended danger \
    danger_since danger_list status year_left superseded_by transboundary states_name \
    iso_codes region longitude latitude area_hectares component_count wikidata url \
    short_description justification";

/// The differences between two sites.
pub(super) const DIFFERENCES: &str = "\
    name short_description justification category criteria criteria_complete \
    regions states date_inscribed extended danger status transboundary coordinates \
    area_hectares components wikidata notes";

/// The keys in the API description, by subject.
pub(super) const DESCRIPTION: &str = "\
    id name short_description justification language names category criteria \
    criteria_complete date_inscribed extended danger danger_list danger_since \
    danger_past status year_left superseded_by longitude latitude states_name states \
    region regions transboundary area_hectares component_count wikidata url";

/// The `wanted` fields in an order, those it does not name at the end.
pub(super) fn sorted(order: &str, wanted: impl Fn(&SiteField) -> bool) -> Vec<&'static SiteField> {
    let mut fields: Vec<_> = SiteField::all().iter().filter(|field| wanted(field)).collect();
    fields.sort_by_cached_key(|field| {
        order.split_whitespace().position(|name| name == field.name).unwrap_or(usize::MAX)
    });
    fields
}
