//! The importer: every format, every known defect of files, and no loss of data.

mod belief;
mod columns;
mod compiled;
mod cost;
mod damage;
mod departure;
mod faults;
mod formats;
mod history;
mod layout;
mod merging;
mod neighbours;
mod official;
mod own;
mod own_changed;
mod plausibility;
mod prose;
mod spoiling;
mod spoilt;
mod strangers;
mod table;
mod text;
mod words;

use std::sync::Arc;

use whc_core::import::{self, Export, Options, Plan};
use whc_core::{Point, Site, SiteId};

const LIST_2024: &[u8] = include_bytes!("import/samples/list-2024.xml");
const LIST_2026: &[u8] = include_bytes!("import/samples/list-2026.xml");
const STATISTICS_CSV: &[u8] = include_bytes!("import/samples/statistics.csv");
const STATISTICS_XLS: &[u8] = include_bytes!("import/samples/statistics.xls");
const STATISTICS_XLSX: &[u8] = include_bytes!("import/samples/statistics.xlsx");
const KHARTIS: &[u8] = include_bytes!("import/samples/khartis.csv");
const WINDOWS_1252: &[u8] = include_bytes!("import/samples/windows-1252.csv");
const PORTAL_CSV: &[u8] = include_bytes!("import/samples/whc001.csv");
const PORTAL_JSON: &[u8] = include_bytes!("import/samples/whc001.json");
const PORTAL_RECORDS: &[u8] = include_bytes!("import/samples/records.json");
const PORTAL_DERIVED: &[u8] = include_bytes!("import/samples/derived.json");
const PORTAL_GEOJSON: &[u8] = include_bytes!("import/samples/whc001.geojson");

/// Every sample, whole.
const ALL: [&[u8]; 12] = [
    LIST_2024,
    LIST_2026,
    STATISTICS_CSV,
    STATISTICS_XLS,
    STATISTICS_XLSX,
    KHARTIS,
    WINDOWS_1252,
    PORTAL_CSV,
    PORTAL_JSON,
    PORTAL_RECORDS,
    PORTAL_DERIVED,
    PORTAL_GEOJSON,
];

const REMOVE: Options = Options::with_removals(true);

/// As [`REMOVE`], be they most of the list.
fn remove_many() -> Options {
    REMOVE.accepting(["status".parse().unwrap()])
}

/// Sites as a store would hold them, without a store.
#[derive(Default)]
struct Known(Vec<Arc<Site>>);

impl Known {
    /// The embedded facts.
    fn embedded() -> Self {
        Self::of(whc_core::site::embedded().unwrap())
    }

    /// The embedded facts of some sites.
    fn some(ids: &[u32]) -> Self {
        Self::of(
            whc_core::site::embedded()
                .unwrap()
                .into_iter()
                .filter(|site| ids.contains(&site.id.get()))
                .collect(),
        )
    }

    fn of(sites: Vec<Site>) -> Self {
        Self(sites.into_iter().map(Arc::new).collect())
    }

    /// Plans and writes, and checks that a second run writes nothing.
    fn import(&mut self, bytes: &[u8]) -> Plan {
        self.import_with(&read(bytes), &Options::default())
    }

    fn import_with(&mut self, export: &Export, options: &Options) -> Plan {
        let plan = import::plan(&self.0, export, options).unwrap();
        for site in &plan.sites {
            self.0.retain(|known| known.id != site.id);
            self.0.push(Arc::new(site.clone()));
        }
        self.0.sort_by_key(|site| site.id);
        let again = import::plan(&self.0, export, options).unwrap();
        assert!(again.sites.is_empty(), "a second run would write {:?}", again.summary);
        plan
    }

    fn site(&self, id: u32) -> &Site {
        self.0.iter().find(|site| site.id == SiteId::new(id).unwrap()).unwrap()
    }
}

/// The point at these degrees.
fn point(longitude: f64, latitude: f64) -> Point {
    Point::new(longitude, latitude).unwrap()
}

fn read(bytes: &[u8]) -> Export {
    import::read(bytes, None).unwrap()
}

/// The only site of a file that describes one, imported into nothing.
fn only(bytes: &[u8]) -> Site {
    let mut known = Known::default();
    known.import(bytes);
    assert_eq!(known.0.len(), 1);
    known.site(known.0[0].id.get()).clone()
}

/// The file as CSV with these columns and lines.
fn csv(header: &str, lines: &[&str]) -> Vec<u8> {
    format!("{header}\n{}\n", lines.join("\n")).into_bytes()
}

/// Whether any finding says this.
fn says(plan: &Plan, part: &str) -> bool {
    plan.findings.iter().any(|finding| finding.to_string().contains(part))
}

/// Why the file is refused over the embedded list, whole or not at all.
fn refusal(file: &[u8]) -> String {
    let export = match import::read(file, None) {
        Ok(export) => export,
        Err(error) => return error.to_string(),
    };
    import::plan(&Known::embedded().0, &export, &Options::default()).unwrap_err().to_string()
}

/// The plan over the embedded list, of which no fact may be worse afterwards.
fn harmless(file: &[u8]) -> (Known, Plan) {
    let mut known = Known::embedded();
    let plan = known.import(file);
    assert_eq!(table::worse(&known), Vec::<String>::new());
    (known, plan)
}
