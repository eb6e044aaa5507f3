//! The World Heritage List as facts compiled into the crate; `data/LICENSE` names their sources.

mod notes;
mod table;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use self::notes::NotesById;
#[cfg(feature = "import")]
pub(crate) use self::notes::replaced_point;
pub(super) use self::table::Rows;
use self::table::{Row, Table};

use super::{
    Component, Components, CountryCode, Hectares, Language, Point, Regions, Site, SiteId, StateParty, Status,
    Translations, Year,
};
use crate::error::{Error, Result};

/// The columns of all sites, on the list or no longer.
const SITE: &str = "id category criteria criteria_complete regions states inscribed extended danger transboundary \
                    longitude latitude area_hectares name_en name_fr name_es name_ru name_ar name_zh";

const SITES: Table =
    Table { name: "sites.tsv", columns: &[SITE], text: include_str!("../../data/sites.tsv") };
const DELISTED: Table = Table {
    name: "delisted.tsv",
    columns: &[SITE, "left superseded_by"],
    text: include_str!("../../data/delisted.tsv"),
};
const COMPONENTS: Table = Table {
    name: "components.tsv",
    columns: &["id longitude latitude iso_code"],
    text: include_str!("../../data/components.tsv"),
};
const STATES: Table =
    Table { name: "states.tsv", columns: &["iso_code name"], text: include_str!("../../data/states.tsv") };
const WIKIDATA: Table =
    Table { name: "wikidata.tsv", columns: &["id item"], text: include_str!("../../data/wikidata.tsv") };

/// Every site of the embedded facts, ordered by id: those on the list and those that left it.
///
/// # Errors
/// An internal error names the table and the row that cannot be read.
pub fn embedded() -> Result<Vec<Site>> {
    let mut sites = read(|site| site)?;
    sites.sort_by_key(|site| site.id);
    Ok(sites)
}

/// The same, shared: a site is large, and is not moved twice at a cold start.
pub(crate) fn embedded_shared() -> Result<Vec<Arc<Site>>> {
    let mut sites = read(Arc::new)?;
    sites.sort_by_key(|site| site.id);
    Ok(sites)
}

fn read<T>(shared: impl Fn(Site) -> T) -> Result<Vec<T>> {
    let mut sites = Vec::with_capacity(1300);
    for table in [SITES, DELISTED] {
        // All tables are in the order of ids.
        let (mut components, mut wikidata) = (COMPONENTS.by_id()?, WIKIDATA.by_id()?);
        let mut notes = NotesById::new()?;
        table.each(|row| {
            let id = row.value()?;
            let mut site = site(SiteId::new(id)?, row).map_err(|error| error.within(format!("site {id}")))?;
            let (count, rows) = components.take(id)?;
            site.components = Components::unread(count, rows, read_components);
            site.wikidata = wikidata.take(id)?.1.read(Row::value)?.pop();
            site.notes = notes.take(id)?;
            sites.push(shared(site));
            Ok(())
        })?;
    }
    Ok(sites)
}

/// The version of the facts: equal for equal tables.
#[must_use]
pub fn embedded_version() -> String {
    // By `build.rs`: at each cold start it would cost as much as reading a fifth of the sites.
    env!("WHC_EMBEDDED_VERSION").to_owned()
}

/// The date of these facts, 26 November 2026, for `Last-Modified`. To be changed with the tables.
#[must_use]
pub fn embedded_modified() -> SystemTime {
    const DAYS: u64 = 20_783;
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
        let rows = STATES.text.lines().skip(1).filter_map(|row| row.split_once('\t'));
        rows.filter_map(|(code, name)| Some((code.parse().ok()?, name))).collect()
    })
}

/// The site of a row whose first cell was its id.
fn site(id: SiteId, row: &mut Row) -> Result<Site> {
    let category = row.value()?;
    let (criteria, criteria_complete) = (row.value()?, row.flag());
    let regions: Regions = row.values()?;
    let states = states_of(row.text())?;
    let (inscribed, extended, danger) = (row.value()?, row.values()?, row.value()?);
    let transboundary = row.flag();
    let (longitude, latitude) = (row.optional()?, row.optional()?);
    let area = row.optional()?.map(Hectares::new).transpose()?;
    let names = Language::ALL.map(|language| (language, row.text())).into_iter().collect::<Translations>();
    let (left, superseded_by) = (row.optional()?, row.optional()?);
    Ok(Site {
        criteria,
        criteria_complete,
        regions,
        states,
        extended,
        danger,
        status: status(left, superseded_by)?,
        transboundary,
        point: longitude
            .zip(latitude)
            .map(|(longitude, latitude)| Point::new(longitude, latitude))
            .transpose()?,
        area,
        ..Site::new(id, names.try_into()?, category, inscribed)
    })
}

/// Codes separated by spaces, or `=` and the name of a state without a code.
fn states_of(cell: &str) -> Result<Vec<StateParty>> {
    if let Some(name) = cell.strip_prefix('=') {
        return Ok(vec![StateParty { iso: None, name: name.into() }]);
    }
    let states = cell.split_whitespace().map(|code| {
        let iso: CountryCode = code.parse()?;
        let name = state_name(iso).ok_or_else(|| Error::internal(format!("{iso} is not in states.tsv")))?;
        Ok(StateParty { iso: Some(iso), name: name.into() })
    });
    states.collect()
}

fn status(left: Option<Year>, superseded_by: Option<u32>) -> Result<Status> {
    let by = superseded_by.map(SiteId::new).transpose()?;
    Ok(match (left, by) {
        (None, _) => Status::Inscribed,
        (Some(year), None) => Status::Delisted { year },
        (Some(year), Some(by)) => Status::Superseded { year, by },
    })
}

/// What is no component is none of the rows: a test compares the numbers.
fn read_components(rows: Rows) -> Box<[Component]> {
    let component = |row: &mut Row| {
        let point = Point::new(row.value()?, row.value()?)?;
        Ok(Component { point, country: row.optional()? })
    };
    rows.read(component).unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use std::hash::{DefaultHasher, Hasher};

    use super::notes::{NOTES, POINTS};
    use super::{COMPONENTS, DELISTED, SITES, STATES, WIKIDATA, embedded_version};

    #[test]
    fn the_version_is_of_these_tables() {
        let mut hasher = DefaultHasher::new();
        for table in [SITES, DELISTED, COMPONENTS, STATES, WIKIDATA, NOTES, POINTS] {
            hasher.write(table.text.as_bytes());
        }
        assert_eq!(embedded_version(), format!("embedded-{:016x}", hasher.finish()));
    }
}
