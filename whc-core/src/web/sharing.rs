//! Which answers are worth sharing with other processes: what is expensive to write and asked for by many.

use http::Request;

/// Which answers of a route are shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sharing {
    /// None: they are written sooner than fetched.
    Never,
    /// Maps.
    Images,
    /// All.
    Always,
}

impl Sharing {
    /// Whether the answer to this request may be there already.
    pub(crate) fn includes(self, request: &Request<()>) -> bool {
        match self {
            Self::Never => false,
            // Nothing else than this parameter asks for one.
            Self::Images => {
                request.uri().query().is_some_and(|query| query.split('&').any(|pair| pair == "f=svg"))
            }
            Self::Always => true,
        }
    }
}
