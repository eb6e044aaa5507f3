//! A merge patch of a contact (RFC 7396).

use std::fmt;

use super::details::Texts;
use super::{ContactDetails, SITE_ID, TextField, Violations};
use crate::site::SiteId;

/// What changes in a contact: what is absent stays, null clears.
///
/// ```
/// use serde_json::json;
/// use whc_core::contact::{CaseId, ContactDetails, ContactPatch, TextField};
/// let case = CaseId::new(7)?;
/// let before = ContactDetails::from_json(case, &json!({"first_name": "Ada", "title": "Ms"})).unwrap();
/// let patch = ContactPatch::from_json(case, &json!({"title": null, "last_name": "King"})).unwrap();
/// let after = patch.apply(before).unwrap();
/// assert_eq!(after.names(), ["first_name", "last_name"]);
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ContactPatch {
    /// By the position of the field; the inner `None` clears.
    texts: [Option<Option<String>>; TextField::ALL.len()],
    site: Option<Option<SiteId>>,
}

impl ContactPatch {
    pub(super) fn set_text(&mut self, field: TextField, text: Option<String>) {
        self.texts[field as usize] = Some(text);
    }

    pub(super) fn set_site(&mut self, site: Option<SiteId>) {
        self.site = Some(site);
    }

    /// What the contact says afterwards.
    ///
    /// # Errors
    /// No text would be left.
    pub fn apply(&self, before: ContactDetails) -> Result<ContactDetails, Violations> {
        let (mut texts, site) = before.into_parts();
        for (text, change) in texts.iter_mut().zip(&self.texts) {
            if let Some(change) = change {
                text.clone_from(change);
            }
        }
        ContactDetails::from_checked(texts, self.site.unwrap_or(site))
    }

    /// The site it names, to see whether there is one.
    #[must_use]
    pub fn site(&self) -> Option<SiteId> {
        self.site.flatten()
    }

    /// What a whole contact says: with no field before, a patch is the contact.
    pub(super) fn into_details(self) -> Result<ContactDetails, Violations> {
        let texts: Texts = self.texts.map(Option::flatten);
        ContactDetails::from_checked(texts, self.site.flatten())
    }

    fn names(&self) -> Vec<&'static str> {
        let changed = |field: &TextField| self.texts[*field as usize].is_some();
        let texts = TextField::ALL.into_iter().filter(changed).map(TextField::name);
        texts.chain(self.site.map(|_| SITE_ID)).collect()
    }
}

impl fmt::Debug for ContactPatch {
    /// The names of what changes, without the values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ContactPatch").field(&self.names()).finish()
    }
}
