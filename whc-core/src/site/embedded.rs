//! The World Heritage List as facts compiled into the crate; `data/LICENSE` tells where they come from.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hasher};
use std::str::FromStr;
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use csv::StringRecord;
use serde::Deserialize;

use super::{
    Component, CountryCode, Hectares, Language, Names, Point, Region, Regions, Site, SiteId, StateParty,
    Status, Translations, WikidataId, Year,
};
use crate::error::{Error, Result};

const SITES: Table = Table { name: "sites.csv", text: include_str!("../../data/sites.csv") };
const DELISTED: Table = Table { name: "delisted.csv", text: include_str!("../../data/delisted.csv") };
const COMPONENTS: Table = Table { name: "components.csv", text: include_str!("../../data/components.csv") };
const STATES: Table = Table { name: "states.csv", text: include_str!("../../data/states.csv") };
const WIKIDATA: Table = Table { name: "wikidata.csv", text: include_str!("../../data/wikidata.csv") };

/// Every site of the embedded facts, ordered by id: those on the list and those that left it.
///
/// # Errors
/// An internal error names the table and the row that cannot be read.
pub fn embedded() -> Result<Vec<Site>> {
    let mut components = components()?;
    let wikidata = wikidata()?;
    let mut sites = Vec::with_capacity(1300);
    for table in [SITES, DELISTED] {
        table.each(|line| {
            let row: Row<'_> = line.read()?;
            let id = row.id;
            let mut site = row.into_site().map_err(|error| error.within(format!("site {id}")))?;
            site.components = components.remove(&id).unwrap_or_default();
            site.wikidata = wikidata.get(&id).copied();
            sites.push(site);
            Ok(())
        })?;
    }
    sites.sort_by_key(|site| site.id);
    Ok(sites)
}

/// Names this edition of the facts: the same for the same tables.
#[must_use]
pub fn embedded_version() -> String {
    let mut hasher = DefaultHasher::new();
    for table in [SITES, DELISTED, COMPONENTS, STATES, WIKIDATA] {
        hasher.write(table.text.as_bytes());
    }
    format!("embedded-{:016x}", hasher.finish())
}

/// When these facts were put together: 1 November 2026. To be moved with every change of the tables, for clients that
/// ask by time.
#[must_use]
pub fn embedded_modified() -> SystemTime {
    const DAYS: u64 = 20_758;
    SystemTime::UNIX_EPOCH + Duration::from_hours(24 * DAYS)
}

/// UNESCO's English name of the state with this code, for all states that have or had a site.
#[must_use]
pub fn state_name(code: CountryCode) -> Option<&'static str> {
    states().get(&code).copied()
}

/// UNESCO's English names of all states that have or had a site, by code.
pub fn states() -> &'static BTreeMap<CountryCode, &'static str> {
    static TABLE: OnceLock<BTreeMap<CountryCode, &str>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = STATES.text.lines().skip(1).filter_map(|line| line.split_once(','));
        lines.filter_map(|(code, name)| Some((code.parse().ok()?, name.trim_matches('"')))).collect()
    })
}

/// One line of `sites.csv` or, with the last two columns, of `delisted.csv`.
#[derive(Deserialize)]
struct Row<'a> {
    id: u32,
    category: &'a str,
    criteria: &'a str,
    criteria_complete: u8,
    regions: &'a str,
    states: &'a str,
    inscribed: u16,
    extended: &'a str,
    danger: &'a str,
    transboundary: u8,
    longitude: Option<f64>,
    latitude: Option<f64>,
    area_hectares: Option<f64>,
    name_en: &'a str,
    name_fr: &'a str,
    name_es: &'a str,
    name_ru: &'a str,
    name_ar: &'a str,
    name_zh: &'a str,
    left: Option<u16>,
    superseded_by: Option<u32>,
}

