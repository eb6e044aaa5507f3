//! A World Heritage site and the facts known of it.

mod as_of;
mod category;
mod change;
mod components;
mod contradiction;
mod country;
mod danger;
mod difference;
mod digest;
mod edit;
mod embedded;
pub(crate) mod field;
mod field_name;
pub(crate) mod json;
mod known_sites;
mod location;
mod notes;
mod query;
mod record;
mod revision;
mod serialization;
mod statistics;
mod status;
mod text;
mod year;

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

pub use self::category::{Category, Criteria, Criterion};
pub use self::change::{Change, ChangeKind, ChangeQuery};
pub use self::components::{Component, Components};
#[cfg(feature = "import")]
pub(crate) use self::contradiction::first_added as first_contradiction;
pub use self::country::Country;
pub use self::danger::{Danger, InDanger};
#[cfg(feature = "testing")]
pub(crate) use self::difference::differ_in_last_place;
pub use self::difference::{FieldChange, difference};
pub(crate) use self::difference::{differing, known};
pub(crate) use self::digest::Digest;
pub use self::edit::{LONGEST_REASON, REASON, SiteDocument, delist};
pub(crate) use self::edit::{check_reason, writable};
pub(crate) use self::embedded::embedded_shared;
#[cfg(feature = "import")]
pub(crate) use self::embedded::replaced_point;
pub use self::embedded::{embedded, embedded_modified, embedded_version, state_name, states};
#[cfg(feature = "import")]
pub(crate) use self::field::text_name;
pub use self::field_name::FieldName;
pub(crate) use self::known_sites::Curated;
pub use self::known_sites::KnownSites;
pub use self::location::{CountryCode, Hectares, Point, Region, Regions, StateParty};
pub use self::notes::Notes;
#[cfg(feature = "import")]
pub(crate) use self::notes::notes_on_the_same;
pub(crate) use self::notes::without_outdated_notes;
pub use self::query::{
    Between, BoundingBox, CriteriaMatch, Decade, EARTH_RADIUS_KM, Facets, Kilometres, Near, Order, Search,
    SiteQuery, SortKey, StatusFilter, fold,
};
pub(crate) use self::query::{Index, IndexPart, Selection};
pub use self::record::SiteRecord;
pub use self::revision::SiteRevision;
pub use self::statistics::{Statistics, YearCounts};
pub use self::status::Status;
#[cfg(feature = "import")]
pub(crate) use self::text::is_invisible;
pub use self::text::{Language, Names, Translations};
pub use self::year::{Period, Year};

use crate::error::{Error, Result};

/// UNESCO's number of a site (`id_no`, `id_number`): 1 for the Galápagos Islands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteId(NonZeroU32);

impl SiteId {
    /// The greatest number accepted. UNESCO is near 1800; the bound keeps slips like a date or a dossier out.
    pub const MAX: u32 = 999_999;

    /// The id with this number.
    ///
    /// # Errors
    /// Zero and numbers over [`MAX`](Self::MAX) are invalid.
    pub fn new(number: u32) -> Result<Self> {
        NonZeroU32::new(number).filter(|number| number.get() <= Self::MAX).map(Self).ok_or_else(|| {
            Error::invalid(format!("a site id is a number from 1 to {}, not {number}", Self::MAX))
        })
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0.get()
    }
}

impl fmt::Display for SiteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for SiteId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let invalid =
            || Error::invalid(format!("a site id is a number from 1 to {}, not \"{text}\"", Self::MAX));
        // `u32::from_str` accepts a plus sign; a path with one would be a second URL of the same site.
        if text.starts_with('+') {
            return Err(invalid());
        }
        Self::new(text.parse().map_err(|_| invalid())?).map_err(|_| invalid())
    }
}

/// The number of a Wikidata item, shown as `Q8343766`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WikidataId(u64);

impl WikidataId {
    /// Seventy times the items that there are.
    pub const MAX: u64 = 9_999_999_999;

    /// The item with this number.
    ///
    /// # Errors
    /// It is 0, or far over the numbers that there are.
    pub fn new(number: u64) -> Result<Self> {
        if (1..=Self::MAX).contains(&number) {
            Ok(Self(number))
        } else {
            Err(Error::invalid(format!("a Wikidata item has a number from 1 to {}, not {number}", Self::MAX)))
        }
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for WikidataId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Q{}", self.0)
    }
}

