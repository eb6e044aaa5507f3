//! What gives the parts of a map their colours: the classes of the pages' style sheet, or attributes.

use std::fmt::{self, Display};

use crate::site::Category;
use crate::web::format::class_of;

/// The part of a map that an element draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Sea,
    Land,
    Graticule,
    /// A label that starts at its place.
    Label,
    /// A label with its place in the middle.
    Centred,
    ScaleBar,
    /// The symbols of the sites of a category.
    Sites(Category),
    /// Those of the components of a site.
    Components(Category),
    /// The rings around sites in danger.
    Danger,
    /// Where another map lies.
    View,
}

/// The colours of images.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    #[default]
    Light,
    Dark,
}

/// What gives parts their colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// The style sheet of the pages, by classes.
    Sheet,
    /// Attributes of the elements, for images that stand alone.
    Own(Theme),
}

impl Ink {
    /// What gives this part its colours.
    pub(super) fn of(self, part: Part) -> Attributes {
        Attributes(self, part)
    }
}

/// The attributes of an element, each after a space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attributes(Ink, Part);

impl Display for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Ink::Sheet => classes(self.1, f),
            Ink::Own(theme) => colours(self.1, theme, f),
        }
    }
}

fn classes(part: Part, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match part {
        Part::Sea => f.write_str(" class=\"sea\""),
        Part::Land => f.write_str(" class=\"land\""),
        Part::Graticule => f.write_str(" class=\"grid\""),
        Part::Label => Ok(()),
        Part::Centred => f.write_str(" class=\"mid\""),
        Part::ScaleBar => f.write_str(" class=\"scale\""),
        Part::Sites(category) => write!(f, " class=\"{}\"", class_of(category)),
        Part::Components(category) => write!(f, " class=\"parts {}\"", class_of(category)),
        Part::Danger => f.write_str(" class=\"danger\" pointer-events=\"none\""),
        Part::View => f.write_str(" class=\"view\""),
    }
}

fn colours(part: Part, theme: Theme, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let [sea, land, coast, grid, soft, ink, danger, accent] = match theme {
        Theme::Light => {
            ["#dfe9eb", "#faf7ef", "#a9bbbf", "#c9d7da", "#565a5b", "#1c2023", "#bd1235", "#0b5870"]
        }
        Theme::Dark => {
            ["#1b282d", "#30383a", "#4c595d", "#3a474c", "#aab0b2", "#e9e7e1", "#fa817a", "#7cc5dc"]
        }
    };
    let line = |f: &mut fmt::Formatter<'_>, colour, width| {
        write!(f, " fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"{UNSCALED}")
    };
    match part {
        Part::Sea => write!(f, " fill=\"{sea}\""),
        Part::Land => write!(
            f,
            " fill=\"{land}\" stroke=\"{coast}\" stroke-width=\".75\" stroke-linejoin=\"round\"{UNSCALED}"
        ),
        Part::Graticule => line(f, grid, "1"),
        Part::Label => write!(f, " fill=\"{soft}\"{FONT}"),
        Part::Centred => write!(f, " fill=\"{soft}\"{FONT} text-anchor=\"middle\""),
        Part::ScaleBar => line(f, ink, "1.5"),
        Part::Sites(category) => symbols(f, category, theme, ".5"),
        Part::Components(category) => symbols(f, category, theme, ".35"),
        Part::Danger => write!(f, " fill=\"none\" stroke=\"{danger}\" stroke-width=\"1.5\""),
        Part::View => line(f, accent, "2"),
    }
}

/// Lines are as thick on the screen as they say, however large the map is.
pub(super) const UNSCALED: &str = " vector-effect=\"non-scaling-stroke\"";

const FONT: &str = " font-family=\"system-ui, sans-serif\" font-size=\"25\"";

fn symbols(f: &mut fmt::Formatter<'_>, category: Category, theme: Theme, opacity: &str) -> fmt::Result {
    let colour = match (theme, category) {
        (Theme::Light, Category::Cultural) => "#a65a00",
        (Theme::Light, Category::Natural) => "#17714f",
        (Theme::Light, Category::Mixed) => "#6a48ad",
        (Theme::Dark, Category::Cultural) => "#eaa94c",
        (Theme::Dark, Category::Natural) => "#63cb9d",
        (Theme::Dark, Category::Mixed) => "#c0a6f5",
    };
    write!(f, " fill=\"{colour}\" fill-opacity=\"{opacity}\" stroke=\"{colour}\"")
}
