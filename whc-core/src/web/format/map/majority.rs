//! What the map of a country shows where some of its sites lie far from the others, as those overseas do.

use super::frame::Frame;
use super::ring::Position;
use crate::site::Point;

/// The share of the places that is left on the map in any case.
const MAJORITY: f64 = 0.8;
/// From so many degrees across on a map is too coarse for a country, unless all of it is as wide.
const WIDE: f64 = 60.0;
/// How many times farther from the middle a place lies than those on the map, to be left out.
const FAR: f64 = 2.0;

/// The frame around these places; around those that lie together, where all would need a map of half the world for the sake
/// of a few. `None` for the world.
pub(super) fn frame_of_most(mut places: Vec<Point>) -> Option<Frame> {
    let all = frame(&places);
    if all.is_some_and(|frame| frame.bounds.size()[0] < WIDE) {
        return all;
    }
    let Some(middle) = middle(&places) else { return all };
    places.sort_by(|one, other| middle.kilometres_to(*one).total_cmp(&middle.kilometres_to(*other)));
    let distances: Vec<_> = places.iter().map(|place| middle.kilometres_to(*place)).collect();
    let step = |count: usize| distances[count] / distances[count - 1].max(1.0);
    let gaps = (1..places.len()).filter(|count| is_majority(*count, places.len()));
    let widest = gaps.max_by(|one, other| step(*one).total_cmp(&step(*other)));
    widest.filter(|count| step(*count) > FAR).and_then(|count| frame(&places[..count])).or(all)
}

fn frame(places: &[Point]) -> Option<Frame> {
    Frame::around(places.iter().map(|place| -> Position { [place.longitude(), place.latitude()] }))
}

/// Whether so many are the most of `all`.
#[expect(clippy::cast_precision_loss, reason = "a country has fewer than a hundred sites")]
fn is_majority(count: usize, all: usize) -> bool {
    count as f64 >= MAJORITY * all as f64
}

/// The point in the middle: half of the places lie to the east of it, half to the north.
fn middle(places: &[Point]) -> Option<Point> {
    let median = |degrees: fn(&Point) -> f64| {
        let mut all: Vec<_> = places.iter().map(degrees).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied()
    };
    Point::new(median(|place| place.longitude())?, median(|place| place.latitude())?).ok()
}

#[cfg(test)]
mod tests {
    use super::frame_of_most;
    use crate::site::Point;

    fn places(degrees: &[(f64, f64)]) -> Vec<Point> {
        degrees.iter().map(|(east, north)| Point::new(*east, *north).unwrap()).collect()
    }

    #[test]
    fn few_places_overseas_do_not_make_a_country_a_world() {
        let home =
            [(2.3, 48.9), (7.7, 48.6), (-1.5, 48.6), (4.8, 44.0), (5.4, 43.3), (3.1, 45.8), (8.6, 42.3)];
        let overseas = [(55.5, -21.1), (-61.1, 14.7)];
        // Two of nine are more than a fifth.
        assert_eq!(
            frame_of_most(places(&[&home[..], &overseas].concat())).map(|frame| frame.holds([2.3, 48.9])),
            None
        );
        let frame = frame_of_most(places(&[&home[..], &overseas[..1]].concat())).unwrap();
        assert!(home.iter().all(|(east, north)| frame.holds([*east, *north])), "{frame:?}");
        assert!(!frame.holds([55.5, -21.1]) && frame.bounds.size()[0] < 20.0, "{frame:?}");
    }

    #[test]
    fn a_country_that_is_wide_stays_whole() {
        let wide: Vec<_> = (0..12).map(|number| (30.0 + 5.0 * f64::from(number), 55.0)).collect();
        let frame = frame_of_most(places(&wide)).unwrap();
        assert!(wide.iter().all(|(east, north)| frame.holds([*east, *north])), "{frame:?}");
        assert_eq!(frame_of_most(Vec::new()), None);
    }
}
