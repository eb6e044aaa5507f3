//! Maps as SVG: the world, a part of it, and where that part lies.
//!
//! Inside a page a map has classes, which the style sheet of the pages gives colours, and the symbols that the head of a page
//! defines. An image stands alone: it has attributes and symbols of its own.

mod equal_earth;
mod frame;
mod image;
mod ink;
mod land;
mod local;
mod locator;
mod marker;
mod path;
mod ring;
mod world;
#[cfg(test)]
mod world_atlas;

use std::fmt::{self, Display, Write};
use std::sync::Arc;

use askama::filters::HtmlSafe;

use self::equal_earth::EqualEarth;
use self::frame::{Frame, WIDTH};
pub(crate) use self::image::{Image, ImageStyle};
use self::ink::Ink;
pub(crate) use self::ink::Theme;
pub(crate) use self::locator::Locator;
pub(crate) use self::marker::Marker;

use self::ring::Position;
use crate::site::{Category, Point, Site, SiteQuery};

/// A map. It is shown as the element of a page.
#[derive(Clone, Debug)]
pub(crate) struct Map<'a> {
    markers: Vec<Marker<'a>>,
    /// The part of the world it shows; `None` for all of it.
    frame: Option<Frame>,
}

impl<'a> Map<'a> {
    /// The world with these places.
    pub(crate) fn world(markers: Vec<Marker<'a>>) -> Self {
        Self { markers, frame: None }
    }

    /// The part of the world around these places; the world itself if they are far apart or none.
    pub(crate) fn around(markers: Vec<Marker<'a>>) -> Self {
        let frame = Frame::around(markers.iter().map(Marker::position));
        Self { markers, frame }
    }

    /// The part of the world around these sites, each with its marker. Where countries are asked for, a site that they share with
    /// others may have its point on the other side of the Earth: such sites are shown where they are on the map, and do not
    /// decide what it shows.
    pub(crate) fn of_sites(
        sites: &[Arc<Site>],
        query: &SiteQuery,
        marker: impl Fn(&Site) -> Option<Marker<'a>>,
    ) -> Self {
        let decides = |site: &&Arc<Site>| query.countries.is_empty() || !site.transboundary;
        let (own, shared): (Vec<_>, Vec<_>) = sites.iter().partition(decides);
        let markers = |sites: Vec<&Arc<Site>>| sites.into_iter().filter_map(|site| marker(site)).collect();
        let (own, shared): (Vec<_>, Vec<_>) = (markers(own), markers(shared));
        if own.is_empty() {
            return Self::around(shared);
        }
        let mut map = Self::around(own);
        let is_on_map = |marker: &Marker<'_>| map.frame.is_none_or(|frame| frame.holds(marker.position()));
        let shared: Vec<_> = shared.into_iter().filter(is_on_map).collect();
        map.markers.extend(shared);
        map
    }

    /// How many places are on it.
    pub(crate) fn places(&self) -> usize {
        self.markers.len()
    }

    /// The part of the world around the components of a site.
    pub(crate) fn of_components(category: Category, places: &[Point]) -> Self {
        let marker = |place: &Point| Marker { place: *place, category, in_danger: false, link: None };
        Self::around(places.iter().map(marker).collect())
    }

    /// Whether it shows the whole world.
    pub(crate) fn is_world(&self) -> bool {
        self.frame.is_none()
    }

    /// The latitude at which the scale is true, as people write it: `46° N`. The world has none.
    pub(crate) fn true_latitude(&self) -> Option<String> {
        self.frame.map(|frame| local::latitude(frame.true_latitude().round()))
    }

    /// Where the map lies in the world, unless it is the world.
    pub(crate) fn locator(&self) -> Option<Locator> {
        self.frame.map(Locator)
    }

    /// Width and height in units.
    fn size(&self) -> [f64; 2] {
        match self.frame {
            Some(frame) => [WIDTH, frame.height()],
            None => [EqualEarth::WORLD.width, EqualEarth::WORLD.height],
        }
    }

    /// Where a place is, within the map in any case.
    fn place(&self, position: Position) -> Position {
        let [x, y] =
            self.frame.map_or_else(|| EqualEarth::WORLD.project(position), |frame| frame.project(position));
        let [width, height] = self.size();
        [x.clamp(0.0, width), y.clamp(0.0, height)]
    }

    /// Draws everything inside the element.
    fn draw(&self, ink: Ink, out: &mut impl Write) -> fmt::Result {
        match &self.frame {
            Some(frame) => local::draw(frame, ink, out)?,
            None => world::draw(ink, out)?,
        }
        marker::draw(&self.markers, |marker| self.place(marker.position()), ink, out)
    }
}

impl Display for Map<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let class = if self.is_world() { "map round world" } else { "map" };
        let [width, height] = self.size();
        writeln!(f, "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">")?;
        self.draw(Ink::Sheet, f)?;
        f.write_str("</svg>")
    }
}

impl HtmlSafe for Map<'_> {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Map, Marker};
    use crate::site::{Category, Point};

    fn marker((longitude, latitude): (f64, f64)) -> Marker<'static> {
        let place = Point::new(longitude, latitude).unwrap();
        Marker { place, category: Category::Natural, in_danger: true, link: None }
    }

    /// The numbers that stand behind each `name="`.
    fn numbers(svg: &str, name: &str) -> Vec<f64> {
        let name = format!(" {name}=\"");
        let values = svg.split(&name).skip(1);
        values.map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn every_symbol_is_on_the_map(
            places in prop::collection::vec((-180.0_f64..=180.0, -90.0_f64..=90.0), 0..5), closer in 1.0_f64..50.0,
        ) {
            let closer: Vec<_> = places.iter().map(|(east, north)| marker((east / closer, north / closer))).collect();
            for map in [Map::world(places.iter().copied().map(marker).collect()), Map::around(closer)] {
                let ([width, height], svg) = (map.size(), map.to_string());
                let symbols: String = svg.lines().filter(|line| line.contains("<use")).collect();
                let (x, y) = (numbers(&symbols, "x"), numbers(&symbols, "y"));
                // A symbol and a ring for each.
                prop_assert_eq!((x.len(), y.len()), (2 * places.len(), 2 * places.len()));
                prop_assert!(x.iter().all(|x| (0.0..=width).contains(x)) && y.iter().all(|y| (0.0..=height).contains(y)));
            }
        }
    }

    #[test]
    fn the_rare_stand_on_top_and_rings_over_all() {
        let of = |category| Marker { category, ..marker((10.0, 50.0)) };
        let map =
            Map::around([Category::Mixed, Category::Natural, Category::Cultural].map(of).into()).to_string();
        let at = |text: &str| map.find(text).unwrap();
        let order = ["parts cultural", "parts natural", "parts mixed", "class=\"danger\""].map(at);
        assert!(order.is_sorted(), "{order:?}");
    }
}