impl Row<'_> {
    fn into_site(self) -> Result<Site> {
        Ok(Site {
            criteria: self.criteria.parse()?,
            criteria_complete: self.criteria_complete == 1,
            regions: self.regions.split_whitespace().map(Region::from_str).collect::<Result<Regions>>()?,
            states: self.states()?,
            extended: self.extended.split_whitespace().map(Year::from_str).collect::<Result<_>>()?,
            danger: self.danger.parse()?,
            status: self.status()?,
            transboundary: self.transboundary == 1,
            point: match (self.longitude, self.latitude) {
                (Some(longitude), Some(latitude)) => Some(Point::new(longitude, latitude)?),
                _ => None,
            },
            area: self.area_hectares.map(Hectares::new).transpose()?,
            ..Site::new(
                SiteId::new(self.id)?,
                self.names()?,
                self.category.parse()?,
                Year::new(self.inscribed)?,
            )
        })
    }

    fn names(&self) -> Result<Names> {
        let texts = [self.name_en, self.name_fr, self.name_es, self.name_ru, self.name_ar, self.name_zh];
        Language::ALL.into_iter().zip(texts).collect::<Translations>().try_into()
    }

    /// Codes separated by spaces, or `=` and the name of a state without a code.
    fn states(&self) -> Result<Vec<StateParty>> {
        if let Some(name) = self.states.strip_prefix('=') {
            return Ok(vec![StateParty { iso: None, name: name.into() }]);
        }
        let states = self.states.split_whitespace().map(|code| {
            let iso: CountryCode = code.parse()?;
            let name =
                state_name(iso).ok_or_else(|| Error::internal(format!("{iso} is not in states.csv")))?;
            Ok(StateParty { iso: Some(iso), name: name.into() })
        });
        states.collect()
    }

    fn status(&self) -> Result<Status> {
        let year = self.left.map(Year::new).transpose()?;
        let by = self.superseded_by.map(SiteId::new).transpose()?;
        Ok(match (year, by) {
            (None, _) => Status::Inscribed,
            (Some(year), None) => Status::Delisted { year },
            (Some(year), Some(by)) => Status::Superseded { year, by },
        })
    }
}

fn components() -> Result<HashMap<u32, Vec<Component>>> {
    let mut components: HashMap<u32, Vec<Component>> = HashMap::new();
    COMPONENTS.each(|line| {
        let (id, longitude, latitude, iso): (u32, f64, f64, Option<&str>) = line.read()?;
        let country = iso.map(CountryCode::from_str).transpose()?;
        let point = Point::new(longitude, latitude)?;
        components.entry(id).or_default().push(Component { point, country });
        Ok(())
    })?;
    Ok(components)
}

fn wikidata() -> Result<HashMap<u32, WikidataId>> {
    let mut items = HashMap::new();
    WIKIDATA.each(|line| {
        let (id, item): (u32, &str) = line.read()?;
        items.insert(id, item.parse()?);
        Ok(())
    })?;
    Ok(items)
}

/// A table compiled into the crate.
struct Table {
    name: &'static str,
    text: &'static str,
}

impl Table {
    /// Calls `each` with every row. The rows share one buffer, so nothing is copied.
    fn each(&self, mut each: impl FnMut(Line<'_>) -> Result<()>) -> Result<()> {
        let mut reader = csv::Reader::from_reader(self.text.as_bytes());
        let unreadable = |error| Error::internal(format!("{} cannot be read", self.name)).with_source(error);
        let headers = reader.headers().map_err(unreadable)?.clone();
        let mut record = StringRecord::new();
        while reader.read_record(&mut record).map_err(unreadable)? {
            each(Line { headers: &headers, record: &record }).map_err(|error| error.within(self.name))?;
        }
        Ok(())
    }
}

/// One line of a table.
struct Line<'a> {
    headers: &'a StringRecord,
    record: &'a StringRecord,
}

impl<'a> Line<'a> {
    fn read<T: Deserialize<'a>>(&self) -> Result<T> {
        self.record
            .deserialize(Some(self.headers))
            .map_err(|error| Error::internal("a line does not fit the table").with_source(error))
    }
}
