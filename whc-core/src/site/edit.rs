//! What a curator says of a site, in the words of `GET`, made into a site.

mod derived;
mod reading;
mod structure;
mod unit;

use serde_json::{Map, Value};

use self::reading::Reading;
use self::unit::Unit;
use super::field::{Key, SiteField};
use super::{Language, Site, SiteId, Status, Year, contradiction};
use crate::violation::{Violation, Violations};

/// The member that says why something changes. It is no field of a site.
pub const REASON: &str = "reason";

/// The most characters of a reason.
pub const LONGEST_REASON: usize = 500;

/// Far more than there are fields. Each that is none costs a look for what was meant.
const MOST_MEMBERS: usize = 100;

/// What somebody says of a site: a JSON object with keys as `GET /api/whcsites/{id}` has them, texts in one language.
///
/// Keys that say the same in other words (`name`, `url` and the like) may be there, as long as they say the same. What is
/// as `GET` shows it changes nothing, so an English text that stands in for a translation does not become one.
///
/// ```
/// use serde_json::json;
/// use whc_core::site::{Language, SiteDocument};
/// let quito = &whc_core::site::embedded()?[1];
///
/// let document = SiteDocument::new(json!({"date_inscribed": 1979}), Language::English).unwrap();
/// assert_eq!(document.merge(quito).unwrap().inscribed.get(), 1979);
///
/// let document = SiteDocument::new(json!({"date_inscribed": 1066, "critera": []}), Language::English).unwrap();
/// let violations = document.merge(quito).unwrap_err();
/// let pointers: Vec<_> = violations.iter().map(|violation| violation.pointer.as_str()).collect();
/// assert_eq!(pointers, ["/date_inscribed", "/critera"]);
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct SiteDocument {
    members: Map<String, Value>,
    language: Language,
    /// The year in which it is said, where that counts.
    said_in: Option<Year>,
}

/// What the members that are not there say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Absent {
    /// That nothing is known.
    Unknown,
    /// That it stays as it is (RFC 7396).
    Same,
    /// Nothing: they must be there.
    Missing,
}

impl SiteDocument {
    /// This document, with texts that are in one language only in `language`.
    ///
    /// # Errors
    /// It is no object, or has far too many members.
    pub fn new(document: Value, language: Language) -> Result<Self, Violations> {
        let Value::Object(members) = document else {
            return Err(Violation::of_all("is a JSON object with the keys of a site").into());
        };
        if members.len() > MOST_MEMBERS {
            let reason = format!("has {} members; a site has at most {MOST_MEMBERS}", members.len());
            return Err(Violation::of_all(reason).into());
        }
        Ok(Self { members, language, said_in: None })
    }

    /// The same, said in this year, where that counts: what it has of later ones is a violation.
    #[must_use]
    pub fn said_in(self, year: Option<Year>) -> Self {
        Self { said_in: year, ..self }
    }

    /// Why something changes, where the document says so.
    ///
    /// # Errors
    /// It is no text that could be shown.
    pub fn reason(&self) -> Result<Option<&str>, Violation> {
        match self.members.get(REASON) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => {
                check_reason(text).map_err(|reason| Violation::of(REASON, reason))?;
                Ok(Some(text))
            }
            Some(_) => Err(Violation::of(REASON, "is a text or null")),
        }
    }

    /// The number of the site.
    ///
    /// # Errors
    /// It is missing, or no number of a site.
    pub fn id(&self) -> Result<SiteId, Violation> {
        let number = self.members.get("id").ok_or_else(|| Violation::of("id", "is missing"))?;
        let id = number.as_u64().and_then(|number| u32::try_from(number).ok());
        id.and_then(|id| SiteId::new(id).ok()).ok_or_else(|| {
            Violation::of("id", format!("is the number of a site, a whole number from 1 to {}", SiteId::MAX))
        })
    }

    /// The site that this one is to be a part of, where the document names one.
    #[must_use]
    pub fn superseder(&self) -> Option<SiteId> {
        let number = self.members.get("superseded_by")?.as_u64()?;
        SiteId::new(u32::try_from(number).ok()?).ok()
    }

    /// A new site, of which nothing is known that the document does not say.
    ///
    /// # Errors
    /// All violations at once.
    pub fn create(&self) -> Result<Site, Violations> {
        match self.id() {
            Ok(id) => Reading::new(self, blank(id)?, Absent::Unknown).finish(),
            Err(violation) => {
                // Any id will do to find what else is wrong.
                let any = SiteId::new(SiteId::MAX).map_err(|error| Violation::of("id", error.to_string()))?;
                let mut reading = Reading::new(self, blank(any)?, Absent::Unknown);
                reading.violations.push(violation);
                reading.finish()
            }
        }
    }

    /// The site as the document says, which has every key that can be written.
    ///
    /// # Errors
    /// All violations at once.
    pub fn replace(&self, before: &Site) -> Result<Site, Violations> {
        Reading::new(self, before.clone(), Absent::Missing).expecting_id().finish()
    }

    /// The site with what the document says and the rest as it is: a merge patch (RFC 7396). What hangs on a value goes
    /// with it: a site that is on the list again has no year in which it left.
    ///
    /// # Errors
    /// All violations at once.
    pub fn merge(&self, before: &Site) -> Result<Site, Violations> {
        Reading::new(self, before.clone(), Absent::Same).expecting_id().finish()
    }
}

/// Whether a reason can be shown.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check_reason(text: &str) -> Result<(), String> {
    structure::text(text, LONGEST_REASON)
}

/// The fields that can be written, each with those that are valid together with it only.
pub(crate) fn writable() -> impl Iterator<Item = &'static SiteField> {
    Unit::all().flat_map(Unit::fields)
}

/// The site off the list since this year, as said `now`, where that counts: not since one to come.
///
/// # Errors
/// It became part of another site, or was not on the list by then, or something is known of it after that.
pub fn delist(before: &Site, year: Year, now: Option<Year>) -> Result<Site, Violations> {
    if let Status::Superseded { year, by } = before.status {
        let reason =
            format!("is superseded: the site is part of site {by} since {year}; PATCH its status instead");
        return Err(Violation::of("status", reason).into());
    }
    let site = Site { status: Status::Delisted { year }, ..before.clone() };
    let mut violations = Violations::default();
    for contradiction in contradiction::added(before, &site, now) {
        violations.push(Violation::of("year", contradiction.reason));
    }
    violations.none().map(|()| site)
}

fn blank(id: SiteId) -> Result<Site, Violations> {
    SiteField::blank_site(id).map_err(|error| Violation::of_all(error.to_string()).into())
}

/// The keys of a single site.
fn keys() -> impl Iterator<Item = &'static SiteField> {
    SiteField::all().iter().filter(|field| matches!(field.key, Key::Always | Key::Single))
}
