//! The symbols of sites on a map.

use std::borrow::Cow;
use std::fmt::{self, Write};

use super::ink::{Ink, Part, UNSCALED};
use super::path::whole;
use super::ring::Position;
use crate::site::{Category, Language, Point, Site};

/// A place on a map.
#[derive(Clone, Debug)]
pub(crate) struct Marker<'a> {
    /// The place.
    pub(crate) place: Point,
    /// The category decides shape and colour.
    pub(crate) category: Category,
    /// Whether it has a ring.
    pub(crate) in_danger: bool,
    /// Where it leads; a component of a site leads nowhere.
    pub(crate) link: Option<Link<'a>>,
}

/// A link from a symbol.
#[derive(Clone, Debug)]
pub(crate) struct Link<'a> {
    /// The address.
    pub(crate) href: Cow<'a, str>,
    /// What it leads to: name and year.
    pub(crate) title: Cow<'a, str>,
}

impl<'a> Marker<'a> {
    /// A site, with a link to where its page or its data are; `None` where its point is not known.
    pub(crate) fn of_site(site: &Site, href: impl Into<Cow<'a, str>>, language: Language) -> Option<Self> {
        let title = format!("{}, {}", site.names.best(language).1, site.inscribed).into();
        Some(Self {
            place: site.point?,
            category: site.category,
            in_danger: site.danger.is_current(),
            link: Some(Link { href: href.into(), title }),
        })
    }
}

impl Marker<'_> {
    /// Degrees east and north.
    pub(super) fn position(&self) -> Position {
        [self.place.longitude(), self.place.latitude()]
    }

    fn part(&self) -> Part {
        if self.link.is_some() { Part::Sites(self.category) } else { Part::Components(self.category) }
    }
}

/// Draws the symbols, those of the rare categories on top, rings last.
pub(super) fn draw(
    markers: &[Marker<'_>],
    place: impl Fn(&Marker<'_>) -> Position,
    ink: Ink,
    out: &mut impl Write,
) -> fmt::Result {
    for category in [Category::Cultural, Category::Natural, Category::Mixed] {
        let of_category = markers.iter().filter(|marker| marker.category == category);
        let mut of_category = of_category.peekable();
        let Some(first) = of_category.peek() else { continue };
        writeln!(out, "<g{}>", ink.of(first.part()))?;
        of_category.try_for_each(|marker| symbol(marker, place(marker), out))?;
        out.write_str("</g>\n")?;
    }
    let mut in_danger = markers.iter().filter(|marker| marker.in_danger).peekable();
    if in_danger.peek().is_some() {
        writeln!(out, "<g{}>", ink.of(Part::Danger))?;
        in_danger
            .try_for_each(|marker| using("r", place(marker), out).and_then(|()| out.write_char('\n')))?;
        out.write_str("</g>\n")?;
    }
    Ok(())
}

fn symbol(marker: &Marker<'_>, place: Position, out: &mut impl Write) -> fmt::Result {
    let symbol = match marker.category {
        Category::Cultural => "c",
        Category::Natural => "n",
        Category::Mixed => "m",
    };
    match &marker.link {
        Some(Link { href, title }) => {
            write!(out, "<a href=\"{}\" tabindex=\"-1\"><title>{}</title>", escaped(href), escaped(title))?;
            using(symbol, place, out)?;
            out.write_str("</a>\n")
        }
        None => using(symbol, place, out).and_then(|()| out.write_char('\n')),
    }
}

fn using(symbol: &str, place: Position, out: &mut impl Write) -> fmt::Result {
    let [x, y] = place.map(whole);
    write!(out, "<use href=\"#{symbol}\" x=\"{x}\" y=\"{y}\"/>")
}

/// The shapes of the symbols, `k` times as large as in the legend; pages have theirs in the head.
pub(super) fn shapes(k: f64, out: &mut impl Write) -> fmt::Result {
    let attributes = format!("transform=\"scale({k})\"{UNSCALED}");
    out.write_str("<defs>")?;
    write!(out, "<circle id=\"c\" r=\"4\" {attributes}/>")?;
    write!(out, "<path id=\"n\" d=\"M0-5.2 4.8 3.4H-4.8z\" {attributes}/>")?;
    write!(out, "<path id=\"m\" d=\"M0-5.2 5.2 0 0 5.2-5.2 0z\" {attributes}/>")?;
    writeln!(out, "<circle id=\"r\" r=\"7\" {attributes}/></defs>")
}

/// A text for HTML and XML: with entities, and without the control characters that XML has no way to write.
pub(super) fn escaped(text: &str) -> String {
    let forbidden = |c: char| matches!(c, '\0'..='\x1f' | '\x7f' | '\u{fffe}' | '\u{ffff}');
    html_escape::encode_double_quoted_attribute(&text.replace(forbidden, " ")).into_owned()
}
