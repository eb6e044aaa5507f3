//! Where to get all of a result.

use super::state::State;

/// Where to get all of the result.
pub(super) struct Take {
    /// The names of the formats, with the address of the result in each.
    pub(super) formats: Vec<(&'static str, String)>,
    /// The call of the API.
    pub(super) call: String,
}

impl Take {
    /// Of this result.
    pub(super) fn new(state: &State<'_, '_>) -> Self {
        let prefix = state.frame.to.prefix;
        let formats = [("CSV", "csv"), ("GeoJSON", "geojson"), ("NDJSON", "ndjson"), ("JSON", "json")];
        let address = |f: &str| format!("{prefix}{}", state.data(&format!("&limit=10000&f={f}")));
        let formats = formats.into_iter().map(|(name, f)| (name, address(f))).collect();
        Self { formats, call: format!("curl '{}{}'", state.frame.base, state.data("")) }
    }
}
