//! Where a site is: points, regions, states, area.

use std::fmt;
use std::str::FromStr;

use enumset::{EnumSet, EnumSetType};

use crate::error::{Error, Result};

/// A point on Earth in degrees, WGS 84, longitude first as in `GeoJSON`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    longitude: f64,
    latitude: f64,
}

impl Point {
    /// The point at these degrees.
    ///
    /// # Errors
    /// Longitudes outside -180 to 180, latitudes outside -90 to 90 and NaN are invalid.
    pub fn new(longitude: f64, latitude: f64) -> Result<Self> {
        if !(-180.0..=180.0).contains(&longitude) {
            return Err(Error::invalid(format!("a longitude is from -180 to 180, not {longitude}")));
        }
        if !(-90.0..=90.0).contains(&latitude) {
            return Err(Error::invalid(format!("a latitude is from -90 to 90, not {latitude}")));
        }
        Ok(Self { longitude: to_six_decimals(longitude), latitude: to_six_decimals(latitude) })
    }

    /// Degrees east of Greenwich.
    #[must_use]
    pub fn longitude(self) -> f64 {
        self.longitude
    }

    /// Degrees north of the equator.
    #[must_use]
    pub fn latitude(self) -> f64 {
        self.latitude
    }
}

/// A tenth of a metre: no point of a site is known better, and readers of `GeoJSON` expect no more (RFC 7946, 11.2).
fn to_six_decimals(degrees: f64) -> f64 {
    // Zero is added so that what is rounded to minus zero has no sign.
    (degrees * 1e6).round() / 1e6 + 0.0
}

/// An area in hectares, greater than zero.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Hectares(f64);

impl Hectares {
    /// An area of `hectares`.
    ///
    /// # Errors
    /// Zero (which the official files use for "unknown"), negative and infinite areas are invalid.
    pub fn new(hectares: f64) -> Result<Self> {
        if hectares.is_finite() && hectares > 0.0 {
            Ok(Self(hectares))
        } else {
            Err(Error::invalid(format!("an area is a number of hectares over 0, not {hectares}")))
        }
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

impl fmt::Display for Hectares {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A region as UNESCO divides the world.
#[derive(Debug, EnumSetType, PartialOrd, Ord, Hash)]
pub enum Region {
    /// Africa south of the Sahara.
    Africa,
    /// The Arab States of Africa and Asia.
    ArabStates,
    /// Asia and the Pacific.
    AsiaAndThePacific,
    /// Europe, North America and Israel.
    EuropeAndNorthAmerica,
    /// Latin America and the Caribbean.
    LatinAmericaAndTheCaribbean,
}

impl Region {
    /// UNESCO's English name.
    #[must_use]
    pub fn name(self) -> &'static str {
        [
            "Africa",
            "Arab States",
            "Asia and the Pacific",
            "Europe and North America",
            "Latin America and the Caribbean",
        ][self as usize]
    }

    /// UNESCO's code of three letters.
    #[must_use]
    pub fn code(self) -> &'static str {
        ["AFR", "ARB", "APA", "EUR", "LAC"][self as usize]
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Region {
    type Err = Error;

    /// Reads the name or the code, in any case.
    fn from_str(text: &str) -> Result<Self> {
        EnumSet::all()
            .iter()
            .find(|region: &Self| {
                region.name().eq_ignore_ascii_case(text) || region.code().eq_ignore_ascii_case(text)
            })
            .ok_or_else(|| {
                let names: Vec<_> = EnumSet::all().iter().map(Self::name).collect();
                Error::invalid(format!("a region is one of {}, not \"{text}\"", names.join(", ")))
            })
    }
}

/// A set of regions, in alphabetical order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Regions(EnumSet<Region>);

impl Regions {
    /// The empty set.
    pub const NONE: Self = Self(EnumSet::empty());

    /// All five.
    pub const ALL: Self = Self(EnumSet::all());

    /// Whether the set has `region`.
    #[must_use]
    pub fn contains(self, region: Region) -> bool {
        self.0.contains(region)
    }

    /// Whether no region is known.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The regions in alphabetical order.
    pub fn iter(self) -> impl Iterator<Item = Region> {
        self.0.iter()
    }
}

impl FromIterator<Region> for Regions {
    fn from_iter<I: IntoIterator<Item = Region>>(regions: I) -> Self {
        Self(regions.into_iter().collect())
    }
}

impl fmt::Display for Regions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(Region::name).collect();
        f.write_str(&names.join(", "))
    }
}

/// An ISO 3166-1 alpha-2 code, upper case: `IT`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The two letters, upper case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for CountryCode {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match *text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(Error::invalid(format!("a country is an ISO 3166 code of two letters, not \"{text}\""))),
        }
    }
}

/// A state a site belongs to, as UNESCO names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateParty {
    /// The ISO code; the Old City of Jerusalem has none.
    pub iso: Option<CountryCode>,
    /// UNESCO's English name of the state.
    pub name: Box<str>,
}
