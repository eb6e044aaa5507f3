//! The objects that values of fields are made of in JSON.

use std::borrow::Cow;

use serde::Serialize;

use crate::site::{Component, CountryCode, Period, StateParty};

/// A state a site belongs to.
#[derive(Serialize)]
pub(super) struct State<'a> {
    iso_code: Option<&'a str>,
    name: Cow<'a, str>,
}

/// A span of years, both ends in it.
#[derive(Serialize)]
pub(super) struct Span {
    from: u16,
    to: u16,
}

/// A part of a site.
#[derive(Serialize)]
pub(super) struct Part<'a> {
    longitude: f64,
    latitude: f64,
    iso_code: Option<&'a str>,
}

impl<'a> From<&'a StateParty> for State<'a> {
    fn from(state: &'a StateParty) -> Self {
        Self { iso_code: state.iso.as_ref().map(CountryCode::as_str), name: (&*state.name).into() }
    }
}

impl From<&Period> for Span {
    fn from(period: &Period) -> Self {
        Self { from: period.from().get(), to: period.to().get() }
    }
}

impl<'a> From<&'a Component> for Part<'a> {
    fn from(component: &'a Component) -> Self {
        let (longitude, latitude) = (component.point.longitude(), component.point.latitude());
        Self { longitude, latitude, iso_code: component.country.as_ref().map(CountryCode::as_str) }
    }
}
