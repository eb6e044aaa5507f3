//! A site from a JSON object that has its fields as members.

use super::SiteField;
use super::members::{Members, Wrong};
use crate::error::Result;
use crate::site::{Category, Names, Site, SiteId, Year};

impl Members {
    /// The site with these members.
    ///
    /// # Errors
    /// A member is missing or invalid; the message begins with its key.
    pub(crate) fn into_site(self) -> Result<Site> {
        let id = self.member("id").required(SiteId::new)?;
        let mut site = SiteField::blank_site(id)?;
        for field in SiteField::all() {
            field.read(&mut site, &self)?;
        }
        Ok(site)
    }
}

impl SiteField {
    /// A site to read fields into. What every site has is not true of it before that.
    pub(crate) fn blank_site(id: SiteId) -> Result<Site> {
        Ok(Site::new(id, Names::new("?")?, Category::Cultural, Year::new(Year::FIRST)?))
    }

    /// Whether it is read, and not derived from others.
    pub(crate) fn is_read(&self) -> bool {
        self.read.is_some()
    }

    /// Reads it, with those read together with it, into `site`; does nothing where it is derived from others.
    ///
    /// # Errors
    /// One of them is missing or invalid.
    pub(crate) fn read(&self, site: &mut Site, members: &Members) -> std::result::Result<(), Wrong> {
        self.read.map_or(Ok(()), |read| read(site, members.member(self.name)))
    }
}

#[cfg(feature = "testing")]
impl SiteField {
    /// The site whose fields have their examples as values.
    pub(crate) fn example_site() -> Result<Site> {
        let mut members = Members::default();
        for field in Self::all() {
            let failed = |error| crate::Error::internal("an example is no JSON").with_source(error);
            members.add(field, serde_json::from_str(field.example).map_err(failed)?);
        }
        members.into_site()
    }
}
