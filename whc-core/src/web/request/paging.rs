//! The parameters `limit` and `offset`.

use super::Parameters;
use super::values::Whole;
use crate::page::Window;

/// The requested window, with `default` items where no `limit` is given.
pub(crate) fn window(parameters: &mut Parameters<'_>, default: u32) -> Window {
    let given = parameters.value::<Whole>("limit", "a whole number from 1 on (over 10000 counts as 10000)");
    let offset = parameters.value::<Whole>("offset", "a whole number from 0 on");
    let limit = given.map_or(default, Whole::into).min(parameters.max_items.unwrap_or(u32::MAX));
    Window::new(limit, offset.map_or(0, Whole::into)).unwrap_or_else(|error| {
        parameters.violation("limit", error.to_string());
        Window::default()
    })
}
