//! A site as it was at the end of a year, as far as that can be known.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Danger, InDanger, Period, Site, Status, Year};

impl Site {
    /// The site as it was at the end of `year`, `None` if it was inscribed later: its status, its dangers and its extensions.
    /// Names, states, areas, points and criteria are those of today, since those of then are not known.
    ///
    /// ```
    /// use whc_core::{Site, Year, site};
    /// let year = |year| Year::new(year);
    /// let sites = site::embedded()?;
    /// let galapagos = &sites[0];
    /// assert!(galapagos.as_of(year(1977)?).is_none());
    /// assert!(galapagos.as_of(year(2008)?).is_some_and(|site| site.danger.is_current()));
    /// assert!(!galapagos.danger.is_current());
    /// # Ok::<(), whc_core::Error>(())
    /// ```
    #[must_use]
    pub fn as_of(&self, year: Year) -> Option<Cow<'_, Self>> {
        if year < self.inscribed {
            return None;
        }
        let (status, danger) = (self.status.as_of(year), self.danger.as_of(year));
        let extended = self.extended.iter().copied().filter(|extended| *extended <= year);
        if status == self.status
            && danger == self.danger
            && extended.clone().eq(self.extended.iter().copied())
        {
            return Some(Cow::Borrowed(self));
        }
        let extended = extended.collect();
        Some(Cow::Owned(Self { extended, danger, status, ..self.clone() }))
    }

    /// Whether it was on the World Heritage List at the end of `year`.
    #[must_use]
    pub fn is_on_list_in(&self, year: Year) -> bool {
        self.inscribed <= year && self.status.as_of(year) == Status::Inscribed
    }

    /// The same of a shared site, which stays shared where it is as it was.
    pub(super) fn shared_as_of(self: &Arc<Self>, year: Year) -> Option<Arc<Self>> {
        Some(match self.as_of(year)? {
            Cow::Borrowed(_) => Arc::clone(self),
            Cow::Owned(site) => Arc::new(site),
        })
    }
}

impl Status {
    /// The status at the end of a year in which the site was inscribed already.
    #[must_use]
    pub fn as_of(self, year: Year) -> Self {
        if self.left().is_some_and(|left| left <= year) { self } else { Self::Inscribed }
    }
}

impl Danger {
    /// Whether the site was in danger at the end of `year`. A danger of which the beginning is not known counts in every year.
    #[must_use]
    pub fn is_current_in(&self, year: Year) -> bool {
        self.beginning_in(year) != InDanger::No
    }

    /// The history until the end of `year`: what ended later was current then.
    #[must_use]
    pub fn as_of(&self, year: Year) -> Self {
        let past = self.past().iter().copied().filter(|period| period.to() <= year);
        Self::new(self.beginning_in(year), past)
    }

    /// The danger at the end of `year`. Among several, which only a mistake can give, it is the latest.
    fn beginning_in(&self, year: Year) -> InDanger {
        if self.is_current() && self.since().is_none_or(|since| since <= year) {
            return self.now();
        }
        let over = |period: &&Period| period.from() <= year && year < period.to();
        match self.past().iter().rfind(over) {
            Some(period) => InDanger::Yes { since: Some(period.from()) },
            None => InDanger::No,
        }
    }
}
