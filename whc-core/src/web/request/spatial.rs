//! The spatial parameters: `bbox`, `near`, `radius`, `nearest`.

use std::num::NonZeroU32;

use super::parameters::Parameters;
use crate::error::{Error, Result};
use crate::page::Window;
use crate::site::{BoundingBox, Kilometres, Near, Point};

/// The box of `bbox=west,south,east,north`.
pub(super) fn bounding_box(parameters: &mut Parameters<'_>) -> Option<BoundingBox> {
    parameters.read("bbox", |text| {
        let [west, south, east, north] = degrees(text, "west,south,east,north")?;
        BoundingBox::new(west, south, east, north)
    })
}

/// The point of `near=longitude,latitude`, and how far from it.
pub(super) fn near(parameters: &mut Parameters<'_>) -> Option<Near> {
    for name in ["radius", "nearest"] {
        if parameters.text(name).is_some() && parameters.text("near").is_none() {
            parameters.violation(name, format!("{name} needs near=longitude,latitude"));
        }
    }
    let point = parameters.read("near", |text| {
        let [longitude, latitude] = degrees(text, "longitude,latitude")?;
        Point::new(longitude, latitude)
    });
    let radius = parameters.read("radius", |text| {
        let kilometres =
            text.parse().map_err(|_| Error::invalid(format!("\"{text}\" is no number of km")))?;
        Kilometres::new(kilometres)
    });
    let nearest = nearest(parameters);
    Some(Near { point: point?, radius, nearest })
}

fn degrees<const N: usize>(text: &str, expected: &str) -> Result<[f64; N]> {
    let numbers: Vec<f64> = text.split(',').map_while(|number| number.trim().parse().ok()).collect();
    let all = text.split(',').count() == N;
    let wrong = |_| Error::invalid(format!("it is {expected} in degrees, not \"{text}\""));
    if all { numbers.try_into().map_err(wrong) } else { Err(wrong(numbers)) }
}

/// How many of the nearest sites are wanted.
fn nearest(parameters: &mut Parameters<'_>) -> Option<NonZeroU32> {
    let most = Window::MAX_LIMIT;
    parameters.read("nearest", |text| {
        let number = text.parse::<NonZeroU32>().ok().filter(|number| number.get() <= most);
        number.ok_or_else(|| Error::invalid(format!("it is a whole number from 1 to {most}, not \"{text}\"")))
    })
}
