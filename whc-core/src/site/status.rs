//! Whether a site is on the World Heritage List, or how it left it.

use super::{SiteId, Year};

/// Whether a site is on the World Heritage List.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// It is on the list.
    #[default]
    Inscribed,
    /// It was taken off the list.
    Delisted {
        /// The year it left.
        year: Year,
    },
    /// It became part of another site.
    Superseded {
        /// The year it left.
        year: Year,
        /// The site it is part of now.
        by: SiteId,
    },
}

impl Status {
    /// The word for it: `inscribed`, `delisted` or `superseded`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Inscribed => "inscribed",
            Self::Delisted { .. } => "delisted",
            Self::Superseded { .. } => "superseded",
        }
    }

    /// The year the site left the list.
    #[must_use]
    pub fn left(self) -> Option<Year> {
        match self {
            Self::Inscribed => None,
            Self::Delisted { year } | Self::Superseded { year, .. } => Some(year),
        }
    }

    /// The site it became a part of.
    #[must_use]
    pub fn superseded_by(self) -> Option<SiteId> {
        match self {
            Self::Superseded { by, .. } => Some(by),
            Self::Inscribed | Self::Delisted { .. } => None,
        }
    }
}
