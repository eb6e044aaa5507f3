//! Names of the states of one site.

use std::collections::BTreeSet;
use std::fmt;
use std::io::Write as _;
use std::str::FromStr;
use std::time::SystemTime;

use super::digest::Digest;
use super::{FieldName, Site};
use crate::error::{Error, Result};

/// Names one state of one site. It is another with every change of it, also where an earlier state comes back, so that it
/// can be part of a strong `ETag`.
///
/// ```
/// use whc_core::site::SiteRevision;
/// let revision: SiteRevision = "00000000000000ff".parse()?;
/// assert_eq!(revision, SiteRevision::new(255));
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteRevision(u64);

impl SiteRevision {
    /// The revision with this number. Numbers should be drawn at random, not counted: those of a restored store that counts
    /// come again, with other states behind them.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// The revision of a site in a store that keeps none: made of what the site says.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        let mut digest = Digest::default();
        // Neither can writing into a digest fail, nor has a site anything that is not JSON.
        let _ = serde_json::to_writer(&mut digest, site);
        Self(digest.0)
    }

    /// The revision after this one, in a store that draws none: made of what came before and of what there is now, so that a
    /// state which comes back has another one.
    pub(crate) fn next(
        before: Option<Self>,
        site: &Site,
        curated: &BTreeSet<FieldName>,
        at: SystemTime,
    ) -> Self {
        let mut digest = Digest::default();
        let _ = write!(digest, "{before:?} {:?} {curated:?} {at:?}", Self::of(site));
        Self(digest.0)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for SiteRevision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for SiteRevision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for SiteRevision {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let digit = |letter: u8| letter.is_ascii_digit() || (b'a'..=b'f').contains(&letter);
        let digits = Some(text).filter(|text| text.len() == 16 && text.bytes().all(digit));
        let number = digits.and_then(|digits| u64::from_str_radix(digits, 16).ok());
        number
            .map(Self)
            .ok_or_else(|| Error::invalid("a revision of a site is 16 digits from 0 to 9 and a to f"))
    }
}
