//! The cases a caller may see.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::contact::CaseId;

/// All cases, or only some.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseSet(Option<Arc<BTreeSet<CaseId>>>);

impl CaseSet {
    /// Every case.
    pub const ALL: Self = Self(None);

    /// Whether `case` is among them.
    #[must_use]
    pub fn contains(&self, case: CaseId) -> bool {
        self.only().is_none_or(|cases| cases.contains(&case))
    }

    /// The cases; `None` where they are all.
    #[must_use]
    pub fn only(&self) -> Option<&BTreeSet<CaseId>> {
        self.0.as_deref()
    }

    /// Those of them that are among `cases`.
    pub(super) fn narrowed_to(self, cases: impl IntoIterator<Item = CaseId>) -> Self {
        let cases = cases.into_iter().filter(|case| self.contains(*case)).collect();
        Self(Some(Arc::new(cases)))
    }
}
