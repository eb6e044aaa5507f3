//! The layers of a local map: land, graticule, scale bar.

use std::fmt::{self, Write};

use super::frame::{Frame, WIDTH};
use super::ink::{Ink, Part};
use super::land;
use super::path::{Path, whole};
use super::ring::clip;
use crate::site::EARTH_RADIUS_KM;

/// How far from the shore a line may run, in units.
const TOLERANCE: f64 = 0.7;
/// How far land goes on outside, in degrees, so that its cut edge is out of sight.
const MARGIN: f64 = 0.5;

/// The steps of the graticule in degrees, and how many meridians and parallels it has at most.
const STEPS: [f64; 9] = [0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 20.0];
const MOST_LINES: [usize; 2] = [9, 6];
/// No label of a meridian, none of a parallel is nearer to a side than this, in units.
const NEAR_A_SIDE: [f64; 2] = [90.0, 60.0];

/// Draws all layers.
pub(super) fn draw(frame: &Frame, ink: Ink, out: &mut impl Write) -> fmt::Result {
    writeln!(out, "<path{} d=\"{}\"/>", ink.of(Part::Land), land(frame).as_str())?;
    graticule(frame, ink, out)?;
    scale_bar(frame, ink, out)
}

fn land(frame: &Frame) -> Path {
    let view = frame.bounds.widened(MARGIN);
    let tolerance = TOLERANCE / frame.units_per_degree();
    let mut path = Path::default();
    for ring in land::FINE.iter().flat_map(|shore| shore.copies_over(view, tolerance)) {
        path.add_ring(clip(ring, view).into_iter().map(|position| frame.project(position)));
    }
    path
}

/// Meridians with their labels at the lower edge, parallels with theirs at the left.
fn graticule(frame: &Frame, ink: Ink, out: &mut impl Write) -> fmt::Result {
    let height = frame.height();
    let [meridians, parallels] = lines(frame);
    let meridians: Vec<_> = meridians.into_iter().map(|east| (east, frame.project([east, 0.0])[0])).collect();
    let parallels: Vec<_> =
        parallels.into_iter().map(|north| (north, frame.project([0.0, north])[1])).collect();

    write!(out, "<path{} d=\"", ink.of(Part::Graticule))?;
    meridians.iter().try_for_each(|(_, x)| write!(out, "M{} 0v{height}", whole(*x)))?;
    parallels.iter().try_for_each(|(_, y)| write!(out, "M0 {}h{WIDTH}", whole(*y)))?;
    out.write_str("\"/>\n")?;

    let has_room = |at: f64, size: f64, side: f64| (side..=size - side).contains(&at);
    for (east, x) in meridians.into_iter().filter(|(_, x)| has_room(*x, WIDTH, NEAR_A_SIDE[0])) {
        let label = ink.of(Part::Centred);
        writeln!(out, "<text{label} x=\"{}\" y=\"{}\">{}</text>", whole(x), height - 14.0, longitude(east))?;
    }
    for (north, y) in parallels.into_iter().filter(|(_, y)| has_room(*y, height, NEAR_A_SIDE[1])) {
        let label = ink.of(Part::Label);
        writeln!(out, "<text{label} x=\"12\" y=\"{}\">{}</text>", whole(y) - 8, latitude(north))?;
    }
    Ok(())
}

/// The meridians and parallels inside, at the smallest step that has few enough of both.
fn lines(frame: &Frame) -> [Vec<f64>; 2] {
    let at =
        |step: f64| [0, 1].map(|axis| multiples(step, frame.bounds.least[axis], frame.bounds.greatest[axis]));
    let few = |lines: &[Vec<f64>; 2]| lines.iter().zip(MOST_LINES).all(|(lines, most)| lines.len() <= most);
    STEPS.into_iter().map(at).find(few).unwrap_or_default()
}

/// The multiples of `step` from one number to another.
fn multiples(step: f64, from: f64, to: f64) -> Vec<f64> {
    // Counted, not added up: a tenth added ten times is not one.
    let [first, last] = [whole((from / step).ceil()), whole((to / step).floor())];
    (first..=last)
        .filter_map(|number| i32::try_from(number).ok())
        .map(|number| f64::from(number) * step)
        .collect()
}

/// A meridian as people write it: `66.75° E`.
pub(super) fn longitude(degrees: f64) -> String {
    let degrees = (degrees + 180.0).rem_euclid(360.0) - 180.0;
    if degrees.abs() >= 180.0 { "180°".to_owned() } else { with_side(degrees, ["W", "E"]) }
}

/// A parallel as people write it: `35° N`.
pub(super) fn latitude(degrees: f64) -> String {
    with_side(degrees, ["S", "N"])
}

fn with_side(degrees: f64, [negative, positive]: [&str; 2]) -> String {
    let hundredths = (degrees * 100.0).round() / 100.0;
    match hundredths {
        0.0 => "0°".to_owned(),
        degrees if degrees < 0.0 => format!("{}° {negative}", -degrees),
        degrees => format!("{degrees}° {positive}"),
    }
}

/// A scale bar at the top right, of a round number of kilometres and at most a quarter of the width.
fn scale_bar(frame: &Frame, ink: Ink, out: &mut impl Write) -> fmt::Result {
    let unit = frame.units_per_degree() / EARTH_RADIUS_KM.to_radians();
    let round = (0..5).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u32.pow(power)));
    let fits = |kilometres: &u32| f64::from(*kilometres) * unit <= WIDTH / 4.0;
    let Some(kilometres) = round.rev().find(fits) else { return Ok(()) };
    let (length, end) = (whole(f64::from(kilometres) * unit), whole(WIDTH) - 40);
    writeln!(out, "<path{} d=\"M{} 56v12h{length}v-12\"/>", ink.of(Part::ScaleBar), end - length)?;
    let label = ink.of(Part::Centred);
    writeln!(out, "<text{label} x=\"{}\" y=\"46\">{} km</text>", end - length / 2, with_commas(kilometres))
}

fn with_commas(number: u32) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
}

#[cfg(test)]
mod tests {
    use super::{latitude, lines, longitude, multiples};
    use crate::web::format::map::frame::Frame;

    #[test]
    fn labels_are_written_as_people_do() {
        assert_eq!(
            [0.0, -5.0, 66.75, 180.0, 181.0, -180.5].map(longitude),
            ["0°", "5° W", "66.75° E", "180°", "179° W", "179.5° E"]
        );
        assert_eq!([0.0, -0.1, 35.0].map(latitude), ["0°", "0.1° S", "35° N"]);
    }

    #[test]
    fn lines_stand_at_multiples() {
        assert_eq!(multiples(0.25, 66.2, 67.0), [66.25, 66.5, 66.75, 67.0]);
        assert_eq!(multiples(0.1, 0.95, 1.04), [1.0]);
        for width in 1..80 {
            let frame = Frame::around([[0.0, 40.0], [f64::from(width), 41.0]]).unwrap();
            let [meridians, parallels] = lines(&frame);
            assert!((3..=9).contains(&meridians.len()) && (1..=6).contains(&parallels.len()), "{width}");
        }
    }
}
