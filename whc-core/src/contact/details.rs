//! What a contact says, checked.

use std::fmt;

use super::{SITE_ID, TextField, Violation, Violations, rule};
use crate::site::SiteId;

/// What a contact says. Every value is valid, and there is at least one text.
///
/// ```
/// use serde_json::json;
/// use whc_core::contact::{CaseId, ContactDetails, TextField};
/// let case = CaseId::new(7)?;
/// let details = ContactDetails::from_json(case, &json!({"first_name": "Ada", "phone_no": "+44 (0)20 ext 5"})).unwrap();
/// assert_eq!(details.text(TextField::FirstName), Some("Ada"));
/// assert!(!format!("{details:?}").contains("Ada"));
///
/// let violations = ContactDetails::from_json(case, &json!({"name": "Ada", "title": 1})).unwrap_err();
/// let pointers: Vec<_> = violations.iter().map(|violation| violation.pointer.as_str()).collect();
/// assert_eq!(pointers, ["/name", "/title"]);
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ContactDetails {
    /// By the position of the field in [`TextField::ALL`].
    texts: Texts,
    site: Option<SiteId>,
}

pub(crate) type Texts = [Option<String>; TextField::ALL.len()];

impl ContactDetails {
    /// Details with these values, in any order; a text that is blank counts as absent.
    ///
    /// # Errors
    /// The violations, none of which repeats a value.
    pub fn new(
        texts: impl IntoIterator<Item = (TextField, String)>,
        site: Option<SiteId>,
    ) -> Result<Self, Violations> {
        let mut checked = Texts::default();
        let mut violations = Violations::default();
        for (field, text) in texts {
            match rule::checked(field, text) {
                Ok(text) => checked[field as usize] = text,
                Err(reason) => violations.push(Violation::of(field.name(), reason)),
            }
        }
        violations.none()?;
        Self::from_checked(checked, site)
    }

    /// Details of texts each of which was checked.
    pub(super) fn from_checked(texts: Texts, site: Option<SiteId>) -> Result<Self, Violations> {
        if texts.iter().all(Option::is_none) {
            return Err(Violation::of_all(rule::SAYS_NOTHING).into());
        }
        Ok(Self { texts, site })
    }

    /// What a database kept. It was checked when it came, by the rules of that time.
    #[cfg(feature = "postgres")]
    pub(crate) fn restored(texts: Texts, site: Option<SiteId>) -> Self {
        Self { texts, site }
    }

    /// A text; `None` where it is absent.
    #[must_use]
    pub fn text(&self, field: TextField) -> Option<&str> {
        self.texts[field as usize].as_deref()
    }

    /// The site the case is about, where that is known.
    #[must_use]
    pub fn site(&self) -> Option<SiteId> {
        self.site
    }

    /// The names of the fields that have a value, in the order they are shown.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        let texts =
            TextField::ALL.into_iter().filter(|field| self.text(*field).is_some()).map(TextField::name);
        texts.chain(self.site.map(|_| SITE_ID)).collect()
    }

    /// The names of the fields that differ, in the order they are shown.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Vec<&'static str> {
        let differs = |field: &TextField| self.text(*field) != other.text(*field);
        let texts = TextField::ALL.into_iter().filter(differs).map(TextField::name);
        texts.chain((self.site != other.site).then_some(SITE_ID)).collect()
    }

    pub(super) fn into_parts(self) -> (Texts, Option<SiteId>) {
        (self.texts, self.site)
    }
}

impl fmt::Debug for ContactDetails {
    /// The names of what is there, without the values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ContactDetails").field(&self.names()).finish()
    }
}
