//! The parameter `fields`: which keys of a site to return.

use super::Parameters;
use crate::web::format::{Fields, KEYS};

/// The keys of `fields=`; all where it is not given.
pub(crate) fn fields(parameters: &mut Parameters<'_>) -> Fields {
    Fields::from_positions(&parameters.indices_of("fields", &KEYS))
}
