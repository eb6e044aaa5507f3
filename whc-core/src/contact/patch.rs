//! A merge patch of a contact (RFC 7396).

use std::fmt;

use serde_json::{Map, Value};

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
    /// By the position of the field.
    texts: [Member<String>; TextField::ALL.len()],
    site: Member<SiteId>,
}

/// A member of the patch.
#[derive(Clone, Default, PartialEq, Eq)]
enum Member<T> {
    /// It is not there: what was, stays.
    #[default]
    Absent,
    /// It is there: a value, or null, which clears.
    Set(Option<T>),
}

impl<T: Clone> Member<T> {
    /// What is there afterwards.
    fn apply(&self, before: Option<T>) -> Option<T> {
        match self {
            Self::Absent => before,
            Self::Set(after) => after.clone(),
        }
    }

    /// What is set, `null` where it is cleared.
    fn to_json(&self, value: impl FnOnce(&T) -> Value) -> Option<Value> {
        match self {
            Self::Absent => None,
            Self::Set(set) => Some(set.as_ref().map_or(Value::Null, value)),
        }
    }
}

impl ContactPatch {
    pub(super) fn set_text(&mut self, field: TextField, text: Option<String>) {
        self.texts[field as usize] = Member::Set(text);
    }

    pub(super) fn set_site(&mut self, site: Option<SiteId>) {
        self.site = Member::Set(site);
    }

    /// What the contact says afterwards.
    ///
    /// # Errors
    /// No text would be left.
    pub fn apply(&self, before: ContactDetails) -> Result<ContactDetails, Violations> {
        let (mut texts, site) = before.into_parts();
        for (text, member) in texts.iter_mut().zip(&self.texts) {
            *text = member.apply(text.take());
        }
        ContactDetails::from_checked(texts, self.site.apply(site))
    }

    /// The site it names, to see whether there is one.
    #[must_use]
    pub fn site(&self) -> Option<SiteId> {
        self.site.apply(None)
    }

    /// What a whole contact says: with no field before, a patch is the contact.
    pub(super) fn into_details(self) -> Result<ContactDetails, Violations> {
        let texts: Texts = self.texts.map(|member| member.apply(None));
        ContactDetails::from_checked(texts, self.site.apply(None))
    }

    /// What it names, as it is kept: the values by name, `null` for what is cleared.
    pub(crate) fn to_json(&self) -> Map<String, Value> {
        let texts = TextField::ALL
            .into_iter()
            .map(|field| (field.name(), self.texts[field as usize].to_json(|text| text.as_str().into())));
        let site = self.site.to_json(|site| site.get().into());
        let members = texts.chain([(SITE_ID, site)]);
        members.filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }

    fn names(&self) -> Vec<&'static str> {
        let changed = |field: &TextField| self.texts[*field as usize] != Member::Absent;
        let texts = TextField::ALL.into_iter().filter(changed).map(TextField::name);
        texts.chain((self.site != Member::Absent).then_some(SITE_ID)).collect()
    }
}

impl fmt::Debug for ContactPatch {
    /// The names of what changes, without the values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ContactPatch").field(&self.names()).finish()
    }
}
