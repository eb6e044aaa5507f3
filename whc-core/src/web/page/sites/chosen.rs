//! The filters that are set, each with the address of the list without it.

use std::borrow::Cow;

use super::state::State;
use crate::site::{Category, Language, Region, state_name};
use crate::web::page::address::{Address, Query};
use crate::web::page::language::Foreign;
use crate::web::page::text::Text;

/// A filter that is set.
pub(super) struct Chosen<'a> {
    pub(super) label: Cow<'static, str>,
    pub(super) foreign: Foreign,
    /// The list without it.
    pub(super) address: Address<'a>,
    /// The query of that list.
    pub(super) rest: Query,
}

impl<'a> Chosen<'a> {
    /// All of them.
    pub(super) fn all(state: &State<'_, 'a>) -> Vec<Self> {
        let chosen = |(name, value)| {
            let rest = state.without(name, value);
            // States have English names only.
            let language = if name == "country" { Language::English } else { state.text.language };
            Self {
                label: label(state.text, name, value),
                foreign: state.frame.foreign(language),
                address: state.to(rest.clone()),
                rest,
            }
        };
        state.values().map(chosen).collect()
    }
}

/// A filter in words.
fn label(text: &Text, name: &'static str, value: &str) -> Cow<'static, str> {
    let named = |name: &str, value: &str| Cow::Owned((text.chosen)(name, value));
    let yes = value.eq_ignore_ascii_case("true");
    match name {
        "category" => value.parse::<Category>().map_or("", |category| text.category_of(category)).into(),
        "region" => value.parse::<Region>().map_or("", |region| text.region_of(region)).into(),
        "country" => match value.parse().ok().and_then(state_name) {
            Some(name) => name.into(),
            None => value.to_uppercase().into(),
        },
        "criterion" => format!("({})", value.to_lowercase()).into(),
        "danger" => if yes { text.in_danger } else { text.not_in_danger }.into(),
        "transboundary" => if yes { text.across_borders } else { text.not_across_borders }.into(),
        "status" => {
            let at =
                ["inscribed", "delisted", "all"].iter().position(|word| value.eq_ignore_ascii_case(word));
            named(text.status, text.statuses[at.unwrap_or_default()])
        }
        "inscribed" => named(text.inscribed, &value.replace("..", "–")),
        "area" => named(text.area_in_hectares, &value.replace("..", "–")),
        "q" => named(text.words, value),
        "id" => named(text.number, value),
        "near" => named(text.nearby, value),
        "as_of" => named(text.as_of_end, value),
        name => named(name, value),
    }
}
