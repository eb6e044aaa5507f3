//! Numbers with fewer decimals than those known, which is what rounding leaves of them.

use crate::site::{FieldName, Site};

/// Whether `told` has the point or the area of `known` with fewer decimals.
pub(super) fn is_less_exact(field: FieldName, known: &Site, told: &Site) -> bool {
    match field.as_str() {
        "coordinates" => known.point.zip(told.point).is_some_and(|(known, told)| {
            is_rounded(&[known.longitude(), known.latitude()], &[told.longitude(), told.latitude()])
        }),
        "area_hectares" => {
            known.area.zip(told.area).is_some_and(|(known, told)| is_rounded(&[known.get()], &[told.get()]))
        }
        _ => false,
    }
}

/// Whether the numbers `told` are those `known`, rounded or cut.
fn is_rounded(known: &[f64], told: &[f64]) -> bool {
    let digits = |numbers: &[f64]| numbers.iter().copied().map(decimals).max().unwrap_or_default();
    let left = digits(told);
    let unit = 0.1_f64.powi(left);
    let are_near = || known.iter().zip(told).all(|(known, told)| (known - told).abs() < unit);
    left < digits(known) && are_near()
}

/// How many decimals the shortest text of a number has.
fn decimals(number: f64) -> i32 {
    let text = number.to_string();
    text.split_once('.').map_or(0, |(_, decimals)| i32::try_from(decimals.len()).unwrap_or(i32::MAX))
}
