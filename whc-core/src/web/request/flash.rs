//! What was just done, for the next page to say (a flash message). The cookie holds a word of ours, never a text, so that it says
//! nothing of anybody, and nobody can make a page say something else. It works with a session, a proxy that adds tokens, or neither.

use http::HeaderMap;
use http::header::HeaderValue;
use time::Duration;

use super::Base;
use super::cookie_jar::CookieJar;

/// The cookie.
const FLASH: &str = "whc_flash";
/// Whoever does not see the next page by then does not need it said any more.
const LIFETIME: Duration = Duration::minutes(1);

/// What was just done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flash {
    ContactCreated,
    ContactUpdated,
    ContactDeleted,
    Unchanged,
    SiteUpdated,
    SiteDelisted,
    SiteRelisted,
    FieldHandedBack,
    /// Of whatever was done to a site.
    SiteBehind,
}

impl Flash {
    const ALL: [(Self, &str, &str); 9] = [
        (Self::ContactCreated, "contact-created", "Contact created."),
        (Self::ContactUpdated, "contact-updated", "Contact updated."),
        (Self::ContactDeleted, "contact-deleted", "Contact deleted."),
        (Self::Unchanged, "unchanged", "Nothing was different, so nothing was changed."),
        (Self::SiteUpdated, "site-updated", "Site updated."),
        (Self::SiteDelisted, "site-delisted", "The site is off the List."),
        (Self::SiteRelisted, "site-relisted", "The site is back on the List."),
        (Self::FieldHandedBack, "field-handed-back", "The field is handed back: the next import may set it."),
        (Self::SiteBehind, "site-behind", "Saved. Readers see it in a moment."),
    ];

    /// What the request before left to be said.
    pub(crate) fn read(headers: &HeaderMap, base: Base<'_>) -> Option<Self> {
        let jar = jar(headers, base);
        let word = jar.only(&jar.name(FLASH))?;
        Self::ALL.into_iter().find(|(_, known, _)| *known == word).map(|(flash, ..)| flash)
    }

    /// Leaves it to be said.
    pub(crate) fn set(self, headers: &HeaderMap, base: Base<'_>) -> Option<HeaderValue> {
        let jar = jar(headers, base);
        let (_, word, _) = self.row();
        jar.set(jar.name(FLASH), word.to_owned(), Some(LIFETIME))
    }

    /// Takes away what has been said.
    pub(crate) fn remove(headers: &HeaderMap, base: Base<'_>) -> Option<HeaderValue> {
        let jar = jar(headers, base);
        jar.remove(jar.name(FLASH))
    }

    /// The sentence.
    pub(crate) fn text(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> (Self, &'static str, &'static str) {
        Self::ALL[self as usize]
    }
}

fn jar<'a>(headers: &'a HeaderMap, base: Base<'_>) -> CookieJar<'a> {
    CookieJar::new(headers, !base.is_without_tls())
}
