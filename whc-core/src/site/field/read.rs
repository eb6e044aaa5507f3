//! How fields are read from JSON, where the constructor of one type does not do it.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::members::{Member, Wrong};
use super::shape;
use crate::error::{Error, Result};
use crate::site::{Danger, InDanger, Language, Names, Notes, Point, SiteId, Status, Translations, Year};

/// A value that is written as a word.
#[expect(clippy::needless_pass_by_value, reason = "a member of JSON is read into an owned text")]
pub(super) fn word<T: FromStr<Err = Error>>(word: String) -> Result<T> {
    word.parse()
}

/// Texts by the codes of their languages.
pub(super) fn texts(texts: BTreeMap<String, String>) -> Result<Translations> {
    texts.into_iter().map(|(code, text)| Ok((code.parse::<Language>()?, text))).collect()
}

/// Names by the codes of their languages.
pub(super) fn names(names: BTreeMap<String, String>) -> Result<Names> {
    texts(names)?.try_into()
}

/// Notes by the names of the fields they are on.
#[expect(clippy::unnecessary_wraps, reason = "as the other values are read")]
pub(super) fn notes(notes: BTreeMap<String, String>) -> Result<Notes> {
    Ok(Notes::known(notes))
}

/// The point, from `longitude` and `latitude`.
pub(super) fn point(point: &mut Option<Point>, longitude: Member<'_>) -> Result<(), Wrong> {
    let latitude = longitude.beside("latitude");
    let [mut east, mut north] = [None, None];
    longitude.set(&mut east, |degrees| Ok(Some(degrees)))?;
    latitude.set(&mut north, |degrees| Ok(Some(degrees)))?;
    *point = match (east, north) {
        (None, None) => None,
        (Some(east), Some(north)) => Some(Point::new(east, north).map_err(|error| longitude.wrong(error))?),
        (Some(_), None) => return Err(latitude.wrong("it is missing beside the longitude")),
        (None, Some(_)) => return Err(longitude.wrong("it is missing beside the latitude")),
    };
    Ok(())
}

/// The history on the List of World Heritage in Danger, from `danger`, `danger_since` and `danger_past`.
pub(super) fn danger(danger: &mut Danger, member: Member<'_>) -> Result<(), Wrong> {
    let (mut current, mut since, mut past) = (false, None, Vec::new());
    let since_member = member.beside("danger_since");
    member.set(&mut current, Ok)?;
    since_member.set(&mut since, |year| Year::new(year).map(Some))?;
    member.beside("danger_past").collect(&mut past, shape::Span::into_period)?;
    let now = match (current, since) {
        (true, since) => InDanger::Yes { since },
        (false, None) => InDanger::No,
        (false, Some(_)) => return Err(since_member.wrong("the site is not in danger")),
    };
    *danger = Danger::new(now, past);
    Ok(())
}

/// Whether the site is on the list, from `status`, `year_left` and `superseded_by`.
pub(super) fn status(status: &mut Status, member: Member<'_>) -> Result<(), Wrong> {
    let (mut name, mut year, mut by) = ("inscribed".to_owned(), None, None);
    let (year_left, superseded_by) = (member.beside("year_left"), member.beside("superseded_by"));
    member.set(&mut name, Ok)?;
    year_left.set(&mut year, |year| Year::new(year).map(Some))?;
    superseded_by.set(&mut by, |id| SiteId::new(id).map(Some))?;
    *status = match (name.as_str(), year, by) {
        ("inscribed", None, None) => Status::Inscribed,
        ("delisted", Some(year), None) => Status::Delisted { year },
        ("superseded", Some(year), Some(by)) => Status::Superseded { year, by },
        ("inscribed", Some(_), _) => {
            return Err(year_left.wrong("the site is on the list; its status says if it is not"));
        }
        ("delisted" | "superseded", None, _) => {
            return Err(year_left.wrong(format!("it is missing where the status is {name}")));
        }
        ("superseded", _, None) => {
            return Err(superseded_by.wrong("it is missing where the status is superseded"));
        }
        ("inscribed" | "delisted", _, Some(_)) => {
            return Err(
                superseded_by.wrong(format!("it is for the status superseded, and the status is {name}"))
            );
        }
        _ => return Err(member.wrong(format!("it is inscribed, delisted or superseded, not \"{name}\""))),
    };
    Ok(())
}
