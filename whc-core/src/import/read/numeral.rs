//! How a number is written: what stands between its thousands, and what before its decimals.

use enumset::{EnumSet, EnumSetType};

use super::clean::bare;

/// What stands between thousands, beside a point or a comma: blanks, also thin and unbreakable ones, and apostrophes.
const BETWEEN_THOUSANDS: [char; 6] = [' ', '\u{A0}', '\u{2009}', '\u{202F}', '\'', '’'];

/// What a point or a comma is used for.
#[derive(Debug, EnumSetType)]
pub(super) enum Use {
    PointBeforeDecimals,
    CommaBeforeDecimals,
    PointInThousands,
    CommaInThousands,
}

/// A number as it is written.
#[derive(Debug)]
pub(super) enum Numeral {
    /// It has one meaning, and shows what its signs are used for.
    Sure { plain: String, shows: EnumSet<Use> },
    /// It has one sign, and exactly three digits behind it: `1,234` is 1.234 or 1234.
    Open { sign: char, as_decimals: String, as_thousands: String },
}

impl Numeral {
    /// The number that `text` is; its `plain` forms are those of [`f64`].
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = bare(text);
        let body = text.strip_prefix(['-', '+']).unwrap_or(text);
        let minus = if text.starts_with('-') { "-" } else { "" };
        // The last sign stands before decimals, but where it comes again it stands between thousands.
        let point = body.rfind(['.', ',']).filter(|at| body.matches(&body[*at..=*at]).count() == 1);
        let (whole, decimals) = point.map_or((body, ""), |at| (&body[..at], &body[at + 1..]));
        let Some((digits, between)) = digits(whole).filter(|_| is_digits(decimals)) else {
            // As programs write very large and very small numbers: 1e16.
            let plain = text.parse::<f64>().ok().map(|_| text.to_owned());
            return plain.map(|plain| Self::Sure { plain, shows: EnumSet::empty() });
        };
        if digits.is_empty() && decimals.is_empty() {
            return None;
        }
        let sign = point.and_then(|at| body[at..].chars().next());
        let as_decimals = format!("{minus}{digits}.{decimals}");
        let grouped = whole.len() <= 3 && !whole.starts_with('0') && !whole.is_empty() && decimals.len() == 3;
        if let Some(sign) = sign.filter(|_| between.is_none() && grouped) {
            return Some(Self::Open {
                sign,
                as_decimals,
                as_thousands: format!("{minus}{digits}{decimals}"),
            });
        }
        let before_decimals = sign.map(|sign| match sign {
            '.' => Use::PointBeforeDecimals,
            _ => Use::CommaBeforeDecimals,
        });
        let in_thousands = between.and_then(|sign| match sign {
            '.' => Some(Use::PointInThousands),
            ',' => Some(Use::CommaInThousands),
            _ => None,
        });
        Some(Self::Sure {
            plain: as_decimals,
            shows: before_decimals.into_iter().chain(in_thousands).collect(),
        })
    }
}

/// Whether the digits behind a point or comma are thousands, by what the other numbers of the column show; `None` where they
/// do not decide it. A point is before decimals unless they show otherwise, since that is how official files have it.
pub(super) fn are_thousands(sign: char, shown: EnumSet<Use>) -> Option<bool> {
    use Use::{CommaBeforeDecimals, CommaInThousands, PointBeforeDecimals, PointInThousands};
    let has = |of: Use| shown.contains(of);
    if sign == ',' {
        let thousands = has(CommaInThousands) || has(PointBeforeDecimals);
        let decimals = has(CommaBeforeDecimals) || has(PointInThousands);
        return (thousands != decimals).then_some(thousands);
    }
    match (has(PointInThousands), has(PointBeforeDecimals)) {
        (true, true) => None,
        (true, false) => Some(true),
        (false, true) => Some(false),
        (false, false) => (!has(CommaBeforeDecimals)).then_some(false),
    }
}

/// The digits of a whole number, and what stands between its thousands: groups of exactly three.
fn digits(whole: &str) -> Option<(String, Option<char>)> {
    let Some(between) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Some((whole.to_owned(), None));
    };
    let mut groups = whole.split(between);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()) && !first.starts_with('0'));
    let is_sign = BETWEEN_THOUSANDS.contains(&between) || between == '.' || between == ',';
    let grouped = is_sign && first.is_some() && groups.all(|group| group.len() == 3 && is_digits(group));
    grouped.then(|| (whole.replace(between, ""), Some(between)))
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
