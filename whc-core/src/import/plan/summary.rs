//! What a plan changes: which sites, and how many of each field.

use super::tally::FieldCount;
use crate::site::{FieldChange, Site, SiteId};

/// What a plan changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Sites that were not known.
    pub added: Vec<Named>,
    /// Sites that were known otherwise.
    pub changed: Vec<Changed>,
    /// Sites on the list that the file should have and has not. They stay as they are.
    pub gone: Vec<Named>,
    /// As `gone`, but marked as delisted, because the caller permits it.
    pub delisted: Vec<Named>,
    /// How many sites of the file were known just so.
    pub unchanged: usize,
    /// How many sites are not in the file because they are newer than it.
    pub newer: usize,
    /// The fields in which the file differs from what is known.
    pub fields: Vec<FieldCount>,
}

/// A site by id and English name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Named {
    /// The id.
    pub id: SiteId,
    /// The name.
    pub name: String,
}

/// A site and what changes in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changed {
    /// The id.
    pub id: SiteId,
    /// The name, as it will be.
    pub name: String,
    /// The fields that differ.
    pub fields: Vec<FieldChange>,
}

impl From<&Site> for Named {
    fn from(site: &Site) -> Self {
        Self { id: site.id, name: site.names.english().to_owned() }
    }
}
