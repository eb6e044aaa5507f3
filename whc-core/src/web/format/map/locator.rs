//! The locator: a small map of the world that shows where another map lies.

use std::fmt::{self, Display};

use askama::filters::HtmlSafe;

use super::equal_earth::{EqualEarth, turned};
use super::frame::Frame;
use super::ink::{Ink, Part};
use super::path::{Path, whole};
use super::world::{LOCATOR_LAND, LOCATOR_SEA};

/// Views narrower than this, in degrees, are shown as a ring.
const NARROW: f64 = 8.0;

/// A small map of the world with the view of another one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Locator(pub(super) Frame);

impl HtmlSafe for Locator {}

impl Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let EqualEarth { width, height } = EqualEarth::LOCATOR;
        writeln!(f, "<svg class=\"map round\" viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">")?;
        for (part, path) in
            [(Part::Sea, &*LOCATOR_SEA), (Part::Land, &*LOCATOR_LAND), (Part::View, &view(&self.0))]
        {
            writeln!(f, "<path{} d=\"{path}\"/>", Ink::Sheet.of(part))?;
        }
        f.write_str("</svg>")
    }
}

/// The outline of a view; a ring where it is small, or where the cut of the world runs through it.
fn view(frame: &Frame) -> String {
    let map = EqualEarth::LOCATOR;
    let ([west, south], [east, north]) = (frame.bounds.least, frame.bounds.greatest);
    if east - west < NARROW || turned(west) > turned(east) {
        let [x, y] = map.project([f64::midpoint(west, east), f64::midpoint(south, north)]).map(whole);
        return format!("M{} {y}a9 9 0 1 0 18 0a9 9 0 1 0-18 0z", x - 9);
    }
    let mut path = Path::default();
    path.add_ring(
        [[west, north], [east, north], [east, south], [west, south]].map(|corner| map.project(corner)),
    );
    path.into_string()
}

#[cfg(test)]
mod tests {
    use super::view;
    use crate::web::format::map::frame::Frame;

    #[test]
    fn a_view_is_a_box_or_a_ring() {
        let wide = Frame::around([[-5.0, 40.0], [30.0, 55.0]]).unwrap();
        assert!(view(&wide).starts_with('M') && !view(&wide).contains('a'));
        let small = Frame::around([[67.0, 34.8]]).unwrap();
        assert_eq!(view(&small), "M402 74a9 9 0 1 0 18 0a9 9 0 1 0-18 0z");
        let over_the_cut = Frame::around([[-178.0, 55.0], [-150.0, 60.0]]).unwrap();
        assert!(view(&over_the_cut).contains('a'));
    }
}
