//! The layers of the world map: sea, graticule, land.

use std::fmt::{self, Write};
use std::sync::LazyLock;

use super::equal_earth::{EqualEarth, NORTH, SOUTH, turned};
use super::ink::{Ink, Part};
use super::land::{self, Shore};
use super::path::Path;
use super::ring::{Bounds, Position, clip, simplify};

/// How far from the shore a line may run, in units.
const TOLERANCE: f64 = 0.7;

/// The land of the world map. It is drawn at check-in, since drawing it takes a while: a test draws it again.
const LAND: &str = include_str!("../../../../data/world.path");

/// The sea of the world map: all between its ends.
static SEA: LazyLock<String> = LazyLock::new(|| sea(EqualEarth::WORLD));
/// Meridians and parallels, each 30 degrees.
static GRATICULE: LazyLock<String> = LazyLock::new(graticule);

/// The sea of the locator.
pub(super) static LOCATOR_SEA: LazyLock<String> = LazyLock::new(|| sea(EqualEarth::LOCATOR));
/// The land of the locator.
pub(super) static LOCATOR_LAND: LazyLock<String> = LazyLock::new(|| land(EqualEarth::LOCATOR, &land::COARSE));

/// Draws all layers of the world map.
pub(super) fn draw(ink: Ink, out: &mut impl Write) -> fmt::Result {
    let layers = [(Part::Sea, &**SEA), (Part::Graticule, &**GRATICULE), (Part::Land, LAND)];
    layers.into_iter().try_for_each(|(part, path)| writeln!(out, "<path{} d=\"{path}\"/>", ink.of(part)))
}

/// The path of these shores on a map of the world.
fn land(map: EqualEarth, shores: &[Shore]) -> String {
    let whole = Bounds { least: [-180.0, SOUTH], greatest: [180.0, NORTH] };
    let mut path = Path::default();
    for shore in shores {
        let east = turned(0.0);
        for mut ring in shore.copies_over(whole.moved(-east), 0.0) {
            for position in &mut ring {
                position[0] += east;
            }
            let ring = clip(ring, whole).into_iter().map(|position| map.project_turned(position));
            path.add_ring(simplify(&ring.collect::<Vec<_>>(), TOLERANCE));
        }
    }
    path.into_string()
}

fn sea(map: EqualEarth) -> String {
    let west = meridian(map, -180.0);
    let east = meridian(map, 180.0);
    let mut path = Path::default();
    path.add_ring(east.into_iter().chain(west.into_iter().rev()));
    path.into_string()
}

fn graticule() -> String {
    let map = EqualEarth::WORLD;
    let mut path = Path::default();
    for number in -5..=6 {
        path.add_line(meridian(map, turned(f64::from(number) * 30.0)));
    }
    for number in -1..=2 {
        let end = |east: f64| map.project_turned([east, f64::from(number) * 30.0]);
        path.add_line([end(-180.0), end(180.0)]);
    }
    path.into_string()
}

/// A meridian so many degrees east of the middle one, from north to south.
fn meridian(map: EqualEarth, east: f64) -> Vec<Position> {
    let between = (-11..=16).rev().map(|number| f64::from(number) * 5.0);
    let latitudes = [NORTH].into_iter().chain(between).chain([SOUTH]);
    latitudes.map(|latitude| map.project_turned([east, latitude])).collect()
}

#[cfg(test)]
mod tests {
    use super::{EqualEarth, land, land::FINE};

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a switch for developers, not configuration")]
    fn the_world_is_drawn_from_the_land() {
        let (drawn, file) =
            (land(EqualEarth::WORLD, &FINE), concat!(env!("CARGO_MANIFEST_DIR"), "/data/world.path"));
        if std::env::var("UPDATE_GOLDEN").is_ok() {
            std::fs::write(file, &drawn).unwrap();
        }
        let expected = std::fs::read_to_string(file).unwrap();
        assert!(drawn == expected, "data/world.path is another drawing; UPDATE_GOLDEN=1 accepts this one");
    }
}
