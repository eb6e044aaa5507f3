//! A row of `facts.sql` and the site it stands for.

use tokio_postgres::Row;
use tokio_postgres::types::FromSql;

use crate::error::{Error, Result};
use crate::site::{
    Component, Criteria, Criterion, Danger, Hectares, InDanger, Language, Period, Point, Region, Regions,
    Site, SiteId, StateParty, Status, Translations, WikidataId, Year,
};

/// The site in this row.
pub(super) fn site(row: &Row) -> Result<Site> {
    let id: i32 = column(row, "id")?;
    read(row, id).map_err(|error| {
        Error::internal("a site in the database cannot be read")
            .with_source(error.within(format!("site {id}")))
    })
}

fn read(row: &Row, id: i32) -> Result<Site> {
    let mut site = Site::new(
        site_id(id)?,
        translations(row, "names")?.try_into()?,
        column::<&str>(row, "category")?.parse()?,
        year(column(row, "inscribed")?)?,
    );
    site.short_descriptions = translations(row, "short_descriptions")?;
    site.justifications = translations(row, "justifications")?;
    site.criteria = parsed::<Criterion, Criteria>(row, "criteria")?;
    site.criteria_complete = column(row, "criteria_complete")?;
    site.regions = parsed::<Region, Regions>(row, "regions")?;
    site.states = states(row)?;
    site.extended = column::<Vec<i16>>(row, "extended")?.into_iter().map(year).collect::<Result<_>>()?;
    site.danger = danger(row)?;
    site.status = status(row)?;
    site.transboundary = column(row, "transboundary")?;
    site.point = match (column(row, "longitude")?, column(row, "latitude")?) {
        (Some(longitude), Some(latitude)) => Some(Point::new(longitude, latitude)?),
        _ => None,
    };
    site.area = column::<Option<f64>>(row, "area_hectares")?.map(Hectares::new).transpose()?;
    site.components = components(row)?;
    site.wikidata = column::<Option<i64>>(row, "wikidata")?.map(|number| WikidataId(number.unsigned_abs()));
    Ok(site)
}

pub(super) fn column<'a, T: FromSql<'a>>(row: &'a Row, name: &str) -> Result<T> {
    row.try_get(name).map_err(|error| Error::internal(format!("column {name}")).with_source(error))
}

/// An array built by an aggregate, which makes null of no rows.
fn array<'a, T: FromSql<'a>>(row: &'a Row, name: &str) -> Result<Vec<T>> {
    Ok(column::<Option<Vec<T>>>(row, name)?.unwrap_or_default())
}

fn parsed<T: std::str::FromStr<Err = Error>, C: FromIterator<T>>(row: &Row, name: &str) -> Result<C> {
    column::<Vec<&str>>(row, name)?.into_iter().map(T::from_str).collect()
}

fn translations(row: &Row, name: &str) -> Result<Translations> {
    let languages = array::<&str>(row, "languages")?;
    let texts = array::<Option<&str>>(row, name)?;
    let there = languages.into_iter().zip(texts).filter_map(|(language, text)| Some((language, text?)));
    there.map(|(language, text)| Ok((language.parse::<Language>()?, text))).collect()
}

fn states(row: &Row) -> Result<Vec<StateParty>> {
    let isos = array::<Option<&str>>(row, "state_isos")?;
    let states = isos
        .into_iter()
        .zip(array::<&str>(row, "state_names")?)
        .map(|(iso, name)| Ok(StateParty { iso: iso.map(str::parse).transpose()?, name: name.into() }));
    states.collect()
}

fn danger(row: &Row) -> Result<Danger> {
    let since = column::<Option<i16>>(row, "in_danger_since")?.map(year).transpose()?;
    let now = if column(row, "in_danger")? { InDanger::Yes { since } } else { InDanger::No };
    let first_years = array::<i16>(row, "first_years")?;
    let past: Vec<_> = first_years
        .into_iter()
        .zip(array::<i16>(row, "last_years")?)
        .map(|(from, to)| Period::new(year(from)?, year(to)?))
        .collect::<Result<_>>()?;
    Ok(Danger::new(now, past))
}

fn status(row: &Row) -> Result<Status> {
    let left = column::<Option<i16>>(row, "left_list")?.map(year).transpose()?;
    let by = column::<Option<i32>>(row, "superseded_by")?.map(site_id).transpose()?;
    Ok(match (left, by) {
        (None, _) => Status::Inscribed,
        (Some(year), None) => Status::Delisted { year },
        (Some(year), Some(by)) => Status::Superseded { year, by },
    })
}

fn components(row: &Row) -> Result<Vec<Component>> {
    let points = array::<f64>(row, "longitudes")?.into_iter().zip(array::<f64>(row, "latitudes")?);
    let components =
        points.zip(array::<Option<&str>>(row, "countries")?).map(|((longitude, latitude), country)| {
            Ok(Component {
                point: Point::new(longitude, latitude)?,
                country: country.map(str::parse).transpose()?,
            })
        });
    components.collect()
}

fn year(number: i16) -> Result<Year> {
    Year::new(number.unsigned_abs())
}

pub(super) fn site_id(number: i32) -> Result<SiteId> {
    SiteId::new(number.unsigned_abs())
}