impl FromStr for WikidataId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        // Neither Q042 nor Q+42, which would be shown as Q42.
        text.strip_prefix('Q')
            .filter(|digits| digits.starts_with(|first: char| ('1'..='9').contains(&first)))
            .and_then(|digits| Self::new(digits.parse().ok()?).ok())
            .ok_or_else(|| {
                Error::invalid(format!("a Wikidata item is Q and a number, like Q8343766, not \"{text}\""))
            })
    }
}

/// A site on the World Heritage List, or one that was on it.
///
/// The types of the fields hold valid values only, so a `Site` needs no further check. What is not known is `None` or
/// empty, never zero.
///
/// # Serialized
/// A `Site` is the object that `GET /api/whcsites/{id}` has in `data`, in English, with three keys more: the API shows
/// `short_description` and `justification` in one language, so `short_descriptions` and `justifications` have them in all,
/// and `notes` only where they are asked for.
/// What was written is read again as it was, through the constructors of each type: a mistake is an error that begins with
/// its key. There must be `id`, `names`, `category` and `date_inscribed`; what else is missing or `null` is not known. Keys
/// that say the same in other words (`name`, `danger_list`, `region`, `url` and the like) are not read, and those of no field
/// are ignored, so that an older program reads what a newer one wrote.
///
/// ```
/// use whc_core::{MemorySites, Site};
/// # let path = std::env::temp_dir().join(format!("whc-sites-{}.json", std::process::id()));
/// # let sites = whc_core::site::embedded()?;
///
/// // A store in JSON: a line to write it, a line to read it.
/// std::fs::write(&path, serde_json::to_vec(&sites)?)?;
/// let read: Vec<Site> = serde_json::from_slice(&std::fs::read(&path)?)?;
///
/// assert_eq!(read, sites);
/// let repository = MemorySites::new(read);
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Coordinates and areas come back to the last digit only if `serde_json` has its feature `float_roundtrip`, which this crate
/// turns on.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// UNESCO's number, the one stable key.
    pub id: SiteId,
    /// The name, always in English and in up to five more languages.
    pub names: Names,
    /// What the site is, as plain text; only from an imported file.
    pub short_descriptions: Translations,
    /// Why it was inscribed, as plain text; only from an imported file.
    pub justifications: Translations,
    /// Cultural, natural or mixed.
    pub category: Category,
    /// The criteria it was inscribed under.
    pub criteria: Criteria,
    /// Whether `criteria` are all of them; the source of some recent sites omits criterion (vi).
    pub criteria_complete: bool,
    /// The UNESCO regions it lies in; four sites lie in several.
    pub regions: Regions,
    /// The states it belongs to, by ISO code, those without a code last.
    pub states: Vec<StateParty>,
    /// The year of inscription.
    pub inscribed: Year,
    /// The years it was extended or modified, ascending.
    pub extended: Vec<Year>,
    /// The List of World Heritage in Danger: now and before.
    pub danger: Danger,
    /// Whether it is on the list, or how it left.
    pub status: Status,
    /// Whether it crosses the border of states.
    pub transboundary: bool,
    /// The reference point.
    pub point: Option<Point>,
    /// The area of the property without buffer zones.
    pub area: Option<Hectares>,
    /// The parts of a serial site, each a point.
    pub components: Components,
    /// The Wikidata item about it.
    pub wikidata: Option<WikidataId>,
    /// Where single facts come from, if not from an official file.
    pub notes: Notes,
}

impl Site {
    /// A site on the list of which only the arguments are known; set the other fields afterwards.
    #[must_use]
    pub fn new(id: SiteId, names: Names, category: Category, inscribed: Year) -> Self {
        Self {
            id,
            names,
            short_descriptions: Translations::default(),
            justifications: Translations::default(),
            category,
            criteria: Criteria::default(),
            criteria_complete: true,
            regions: Regions::default(),
            states: Vec::new(),
            inscribed,
            extended: Vec::new(),
            danger: Danger::default(),
            status: Status::default(),
            transboundary: false,
            point: None,
            area: None,
            components: Components::default(),
            wikidata: None,
            notes: Notes::default(),
        }
    }

    /// The codes of the states it belongs to, each once.
    pub fn countries(&self) -> impl Iterator<Item = CountryCode> {
        let known = |before: usize, iso| self.states[..before].iter().any(|state| state.iso == Some(iso));
        let new = move |(at, state): (usize, &StateParty)| state.iso.filter(|iso| !known(at, *iso));
        self.states.iter().enumerate().filter_map(new)
    }

    /// UNESCO's page about the site.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://whc.unesco.org/en/list/{}", self.id)
    }
}
