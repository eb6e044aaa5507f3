//! What a caller asks for.

use std::collections::BTreeSet;
use std::fmt;

use crate::auth::CaseSet;
use crate::contact::{CaseId, Contact, TextField};
use crate::page::{Page, Window};
use crate::site::{SiteId, fold};

/// The fields that a name is looked for in.
const NAMES: [TextField; 3] = [TextField::Title, TextField::FirstName, TextField::LastName];

/// Which contacts somebody wants to see. [`select`](Self::select) defines its result; every store must agree with it.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContactQuery {
    /// Of this case; `None` for any.
    pub case: Option<CaseId>,
    /// With this in the title and names, whatever its case and accents; `None` for any.
    pub name: Option<String>,
    /// Of cases about one of these sites; `None` for any, and those about none.
    pub sites: Option<BTreeSet<SiteId>>,
    /// Which of them.
    pub window: Window,
}

impl ContactQuery {
    /// Contacts of cases about this site, or of any.
    #[must_use]
    pub fn new(site: Option<SiteId>, window: Window) -> Self {
        Self { sites: site.map(|site| [site].into()), window, ..Self::default() }
    }

    /// The same with this change.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// The page of those among `contacts` that match and are of one of `cases`. They come by the numbers of their cases.
    pub fn select<'a>(
        &self,
        contacts: impl IntoIterator<Item = &'a Contact>,
        cases: &CaseSet,
    ) -> Page<Contact> {
        let name = self.name.as_deref().map(NameSearch::new);
        let matching = contacts.into_iter().filter(|contact| self.matches(contact, cases, name.as_ref()));
        let matching: Vec<_> = matching.collect();
        let total = u64::try_from(matching.len()).unwrap_or(u64::MAX);
        let offset = usize::try_from(self.window.offset()).unwrap_or(usize::MAX);
        let limit = usize::try_from(self.window.limit()).unwrap_or(usize::MAX);
        Page { items: matching.into_iter().skip(offset).take(limit).cloned().collect(), total }
    }

    fn matches(&self, contact: &Contact, cases: &CaseSet, name: Option<&NameSearch>) -> bool {
        cases.contains(contact.case)
            && self.case.is_none_or(|case| case == contact.case)
            && self
                .sites
                .as_ref()
                .is_none_or(|sites| contact.details.site().is_some_and(|site| sites.contains(&site)))
            && name.is_none_or(|name| name.finds(NAMES.map(|field| contact.details.text(field))))
    }
}

/// A part of a name that is looked for, whatever its case and accents.
pub(in crate::repository) struct NameSearch(String);

impl NameSearch {
    pub(in crate::repository) fn new(name: &str) -> Self {
        Self(fold(name))
    }

    /// Whether it is in the title and names of a contact, in the order of [`NAMES`].
    pub(in crate::repository) fn finds(&self, names: [Option<&str>; 3]) -> bool {
        let names: Vec<_> = names.into_iter().flatten().collect();
        fold(&names.join(" ")).contains(&self.0)
    }
}

impl fmt::Debug for ContactQuery {
    /// Without the name, which is somebody's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContactQuery")
            .field("case", &self.case)
            .field("sites", &self.sites)
            .field("window", &self.window)
            .finish_non_exhaustive()
    }
}
