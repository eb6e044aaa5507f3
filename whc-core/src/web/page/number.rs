//! Numbers as pages show them: grouped by thousands, in Western digits in all languages.

use std::fmt;

use askama::filters::HtmlSafe;

use crate::site::{Hectares, Point};

/// A number with commas: `1,273`.
pub(crate) struct Number(pub(crate) u64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = itoa::Buffer::new();
        let digits = buffer.format(self.0);
        for (position, digit) in digits.char_indices() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                f.write_str(",")?;
            }
            fmt::Write::write_char(f, digit)?;
        }
        Ok(())
    }
}

impl HtmlSafe for Number {}

/// An area in hectares, with as many digits as one can picture: `0.05`, `4.4`, `99,948`.
pub(crate) struct Area(pub(crate) Hectares);

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.get() {
            area if area < 1.0 => write!(f, "{area:.2}"),
            area if area < 100.0 => write!(f, "{area:.1}"),
            area => whole(area).fmt(f),
        }
    }
}

impl HtmlSafe for Area {}

/// A distance in kilometres, to the kilometre from ten on.
pub(crate) struct Distance(pub(crate) f64);

impl fmt::Display for Distance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 9.95 { write!(f, "{:.1}", self.0) } else { whole(self.0).fmt(f) }
    }
}

impl HtmlSafe for Distance {}

/// The nearest whole number; areas and distances are far below the range of `u64`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded, and never negative")]
fn whole(number: f64) -> Number {
    Number(number.round() as u64)
}

/// A latitude and a longitude in degrees and minutes: `34° 50.82′ N`.
pub(crate) struct Coordinates(pub(crate) Point);

impl Coordinates {
    /// Of the two, the one from the equator.
    pub(crate) fn latitude(&self) -> String {
        minutes(self.0.latitude(), ["N", "S"])
    }

    /// Of the two, the one from Greenwich.
    pub(crate) fn longitude(&self) -> String {
        minutes(self.0.longitude(), ["E", "W"])
    }
}

fn minutes(degrees: f64, [positive, negative]: [&str; 2]) -> String {
    // In hundredths of a minute, so that 59.999′ becomes a degree and not 60.00′.
    let hundredths = (degrees.abs() * 6000.0).round();
    let (whole, rest) = ((hundredths / 6000.0).floor(), hundredths % 6000.0);
    let side = if degrees < 0.0 { negative } else { positive };
    format!("{whole}° {:05.2}′ {side}", rest / 100.0)
}

/// A part of a whole, as the width of a bar: `40.2%`.
pub(crate) struct Share(pub(crate) u64, pub(crate) u64);

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let thousandths = (self.0 * 1000 + self.1 / 2).checked_div(self.1).unwrap_or_default();
        write!(f, "{}.{}%", thousandths / 10, thousandths % 10)
    }
}

impl HtmlSafe for Share {}

#[cfg(test)]
mod tests {
    use super::{Area, Coordinates, Distance, Number, Share};
    use crate::site::{Hectares, Point};

    #[test]
    fn numbers_are_written_as_people_read_them() {
        let numbers = [0, 999, 1000, 1_234_567].map(|number| Number(number).to_string());
        assert_eq!(numbers, ["0", "999", "1,000", "1,234,567"]);
        let area = |hectares| Area(Hectares::new(hectares).unwrap()).to_string();
        assert_eq!([0.05, 4.4, 20.0, 99_947.81].map(area), ["0.05", "4.4", "20.0", "99,948"]);
        assert_eq!([0.34, 9.96, 1234.4].map(|km| Distance(km).to_string()), ["0.3", "10", "1,234"]);
        assert_eq!(
            [Share(2, 3), Share(0, 0), Share(5, 5)].map(|share| share.to_string()),
            ["66.7%", "0.0%", "100.0%"]
        );
    }

    #[test]
    fn coordinates_have_no_sixty_minutes() {
        let point = Coordinates(Point::new(-67.999_999, 34.847).unwrap());
        assert_eq!([point.latitude(), point.longitude()], ["34° 50.82′ N", "68° 00.00′ W"]);
    }
}
