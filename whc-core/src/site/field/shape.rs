//! The objects that values of fields are made of in JSON.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::site::{Component, CountryCode, Period, Point, StateParty, Year};

/// A state a site belongs to.
#[derive(Deserialize, Serialize)]
pub(super) struct State<'a> {
    iso_code: Option<Cow<'a, str>>,
    name: Cow<'a, str>,
}

/// A span of years, both ends in it.
#[derive(Deserialize, Serialize)]
pub(super) struct Span {
    from: u16,
    to: u16,
}

/// A part of a site.
#[derive(Deserialize, Serialize)]
pub(super) struct Part<'a> {
    longitude: f64,
    latitude: f64,
    iso_code: Option<Cow<'a, str>>,
}

impl<'a> From<&'a StateParty> for State<'a> {
    fn from(state: &'a StateParty) -> Self {
        Self { iso_code: state.iso.as_ref().map(iso_code), name: (&*state.name).into() }
    }
}

impl State<'_> {
    pub(super) fn into_state(self) -> Result<StateParty> {
        Ok(StateParty { iso: country(self.iso_code)?, name: self.name.into() })
    }
}

impl From<&Period> for Span {
    fn from(period: &Period) -> Self {
        Self { from: period.from().get(), to: period.to().get() }
    }
}

impl Span {
    pub(super) fn into_period(self) -> Result<Period> {
        Period::new(Year::new(self.from)?, Year::new(self.to)?)
    }
}

impl<'a> From<&'a Component> for Part<'a> {
    fn from(component: &'a Component) -> Self {
        let (longitude, latitude) = (component.point.longitude(), component.point.latitude());
        Self { longitude, latitude, iso_code: component.country.as_ref().map(iso_code) }
    }
}

impl Part<'_> {
    pub(super) fn into_component(self) -> Result<Component> {
        let point = Point::new(self.longitude, self.latitude)?;
        Ok(Component { point, country: country(self.iso_code)? })
    }
}

fn iso_code(code: &CountryCode) -> Cow<'_, str> {
    code.as_str().into()
}

fn country(code: Option<Cow<'_, str>>) -> Result<Option<CountryCode>> {
    code.map(|code| code.parse()).transpose()
}
