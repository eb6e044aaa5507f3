//! Cells as numbers, flags and lists.

use super::clean::bare;
use super::numeral::Numeral;
use crate::site::Year;

/// A finite number, with a decimal point or a decimal comma, and with or without something between thousands. Of one comma
/// only the column shows that it is between thousands: here it is a decimal one.
pub(in crate::import) fn number(text: &str) -> Option<f64> {
    let plain = match Numeral::of(text)? {
        Numeral::Sure { plain, .. } => plain,
        Numeral::Open { as_decimals, .. } => as_decimals,
    };
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

/// A whole number, also as a spreadsheet writes it: `208.0`.
pub(in crate::import) fn whole(text: &str) -> Option<u32> {
    let text = bare(text);
    let digits = text
        .split_once('.')
        .map_or(text, |(digits, zeros)| if zeros.bytes().all(|zero| zero == b'0') { digits } else { text });
    digits.parse().ok()
}

/// A year of the Convention.
pub(in crate::import) fn year(text: &str) -> Option<Year> {
    Year::new(u16::try_from(whole(text)?).ok()?).ok()
}

/// `1`, `0`, `True`, `False` and the like.
pub(in crate::import) fn flag(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "1" | "1.0" | "true" | "yes" => Some(true),
        "0" | "0.0" | "false" | "no" => Some(false),
        _ => None,
    }
}

/// The parts between commas and semicolons outside parentheses, without blanks.
pub(in crate::import) fn parts(text: &str) -> Vec<&str> {
    let mut depth = 0_u32;
    let split = text.split(|c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && (c == ',' || c == ';')
    });
    split.map(str::trim).filter(|part| !part.is_empty()).collect()
}
