//! The parameters `width` and `theme`: how an image looks.

use super::Parameters;
use crate::error::Error;
use crate::web::format::Format;
use crate::web::format::map::{ImageStyle, Theme};

/// Their names.
pub(crate) const NAMES: [&str; 2] = ["width", "theme"];

/// The values of `theme`, the default first.
pub(crate) const THEMES: [&str; 2] = ["light", "dark"];

/// The style by `width` and `theme`; in another format than that of images only the usual one is valid.
pub(crate) fn style(parameters: &mut Parameters<'_>, format: Format) -> ImageStyle {
    let usual = ImageStyle::default();
    let width = parameters.read("width", width).unwrap_or(usual.width);
    let theme = match parameters.index_of("theme", &THEMES) {
        Some(1) => Theme::Dark,
        _ => Theme::Light,
    };
    if format != Format::Svg {
        for (name, unusual) in NAMES.into_iter().zip([width != usual.width, theme != usual.theme]) {
            if unusual {
                parameters.only_in(name, &[Format::Svg]);
            }
        }
    }
    ImageStyle { width, theme }
}

fn width(text: &str) -> Result<u32, Error> {
    let [least, most] = ImageStyle::WIDTHS;
    let width = text.parse().ok().filter(|width| (least..=most).contains(width));
    width.ok_or_else(|| {
        Error::invalid(format!("it must be a number of pixels from {least} to {most}, not \"{text}\""))
    })
}
