//! A site from a JSON object that has its fields as members.

use super::SiteField;
use super::members::Members;
use super::read::{texts, word};
use crate::error::Result;
use crate::site::{Names, Site, SiteId, Year};

impl Members {
    /// The site with these members.
    ///
    /// # Errors
    /// A member is missing or invalid; the message begins with its key.
    pub(crate) fn into_site(self) -> Result<Site> {
        let member = |key| self.member(key);
        let id = member("id").required(SiteId::new)?;
        let names = member("names").required(|names| Names::try_from(texts(names)?))?;
        let category = member("category").required(word)?;
        let inscribed = member("date_inscribed").required(Year::new)?;
        let mut site = Site::new(id, names, category, inscribed);
        for field in SiteField::all() {
            if let Some(read) = field.read {
                read(&mut site, member(field.name))?;
            }
        }
        Ok(site)
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
