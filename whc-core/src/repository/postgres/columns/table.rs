//! The entries, in the order of the cells of a row: what every site has, then one fact after another.

use super::cells::Cells;
use super::groups::{self, number, site_id, word, year};
use super::{Fact, Place};
use crate::error::Result;
use crate::site::{CountryCode, Criterion, Hectares, Point, Region, Site};

/// The oldest version of the schema that has all of these columns and all else that statements mention: a new column is
/// there from its migration on, the history from the second, contacts from the fourth, revisions from the fifth, notes and imports from the
/// sixth.
pub(in crate::repository::postgres) const OLDEST_SCHEMA: i32 = 6;

/// Where that is kept without which there is no site.
pub(super) static REQUIRED: Place = Place::new()
    .columns(|sites| {
        sites
            .column("id", |site| site.id.get().cast_signed())
            .column("category", |site| site.category.name())
            .column("inscribed", |site| number(site.inscribed))
    })
    .table("site_text", |sites| {
        sites
            .each(groups::texts)
            .column("language", |text| text.language.code())
            .column("name", |text| text.name)
            .column("short_description", |text| text.short_description)
            .column("justification", |text| text.justification)
            .columns
    });

/// The site that the cells of [`REQUIRED`] make. The other facts are added to it.
pub(super) fn required(cells: &mut Cells<'_>) -> Result<Site> {
    let (id, category, inscribed) = (site_id(cells.value()?)?, word(cells.value()?)?, year(cells.value()?)?);
    let [names, short_descriptions, justifications] = groups::translations(cells)?;
    let site = Site::new(id, names.try_into()?, category, inscribed);
    Ok(Site { short_descriptions, justifications, ..site })
}

pub(super) static FACTS: &[Fact] = &[
    Place::new()
        .columns(|sites| sites.column("criteria_complete", |site| site.criteria_complete))
        .read(|site, cells| cells.set(&mut site.criteria_complete, Ok)),
    Place::new()
        .table("site_criterion", |sites| {
            sites.each(|site| site.criteria.iter()).column("criterion", Criterion::numeral).columns
        })
        .read(|site, cells| cells.collect(&mut site.criteria, word::<Criterion>)),
    Place::new()
        .table("site_region", |sites| {
            sites.each(|site| site.regions.iter()).column("region", Region::code).columns
        })
        .read(|site, cells| cells.collect(&mut site.regions, word::<Region>)),
    Place::new()
        .table("site_state", |sites| {
            sites
                .each_in_order(|site| &site.states)
                .column("iso", |state| state.iso.as_ref().map(CountryCode::as_str))
                .column("name", |state| &*state.name)
                .columns
        })
        .read(|site, cells| groups::states(&mut site.states, cells)),
    Place::new()
        .table("site_extension", |sites| {
            sites.each_in_order(|site| &site.extended).column("year", |year| number(*year)).columns
        })
        .read(|site, cells| cells.collect(&mut site.extended, year)),
    Place::new()
        .columns(|sites| {
            sites
                .column("in_danger", |site| site.danger.is_current())
                .column("in_danger_since", |site| site.danger.since().map(number))
        })
        .table("site_danger", |sites| {
            sites
                .each(|site| site.danger.past())
                .column("first_year", |period| number(period.from()))
                .column("last_year", |period| number(period.to()))
                .columns
        })
        .read(|site, cells| groups::danger(&mut site.danger, cells)),
    Place::new()
        .columns(|sites| {
            sites
                .column("status", |site| site.status.name())
                .column("left_list", |site| site.status.left().map(number))
                .column("superseded_by", |site| site.status.superseded_by().map(|by| by.get().cast_signed()))
        })
        .read(|site, cells| groups::status(&mut site.status, cells)),
    Place::new()
        .columns(|sites| sites.column("transboundary", |site| site.transboundary))
        .read(|site, cells| cells.set(&mut site.transboundary, Ok)),
    Place::new()
        .columns(|sites| {
            sites
                .column("longitude", |site| site.point.map(Point::longitude))
                .column("latitude", |site| site.point.map(Point::latitude))
        })
        .read(|site, cells| groups::point(&mut site.point, cells)),
    Place::new()
        .columns(|sites| sites.column("area_hectares", |site| site.area.map(Hectares::get)))
        .read(|site, cells| cells.set_known(&mut site.area, Hectares::new)),
    Place::new()
        .table("site_component", |sites| {
            sites
                .each_in_order(|site| &site.components)
                .column("longitude", |component| component.point.longitude())
                .column("latitude", |component| component.point.latitude())
                .column("country", |component| component.country.as_ref().map(CountryCode::as_str))
                .columns
        })
        .read(|site, cells| groups::components(&mut site.components, cells)),
    Place::new()
        .columns(|sites| sites.column("wikidata", |site| site.wikidata.map(groups::wikidata_number)))
        .read(|site, cells| cells.set_known(&mut site.wikidata, groups::wikidata)),
    Place::new()
        .table("site_note", |sites| {
            sites
                .each(|site| site.notes.iter())
                .column("field", |(field, _)| field.as_str())
                .column("note", |(_, note)| note)
                .columns
        })
        .read(|site, cells| groups::notes(&mut site.notes, cells)),
];
