//! The symbols of sites on a map.

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::sync::Arc;

use super::ink::{Ink, Part, UNSCALED};
use super::path::whole;
use super::ring::Position;
use crate::site::{Category, Language, Point, Site, SiteId};

/// A place on a map.
#[derive(Clone, Debug)]
pub(crate) struct Marker<'a> {
    /// The place.
    pub(crate) place: Point,
    /// The category decides shape and colour.
    pub(crate) category: Category,
    /// Whether it has a ring.
    pub(crate) in_danger: bool,
    /// The site it leads to; a component of a site leads nowhere.
    pub(crate) site: Option<Linked<'a>>,
}

/// A site at the end of a link, under its name in a language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Linked<'a> {
    id: SiteId,
    site: &'a Site,
    language: Language,
}

/// The addresses of all sites: where a link begins before the number of a site, and goes on after it. There are more than a
/// thousand on a map, so they are not written one by one.
#[derive(Clone, Debug, Default)]
pub(crate) struct SiteAddresses([String; 2]);

impl SiteAddresses {
    /// The addresses with this before and after the number.
    pub(crate) fn new(before: &str, after: &str) -> Self {
        let [before, after] = [before, after].map(escaped);
        Self([format!("<a href=\"{before}"), format!("{after}\" tabindex=\"-1\"><title>")])
    }
}

impl SiteAddresses {
    /// The link to a site, until what it has inside.
    fn begin(&self, site: SiteId, out: &mut impl Write) -> fmt::Result {
        let [before, after] = &self.0;
        [before, itoa::Buffer::new().format(site.get()), after]
            .iter()
            .try_for_each(|part| out.write_str(part))
    }
}

impl<'a> Marker<'a> {
    /// A site under its name in a language; `None` where its point is not known.
    pub(crate) fn of_site(site: &'a Site, language: Language) -> Option<Self> {
        Some(Self {
            place: site.point?,
            category: site.category,
            in_danger: site.danger.is_current(),
            site: Some(Linked { id: site.id, site, language }),
        })
    }

    /// Those of these sites whose points are known.
    pub(crate) fn of_sites(sites: impl IntoIterator<Item = &'a Arc<Site>>, language: Language) -> Vec<Self> {
        sites.into_iter().filter_map(|site| Self::of_site(site, language)).collect()
    }
}

impl Marker<'_> {
    /// Degrees east and north.
    pub(super) fn position(&self) -> Position {
        [self.place.longitude(), self.place.latitude()]
    }

    fn part(&self) -> Part {
        if self.site.is_some() { Part::Sites(self.category) } else { Part::Components(self.category) }
    }
}

/// Draws the symbols, those of the rare categories on top, rings last. What links have inside may be `ready`.
pub(super) fn draw<'a>(
    markers: &[Marker<'_>],
    addresses: &SiteAddresses,
    ready: impl Fn(SiteId) -> Option<&'a str>,
    place: impl Fn(&Marker<'_>) -> Position,
    ink: Ink,
    out: &mut impl Write,
) -> fmt::Result {
    for category in [Category::Cultural, Category::Natural, Category::Mixed] {
        let of_category = markers.iter().filter(|marker| marker.category == category);
        let mut of_category = of_category.peekable();
        let Some(first) = of_category.peek() else { continue };
        writeln!(out, "<g{}>", ink.of(first.part()))?;
        for marker in of_category {
            match &marker.site {
                None => {
                    symbol(marker, place(marker), out)?;
                    out.write_char('\n')?;
                }
                Some(site) => {
                    addresses.begin(site.id, out)?;
                    match ready(site.id) {
                        Some(label) => out.write_str(label)?,
                        None => label(marker, site, place(marker), out)?,
                    }
                }
            }
        }
        out.write_str("</g>\n")?;
    }
    let mut in_danger = markers.iter().filter(|marker| marker.in_danger).peekable();
    if in_danger.peek().is_some() {
        writeln!(out, "<g{}>", ink.of(Part::Danger))?;
        for marker in in_danger {
            using("r", place(marker), out)?;
            out.write_char('\n')?;
        }
        out.write_str("</g>\n")?;
    }
    Ok(())
}

/// What a link to a site has inside, with its end: name, year and symbol.
// Without `write!`: a map of the world has more than a thousand of these.
pub(super) fn label(
    marker: &Marker<'_>,
    linked: &Linked<'_>,
    place: Position,
    out: &mut impl Write,
) -> fmt::Result {
    let Linked { site, language, .. } = *linked;
    let (name, mut year) = (escaped(site.names.best(language).1), itoa::Buffer::new());
    let text = [&name, ", ", year.format(site.inscribed.get()), "</title>"];
    text.iter().try_for_each(|part| out.write_str(part))?;
    symbol(marker, place, out)?;
    out.write_str("</a>\n")
}

fn symbol(marker: &Marker<'_>, place: Position, out: &mut impl Write) -> fmt::Result {
    let symbol = match marker.category {
        Category::Cultural => "c",
        Category::Natural => "n",
        Category::Mixed => "m",
    };
    using(symbol, place, out)
}

fn using(symbol: &str, place: Position, out: &mut impl Write) -> fmt::Result {
    let [x, y] = place.map(whole);
    let mut digits = [itoa::Buffer::new(), itoa::Buffer::new()];
    let [digits_of_x, digits_of_y] = &mut digits;
    ["<use href=\"#", symbol, "\" x=\"", digits_of_x.format(x), "\" y=\"", digits_of_y.format(y), "\"/>"]
        .iter()
        .try_for_each(|part| out.write_str(part))
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
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    // U+FFFE and U+FFFF begin with this byte; few texts have it, or any of the others.
    let is_special = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | 0..b' ' | 0x7f | 0xef);
    if !text.bytes().any(is_special) {
        return text.into();
    }
    let forbidden = |c: char| matches!(c, '\0'..='\x1f' | '\x7f' | '\u{fffe}' | '\u{ffff}');
    html_escape::encode_double_quoted_attribute(&text.replace(forbidden, " ")).into_owned().into()
}
