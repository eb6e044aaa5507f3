//! Facts that stand in several columns, and the types of a site as those of columns.

use std::str::FromStr;

use super::cells::Cells;
use crate::error::{Error, Result};
use crate::site::{
    Component, Components, Danger, InDanger, Language, Notes, Period, Point, Site, SiteId, StateParty,
    Status, Translations, WikidataId, Year,
};

/// What is said of a site in one language.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub language: Language,
    pub name: Option<&'a str>,
    pub short_description: Option<&'a str>,
    pub justification: Option<&'a str>,
}

/// The texts of a site in each language that has any.
pub(super) fn texts(site: &Site) -> impl Iterator<Item = Text<'_>> {
    let texts = Language::ALL.into_iter().map(|language| Text {
        language,
        name: site.names.translations().get(language),
        short_description: site.short_descriptions.get(language),
        justification: site.justifications.get(language),
    });
    texts.filter(|text| text.name.or(text.short_description).or(text.justification).is_some())
}

/// Languages, and for each of several columns the texts in them.
pub(super) fn translations<const N: usize>(cells: &mut Cells<'_>) -> Result<[Translations; N]> {
    let languages = cells.array()?.into_iter().map(word).collect::<Result<Vec<Language>>>()?;
    let mut columns = [(); N].map(|()| Translations::default());
    for column in &mut columns {
        let texts = languages.iter().zip(cells.array::<Option<&str>>()?);
        *column = texts.filter_map(|(&language, text)| Some((language, text?))).collect::<Translations>();
    }
    Ok(columns)
}

pub(super) fn states(states: &mut Vec<StateParty>, cells: &mut Cells<'_>) -> Result<()> {
    let isos = cells.array::<Option<&str>>()?.into_iter();
    let rows = isos.zip(cells.array::<&str>()?);
    let read = rows.map(|(iso, name)| Ok(StateParty { iso: iso.map(word).transpose()?, name: name.into() }));
    *states = read.collect::<Result<_>>()?;
    Ok(())
}

pub(super) fn danger(danger: &mut Danger, cells: &mut Cells<'_>) -> Result<()> {
    let (is_current, since) = (cells.value()?, cells.known(year)?);
    let now = if is_current { InDanger::Yes { since } } else { InDanger::No };
    let past = cells.array()?.into_iter().zip(cells.array()?);
    let past = past.map(|(from, to)| Period::new(year(from)?, year(to)?)).collect::<Result<Vec<_>>>()?;
    *danger = Danger::new(now, past);
    Ok(())
}

/// The word is for people who look into the database: the years say the same.
pub(super) fn status(status: &mut Status, cells: &mut Cells<'_>) -> Result<()> {
    cells.value::<&str>()?;
    *status = match (cells.known(year)?, cells.known(site_id)?) {
        (None, _) => Status::Inscribed,
        (Some(year), None) => Status::Delisted { year },
        (Some(year), Some(by)) => Status::Superseded { year, by },
    };
    Ok(())
}

pub(super) fn point(point: &mut Option<Point>, cells: &mut Cells<'_>) -> Result<()> {
    let (longitude, latitude) = (cells.value::<Option<f64>>()?, cells.value()?);
    let coordinates = longitude.zip(latitude);
    *point = coordinates.map(|(longitude, latitude)| Point::new(longitude, latitude)).transpose()?;
    Ok(())
}

pub(super) fn components(components: &mut Components, cells: &mut Cells<'_>) -> Result<()> {
    let points = cells.array()?.into_iter().zip(cells.array()?);
    let rows = points.zip(cells.array::<Option<&str>>()?);
    let read = rows.map(|((longitude, latitude), country)| {
        let (point, country) = (Point::new(longitude, latitude)?, country.map(word).transpose()?);
        Ok(Component { point, country })
    });
    *components = read.collect::<Result<_>>()?;
    Ok(())
}

/// A note on a field that a later program knows is left out.
pub(super) fn notes(notes: &mut Notes, cells: &mut Cells<'_>) -> Result<()> {
    let fields = cells.array::<&str>()?.into_iter();
    *notes = Notes::known(fields.zip(cells.array::<&str>()?));
    Ok(())
}

pub(super) fn word<T: FromStr<Err = Error>>(text: &str) -> Result<T> {
    text.parse()
}

pub(super) fn year(number: i16) -> Result<Year> {
    Year::new(number.unsigned_abs())
}

/// Years end at 2199, far below what 16 bits hold.
pub(super) fn number(year: Year) -> i16 {
    year.get().cast_signed()
}

pub(in crate::repository::postgres) fn site_id(number: i32) -> Result<SiteId> {
    SiteId::new(number.unsigned_abs())
}

pub(super) fn wikidata(number: i64) -> Result<WikidataId> {
    WikidataId::new(number.unsigned_abs())
}

/// Items end far below what 64 bits hold.
pub(super) fn wikidata_number(item: WikidataId) -> i64 {
    item.get().cast_signed()
}
