//! The symbols of sites on a map.

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::sync::Arc;

use super::ink::{Ink, Part, UNSCALED};
use super::path::whole;
use super::ring::Position;
use crate::site::{Category, Language, Point, Site, SiteId, Year};

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
    pub(crate) site: Option<Named<'a>>,
}

/// What is said of a site at its symbol.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'a> {
    id: SiteId,
    name: &'a str,
    inscribed: Year,
}

/// The addresses of all sites: what stands before the number of a site, and after it, ready for an attribute. There are more
/// than a thousand on a map, so they are not written one by one.
#[derive(Clone, Debug, Default)]
pub(crate) struct SiteAddresses([String; 2]);

impl SiteAddresses {
    /// The addresses with this before and after the number.
    pub(crate) fn new(before: &str, after: &str) -> Self {
        Self([before, after].map(|part| escaped(part).into_owned()))
    }
}

impl<'a> Marker<'a> {
    /// A site under its name in a language; `None` where its point is not known.
    pub(crate) fn of_site(site: &'a Site, language: Language) -> Option<Self> {
        let named = Named { id: site.id, name: site.names.best(language).1, inscribed: site.inscribed };
        Some(Self {
            place: site.point?,
            category: site.category,
            in_danger: site.danger.is_current(),
            site: Some(named),
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

/// Draws the symbols, those of the rare categories on top, rings last.
pub(super) fn draw(
    markers: &[Marker<'_>],
    addresses: &SiteAddresses,
    place: impl Fn(&Marker<'_>) -> Position,
    ink: Ink,
    out: &mut String,
) -> fmt::Result {
    for category in [Category::Cultural, Category::Natural, Category::Mixed] {
        let of_category = markers.iter().filter(|marker| marker.category == category);
        let mut of_category = of_category.peekable();
        let Some(first) = of_category.peek() else { continue };
        writeln!(out, "<g{}>", ink.of(first.part()))?;
        of_category.for_each(|marker| symbol(marker, addresses, place(marker), out));
        out.push_str("</g>\n");
    }
    let mut in_danger = markers.iter().filter(|marker| marker.in_danger).peekable();
    if in_danger.peek().is_some() {
        writeln!(out, "<g{}>", ink.of(Part::Danger))?;
        in_danger.for_each(|marker| {
            using("r", place(marker), out);
            out.push('\n');
        });
        out.push_str("</g>\n");
    }
    Ok(())
}

// Without `write!`: a map of the world has more than a thousand of these, and its time goes here.
fn symbol(marker: &Marker<'_>, addresses: &SiteAddresses, place: Position, out: &mut String) {
    let symbol = match marker.category {
        Category::Cultural => "c",
        Category::Natural => "n",
        Category::Mixed => "m",
    };
    let Some(site) = &marker.site else {
        using(symbol, place, out);
        out.push('\n');
        return;
    };
    let [before, after] = &addresses.0;
    let mut digits = itoa::Buffer::new();
    for part in ["<a href=\"", before, digits.format(site.id.get()), after, "\" tabindex=\"-1\"><title>"] {
        out.push_str(part);
    }
    out.push_str(&escaped(site.name));
    for part in [", ", digits.format(site.inscribed.get()), "</title>"] {
        out.push_str(part);
    }
    using(symbol, place, out);
    out.push_str("</a>\n");
}

fn using(symbol: &str, place: Position, out: &mut String) {
    let [x, y] = place.map(whole);
    let mut digits = [itoa::Buffer::new(), itoa::Buffer::new()];
    let [digits_of_x, digits_of_y] = &mut digits;
    for part in
        ["<use href=\"#", symbol, "\" x=\"", digits_of_x.format(x), "\" y=\"", digits_of_y.format(y), "\"/>"]
    {
        out.push_str(part);
    }
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
    let forbidden = |c: char| matches!(c, '\0'..='\x1f' | '\x7f' | '\u{fffe}' | '\u{ffff}');
    // U+FFFE and U+FFFF begin with this byte; few texts have it.
    let may_be_forbidden = |byte: u8| byte < b' ' || byte == 0x7f || byte == 0xef;
    if text.bytes().any(may_be_forbidden) {
        let text = text.replace(forbidden, " ");
        return html_escape::encode_double_quoted_attribute(&text).into_owned().into();
    }
    html_escape::encode_double_quoted_attribute(text)
}
