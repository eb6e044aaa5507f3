//! Values of parameters: numbers without an upper limit, and suggestions where a name is given instead of a code.

use std::num::{IntErrorKind, ParseIntError};
use std::str::FromStr;
use std::sync::LazyLock;

use crate::site::{Region, Regions, fold, states};
use crate::violation::nearest;

/// A whole number from 0 on. One above the range of `u64` counts as its maximum, since for a limit or an offset both
/// mean the same.
pub(super) struct Whole(u64);

impl FromStr for Whole {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        match text.parse::<u64>() {
            Err(error) if *error.kind() == IntErrorKind::PosOverflow => Ok(Self(u64::MAX)),
            number => number.map(Self),
        }
    }
}

impl From<Whole> for u64 {
    fn from(Whole(number): Whole) -> Self {
        number
    }
}

impl From<Whole> for u32 {
    fn from(Whole(number): Whole) -> Self {
        number.try_into().unwrap_or(Self::MAX)
    }
}

/// The names of the states, folded once: a request may have many that are wrong.
static STATES: LazyLock<Vec<String>> = LazyLock::new(|| states().values().map(|name| fold(name)).collect());

/// The code of the country with the name `given`, its beginning, or a similar one. `Italy` is `IT`.
pub(super) fn country_code(given: &str) -> Option<String> {
    let meant = closest(given, &STATES)?;
    states().keys().nth(meant).map(ToString::to_string)
}

/// The name of the region that begins with `given` or is similar. `Europe` is `Europe and North America`.
pub(super) fn region_name(given: &str) -> Option<String> {
    let regions = ["AFR", "ARB", "APA", "EUR", "LAC"].into_iter().filter_map(|code| code.parse().ok());
    let regions: Vec<Region> = regions.collect::<Regions>().iter().collect();
    let names: Vec<_> = regions.iter().map(|region| fold(region.name())).collect();
    let meant = closest(given, &names)?;
    regions.get(meant).map(|region| region.name().to_owned())
}

/// The position of the one of the folded `names` that equals `given`, else begins with it, else is nearest to it.
fn closest(given: &str, names: &[String]) -> Option<usize> {
    let given = fold(&given.chars().take(64).collect::<String>());
    let position = |meant: &dyn Fn(&str) -> bool| names.iter().position(|name| meant(name));
    let long = |letters: usize| given.chars().count() >= letters;
    let slip = || {
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let near = nearest(&given, &names).filter(|_| long(4))?;
        names.iter().position(|name| *name == near)
    };
    position(&|name| name == given)
        .or_else(|| position(&|name| name.starts_with(&given)).filter(|_| long(3)))
        .or_else(slip)
}
