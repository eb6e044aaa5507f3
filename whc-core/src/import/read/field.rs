//! The columns of all exports under one set of names.

use crate::site::{Criterion, Language, text_name};

/// What a column, an element or a key is about, independent of its name in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Field {
    Id,
    Name(Language),
    Description(Language),
    Justification(Language),
    Category,
    Criteria,
    Criterion(Criterion),
    CulturalCriteria,
    NaturalCriteria,
    Inscribed,
    Extended,
    Danger,
    DangerEnd,
    DangerList,
    Longitude,
    Latitude,
    Coordinates,
    Area,
    States,
    Codes,
    Regions,
    Transboundary,
    Components,
}

/// Examples for the message when no column is known: one name for each kind of export.
pub(in crate::import) const KEYS: &str = "id_no (XLS, XLSX, CSV), id_number (XML) or id_no or ID (whc001)";

/// Columns that only the portal's data set whc001 has.
const PORTAL: [&str; 7] =
    ["uuid", "iso_codes", "isocodes", "states_names", "unescoid", "components_list", "region_code"];

/// Lower case, with underscores for spaces: the portal's label `Name EN` becomes the field's name `name_en`.
pub(in crate::import) fn normalized(header: &str) -> String {
    let header = header.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    header.to_lowercase().replace([' ', '-', '\u{A0}'], "_")
}

/// Whether a column with this normalized name shows that the file comes from the portal.
pub(in crate::import) fn is_portal(name: &str) -> bool {
    PORTAL.contains(&name)
}

impl Field {
    /// The field a normalized name stands for, and its rank: where a row fills several columns of one field, the
    /// lowest rank counts.
    pub(in crate::import) fn named(name: &str) -> Option<(Self, u8)> {
        if let Some(found) = Self::translated(name) {
            return Some(found);
        }
        Some(match name {
            "id_no" => (Self::Id, 0),
            "id_number" => (Self::Id, 1),
            "unescoid" => (Self::Id, 2),
            "id" => (Self::Id, 3),
            "category" | "catégorie" => (Self::Category, 0),
            "category_short" => (Self::Category, 1),
            "criteria_txt" => (Self::Criteria, 0),
            "criteria" => (Self::Criteria, 1),
            "cultural_criteria" => (Self::CulturalCriteria, 0),
            "natural_criteria" => (Self::NaturalCriteria, 0),
            "date_inscribed" => (Self::Inscribed, 0),
            "year" => (Self::Inscribed, 1),
            "secondary_dates" => (Self::Extended, 0),
            "danger" => (Self::Danger, 0),
            "date_end" => (Self::DangerEnd, 0),
            "danger_list" => (Self::DangerList, 0),
            "longitude" => (Self::Longitude, 0),
            "latitude" => (Self::Latitude, 0),
            "coordinates" | "coordonnées" | "coords" => (Self::Coordinates, 0),
            "area_hectares" | "areahectares" => (Self::Area, 0),
            "states_name_en" => (Self::States, 0),
            "states_names" => (Self::States, 1),
            "states" | "countries" => (Self::States, 2),
            "iso_code" | "iso_codes" | "isocodes" => (Self::Codes, 0),
            "region_en" => (Self::Regions, 0),
            "regions" => (Self::Regions, 1),
            "region" => (Self::Regions, 2),
            "transboundary" => (Self::Transboundary, 0),
            "transnational" => (Self::Transboundary, 1),
            "components_list" => (Self::Components, 0),
            "components" => (Self::Components, 1),
            _ => return Self::criterion(name),
        })
    }

    /// Whether a column with this normalized name holds the id.
    pub(in crate::import) fn is_key(name: &str) -> bool {
        matches!(Self::named(name), Some((Self::Id, _)))
    }

    /// Whether it holds words in a language.
    pub(in crate::import) fn is_text(self) -> bool {
        matches!(self, Self::Name(_) | Self::Description(_) | Self::Justification(_))
    }

    /// Whether two columns of it say the same. A short description and a long one need not, and parts are told in several ways.
    pub(in crate::import) fn has_one_meaning(self) -> bool {
        !matches!(self, Self::Description(_) | Self::Justification(_) | Self::Components)
    }

    /// The name findings use, that of the column in the statistics file where it has one.
    pub(in crate::import) fn name(self) -> &'static str {
        match self {
            Self::Id => "id_no",
            Self::Name(language) => text_name("name", language),
            Self::Description(language) => text_name("short_description", language),
            Self::Justification(language) => text_name("justification", language),
            Self::Category => "category",
            Self::Criteria | Self::Criterion(_) => "criteria_txt",
            Self::CulturalCriteria => "cultural_criteria",
            Self::NaturalCriteria => "natural_criteria",
            Self::Inscribed => "date_inscribed",
            Self::Extended => "secondary_dates",
            Self::Danger => "danger",
            Self::DangerEnd => "date_end",
            Self::DangerList => "danger_list",
            Self::Longitude => "longitude",
            Self::Latitude => "latitude",
            Self::Coordinates => "coordinates",
            Self::Area => "area_hectares",
            Self::States => "states_name_en",
            Self::Codes => "iso_code",
            Self::Regions => "region_en",
            Self::Transboundary => "transboundary",
            Self::Components => "components",
        }
    }

    /// Texts with a language at the end, or English without one.
    fn translated(name: &str) -> Option<(Self, u8)> {
        match name {
            "name" | "site" => return Some((Self::Name(Language::English), 1)),
            "short_description" => return Some((Self::Description(Language::English), 1)),
            "description" => return Some((Self::Description(Language::English), 2)),
            "justification" => return Some((Self::Justification(Language::English), 1)),
            _ => {}
        }
        let (stem, language) = name.rsplit_once('_')?;
        let language = language.parse().ok()?;
        Some(match stem {
            "name" => (Self::Name(language), 0),
            "short_description" => (Self::Description(language), 0),
            "description" => (Self::Description(language), 3),
            "justification" => (Self::Justification(language), 0),
            _ => return None,
        })
    }

    /// `c1` to `c6` and `n7` to `n10`.
    fn criterion(name: &str) -> Option<(Self, u8)> {
        criterion(name).map(|criterion| (Self::Criterion(criterion), 0))
    }
}

/// The criterion with the code `c1` to `c6` or `n7` to `n10`, in any case.
pub(in crate::import) fn criterion(code: &str) -> Option<Criterion> {
    const CODES: [(&str, &str); 10] = [
        ("c1", "i"),
        ("c2", "ii"),
        ("c3", "iii"),
        ("c4", "iv"),
        ("c5", "v"),
        ("c6", "vi"),
        ("n7", "vii"),
        ("n8", "viii"),
        ("n9", "ix"),
        ("n10", "x"),
    ];
    CODES.iter().find(|(known, _)| known.eq_ignore_ascii_case(code))?.1.parse().ok()
}
