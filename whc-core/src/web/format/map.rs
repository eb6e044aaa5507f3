//! Maps as SVG: the world, a part of it, and where that part lies.
//!
//! Inside a page a map has classes, which the style sheet of the pages gives colours, and the symbols that the head of a page
//! defines. An image stands alone: it has attributes and symbols of its own.

mod equal_earth;
mod frame;
mod image;
mod ink;
mod labels;
mod land;
mod local;
mod locator;
mod majority;
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
pub(crate) use self::labels::Labels;
pub(crate) use self::locator::Locator;
use self::majority::frame_of_most;
pub(crate) use self::marker::{Marker, SiteAddresses};

use self::ring::Position;
use crate::site::{Category, Language, Point, Site, SiteQuery};

/// So many places leave room for larger symbols, which a finger on a phone finds.
const FEW: usize = 60;

/// A map. It is shown as the element of a page.
#[derive(Clone, Debug)]
pub(crate) struct Map<'a> {
    markers: Vec<Marker<'a>>,
    /// Where its links lead.
    addresses: SiteAddresses,
    /// What its links have inside on a map of the world, where that is ready.
    labels: Option<Labels<'a>>,
    /// The part of the world it shows; `None` for all of it.
    frame: Option<Frame>,
}

impl<'a> Map<'a> {
    /// The world with these places.
    pub(crate) fn world(markers: Vec<Marker<'a>>) -> Self {
        Self { markers, addresses: SiteAddresses::default(), labels: None, frame: None }
    }

    /// The part of the world around these places; the world itself if they are far apart or none.
    pub(crate) fn around(markers: Vec<Marker<'a>>) -> Self {
        let frame = Frame::around(markers.iter().map(Marker::position));
        Self { frame, ..Self::world(markers) }
    }

    /// The part of the world around these sites, under their names in a language. Where countries are asked for, some of their
    /// sites may lie far from the others, as those overseas do, or those whose point is in another country that shares them:
    /// such sites are shown where they are on the map, and do not decide what it shows.
    pub(crate) fn of_sites(sites: &'a [Arc<Site>], query: &SiteQuery, language: Language) -> Self {
        let is_own = |site: &&Arc<Site>| query.countries.is_empty() || !site.transboundary;
        let (own, shared): (Vec<_>, Vec<_>) = sites.iter().partition(is_own);
        let places: Vec<_> = own.iter().filter_map(|site| site.point).collect();
        let markers = Marker::of_sites(own.into_iter().chain(shared), language);
        if query.countries.is_empty() || places.is_empty() {
            return Self::around(markers);
        }
        let frame = frame_of_most(places);
        let is_on_map = |marker: &Marker<'_>| frame.is_none_or(|frame| frame.holds(marker.position()));
        Self { frame, ..Self::world(markers.into_iter().filter(is_on_map).collect()) }
    }

    /// The same with links to these addresses.
    pub(crate) fn linked(self, addresses: SiteAddresses) -> Self {
        Self { addresses, ..self }
    }

    /// The same with what is ready of a map of the world, in its language.
    pub(crate) fn labelled(self, labels: impl FnOnce() -> Option<Labels<'a>>) -> Self {
        let labels = if self.is_world() { labels() } else { None };
        Self { labels, ..self }
    }

    /// How many places are on it.
    pub(crate) fn places(&self) -> usize {
        self.markers.len()
    }

    /// Whether it shows the part of the world where this place is.
    pub(crate) fn shows(&self, place: Point) -> bool {
        self.frame.is_none_or(|frame| frame.holds([place.longitude(), place.latitude()]))
    }

    /// The part of the world around the components of a site.
    pub(crate) fn of_components(category: Category, places: &[Point]) -> Self {
        let marker = |place: &Point| Marker { place: *place, category, in_danger: false, site: None };
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
        let Some(frame) = &self.frame else { return EqualEarth::WORLD.place(position) };
        let ([x, y], [width, height]) = (frame.project(position), self.size());
        [x.clamp(0.0, width), y.clamp(0.0, height)]
    }

    /// Draws everything inside the element.
    fn draw(&self, ink: Ink, out: &mut impl Write) -> fmt::Result {
        match &self.frame {
            Some(frame) => local::draw(frame, ink, out)?,
            None => world::draw(ink, out)?,
        }
        let ready = |site| self.labels.and_then(|labels| labels.of_site(site));
        marker::draw(&self.markers, &self.addresses, ready, |marker| self.place(marker.position()), ink, out)
    }
}

impl Display for Map<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let class = match self.frame {
            None => "map round world",
            Some(_) if self.markers.len() <= FEW => "map few",
            Some(_) => "map",
        };
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
        Marker { place, category: Category::Natural, in_danger: true, site: None }
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
