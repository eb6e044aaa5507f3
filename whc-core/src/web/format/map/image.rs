//! A map as an image that stands alone.

use std::fmt::{self, Display};

use super::Map;
use super::ink::{Ink, Part, Theme};
use super::marker::{escaped, shapes};

/// The size of symbols: on the world map, on a local one.
const SYMBOLS: [f64; 2] = [1.05, 1.9];

/// How an image looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ImageStyle {
    /// Pixels across.
    pub(crate) width: u32,
    /// Its colours.
    pub(crate) theme: Theme,
}

impl ImageStyle {
    /// The least and the most pixels across.
    pub(crate) const WIDTHS: [u32; 2] = [200, 4000];
}

impl Default for ImageStyle {
    fn default() -> Self {
        Self { width: 1000, theme: Theme::Light }
    }
}

/// A map as an image.
#[derive(Clone, Debug)]
pub(crate) struct Image<'a> {
    /// The map.
    pub(crate) map: Map<'a>,
    /// How it looks.
    pub(crate) style: ImageStyle,
    /// What it shows, in a few words.
    pub(crate) title: &'a str,
    /// What it shows, in a sentence or two.
    pub(crate) description: &'a str,
}

impl Display for Image<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ([across, down], ImageStyle { width, theme }) = (self.map.size(), self.style);
        let ink = Ink::Own(theme);
        let height = (f64::from(width) * down / across).round();
        write!(f, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"")?;
        writeln!(f, " viewBox=\"0 0 {across} {down}\" role=\"img\" aria-labelledby=\"title description\">")?;
        writeln!(f, "<title id=\"title\">{}</title>", escaped(self.title))?;
        writeln!(f, "<desc id=\"description\">{}</desc>", escaped(self.description))?;
        shapes(SYMBOLS[usize::from(!self.map.is_world())], f)?;
        if !self.map.is_world() {
            writeln!(f, "<path{} d=\"M0 0h{across}v{down}H0z\"/>", ink.of(Part::Sea))?;
        }
        self.map.draw(ink, f)?;
        f.write_str("</svg>\n")
    }
}
