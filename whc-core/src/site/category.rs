//! Category and criteria: what a site was inscribed as and why.

use std::fmt;
use std::str::FromStr;

use enumset::{EnumSet, EnumSetType};

use crate::error::{Error, Result};

/// What kind of heritage a site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Inscribed under criteria (i) to (vi).
    Cultural,
    /// Inscribed under criteria (vii) to (x).
    Natural,
    /// Inscribed under criteria of both groups.
    Mixed,
}

impl Category {
    /// All categories, in UNESCO's order.
    pub const ALL: [Self; 3] = [Self::Cultural, Self::Natural, Self::Mixed];

    /// UNESCO's English name, `Cultural`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cultural => "Cultural",
            Self::Natural => "Natural",
            Self::Mixed => "Mixed",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Category {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|category| category.name().eq_ignore_ascii_case(text)).ok_or_else(|| {
            Error::invalid(format!("a category is Cultural, Natural or Mixed, not \"{text}\""))
        })
    }
}

/// One of the ten criteria of the Operational Guidelines.
#[derive(Debug, EnumSetType, PartialOrd, Ord, Hash)]
pub enum Criterion {
    /// (i), cultural: a masterpiece of human creative genius.
    I,
    /// (ii), cultural: an interchange of human values.
    Ii,
    /// (iii), cultural: a testimony to a tradition or civilisation.
    Iii,
    /// (iv), cultural: a type of building, ensemble or landscape.
    Iv,
    /// (v), cultural: a settlement or use of land or sea.
    V,
    /// (vi), cultural: a tie to events, ideas, beliefs or works.
    Vi,
    /// (vii), natural: natural phenomena or beauty.
    Vii,
    /// (viii), natural: the history of the Earth.
    Viii,
    /// (ix), natural: ecological and biological processes.
    Ix,
    /// (x), natural: habitats and biological diversity.
    X,
}

impl Criterion {
    /// The Roman numeral UNESCO writes, lower case and without parentheses.
    #[must_use]
    pub fn numeral(self) -> &'static str {
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"][self as usize]
    }

    /// What it requires of a site, in a sentence of ours; the binding text is in the Operational Guidelines.
    #[must_use]
    pub fn summary(self) -> &'static str {
        match self {
            Self::I => "Something people made that reaches the heights of human creativity.",
            Self::Ii => "It shows how ideas about building, art, technology or land passed between peoples.",
            Self::Iii => {
                "It tells of a way of life or a civilisation, alive or gone, as few other places can."
            }
            Self::Iv => {
                "A prime specimen of a kind of building, ensemble or landscape from a turning point of history."
            }
            Self::V => {
                "A long-practised way to settle or to use land or sea, often one that change now threatens."
            }
            Self::Vi => {
                "It is bound up with events, customs, beliefs or works of art that matter to the whole world."
            }
            Self::Vii => "A spectacle of nature, by what happens there or by how it looks.",
            Self::Viii => {
                "The story of the Earth can be read there, in its rocks, landforms, fossils or forces at work."
            }
            Self::Ix => "Living communities on land or in water evolve there and depend on each other.",
            Self::X => {
                "A home that many kinds of plants and animals, rare ones among them, need to survive in the wild."
            }
        }
    }

    /// Whether it is one of the six cultural criteria.
    #[must_use]
    pub fn is_cultural(self) -> bool {
        self <= Self::Vi
    }
}

impl FromStr for Criterion {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        EnumSet::all()
            .iter()
            .find(|criterion: &Self| criterion.numeral().eq_ignore_ascii_case(text))
            .ok_or_else(|| Error::invalid(format!("a criterion is one of i to x, not \"{text}\"")))
    }
}

/// A set of criteria, shown as UNESCO writes it: `(vii)(viii)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Criteria(EnumSet<Criterion>);

impl Criteria {
    /// The empty set.
    pub const NONE: Self = Self(EnumSet::empty());

    /// All ten.
    pub const ALL: Self = Self(EnumSet::all());

    /// Whether the set has `criterion`.
    #[must_use]
    pub fn contains(self, criterion: Criterion) -> bool {
        self.0.contains(criterion)
    }

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Whether every criterion of this set is in `other`.
    #[must_use]
    pub fn is_subset(self, other: Self) -> bool {
        self.0.is_subset(other.0)
    }

    /// The criteria in either set.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The criteria from (i) to (x).
    pub fn iter(self) -> impl Iterator<Item = Criterion> {
        self.0.iter()
    }
}

impl FromIterator<Criterion> for Criteria {
    fn from_iter<I: IntoIterator<Item = Criterion>>(criteria: I) -> Self {
        Self(criteria.into_iter().collect())
    }
}

impl fmt::Display for Criteria {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|criterion| write!(f, "({})", criterion.numeral()))
    }
}

impl FromStr for Criteria {
    type Err = Error;

    /// Reads `(i)(ii)`, with or without spaces; the empty text is the empty set.
    fn from_str(text: &str) -> Result<Self> {
        text.split(|c: char| c == '(' || c == ')' || c.is_whitespace())
            .filter(|part| !part.is_empty())
            .map(Criterion::from_str)
            .collect()
    }
}
