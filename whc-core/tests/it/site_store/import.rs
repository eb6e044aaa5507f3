//! What a curator has set outlives imports.

use whc_core::import::{self, Options, Plan};
use whc_core::testing::TestDatabase;
use whc_core::{
    ChangeQuery, Language, MemorySites, Names, PostgresSites, RevisionOrigin, SiteRecord, SiteStore, Status,
};

use super::{corrected, fields, id, record, year};

const LIST_2026: &[u8] = include_bytes!("../import/samples/list-2026.xml");
const STATISTICS_XLSX: &[u8] = include_bytes!("../import/samples/statistics.xlsx");

async fn imported(store: &dyn SiteStore, file: &[u8], overruled: &str, options: Options) -> Plan {
    let export = import::read(file, None).unwrap();
    let origin = RevisionOrigin::file("file").overruling(fields(overruled));
    let options = options.overruling(fields(overruled));
    let mut planned = None;
    store
        .revise_from(&origin, &mut |known| {
            let plan = import::plan(known, &export, &options)?;
            planned = Some(plan.clone());
            Ok(plan.sites.into())
        })
        .await
        .unwrap();
    planned.unwrap()
}

fn told(plan: &Plan, site: u32) -> Vec<String> {
    let about = plan.findings.iter().filter(|finding| finding.site == Some(id(site)));
    about.filter(|finding| finding.found.contains("curator")).map(ToString::to_string).collect()
}

const CORRECTED: &str = "name_en name_fr date_inscribed criteria status";

/// Corrects what both files say of the site 1.
async fn correct(store: &dyn SiteStore) -> SiteRecord {
    corrected(store, 1, |site| {
        let mut names = site.names.translations().clone();
        names.set(Language::French, "Les Galápagos");
        names.set(Language::English, "The Galápagos Islands");
        site.names = Names::try_from(names).unwrap();
        site.inscribed = year(1979);
        site.criteria = "i".parse().unwrap();
        // Earlier than the files, so that they bring it back.
        site.status = Status::Delisted { year: year(1980) };
    })
    .await
}

fn expect_kept(plan: &Plan, now: &SiteRecord, corrected: &SiteRecord) {
    assert_eq!((&now.curated, now.site.inscribed), (&corrected.curated, corrected.site.inscribed));
    assert_eq!((&now.site.names, now.site.criteria), (&corrected.site.names, corrected.site.criteria));
    assert_eq!(now.site.status, corrected.site.status);
    let told = told(plan, 1);
    for line in [
        "site 1, date_inscribed: the file has \"1978\", a curator has set \"1979\"; the curator's is kept; \
            --overrule date_inscribed takes the file's",
        "site 1, status: the file has \"inscribed\", a curator has set \"delisted 1980\"",
    ] {
        assert!(told.iter().any(|told| told.contains(line)), "{line}: {told:#?}");
    }
    // What is kept is not told as if it were taken.
    assert!(
        !plan.findings.iter().any(|finding| finding.to_string().contains("the year of the file is taken"))
    );
}

async fn a_correction_outlives_files(store: &dyn SiteStore) {
    imported(store, LIST_2026, "", Options::default()).await;
    let corrected = correct(store).await;
    assert_eq!(corrected.curated, fields(CORRECTED));
    for file in [LIST_2026, STATISTICS_XLSX, LIST_2026] {
        let plan = imported(store, file, "", Options::with_removals(true)).await;
        expect_kept(&plan, &record(store, 1).await, &corrected);
    }
    let plan = imported(store, STATISTICS_XLSX, "date_inscribed extended", Options::default()).await;
    let now = record(store, 1).await;
    assert_eq!((now.site.inscribed, now.site.criteria), (year(1978), corrected.site.criteria));
    assert_eq!(now.curated, fields("name_en name_fr criteria status"));
    let told = told(&plan, 1);
    let taken = |line: &String| line.contains("date_inscribed") && line.contains("the file's is taken");
    assert!(told.iter().any(taken), "{told:#?}");
    let last = store.changes(&ChangeQuery::LATEST).await.unwrap().items.swap_remove(0);
    assert_eq!((last.site, last.source.as_deref()), (id(1), Some("file")));
    assert!(last.fields.iter().any(|field| field == "date_inscribed"), "{:?}", last.fields);
    let before = store.version().await.unwrap();
    imported(store, STATISTICS_XLSX, "", Options::default()).await;
    assert_eq!(store.version().await.unwrap(), before, "the same once more changes nothing");
}

#[tokio::test]
async fn a_correction_outlives_files_in_memory() {
    a_correction_outlives_files(&MemorySites::new([])).await;
}

#[tokio::test]
async fn a_correction_outlives_files_in_a_database() {
    let database = TestDatabase::new().await;
    a_correction_outlives_files(&PostgresSites::new(&database.config()).unwrap()).await;
}

/// A site that a curator says is on the list is not delisted by a file that lacks it.
#[tokio::test]
async fn a_status_set_by_hand_outlives_a_file_without_the_site() {
    let store = MemorySites::new([]);
    imported(&store, LIST_2026, "", Options::default()).await;
    for status in [Status::Delisted { year: year(2020) }, Status::Inscribed] {
        corrected(&store, 33, |site| site.status = status).await;
    }
    let export = String::from_utf8(LIST_2026.to_vec()).unwrap();
    let without =
        export.lines().filter(|line| !line.contains("<id_number>33<")).collect::<Vec<_>>().join("\n");
    let without = without.replace("rows=\"5\"", "rows=\"4\"");
    let plan = imported(&store, without.as_bytes(), "", Options::with_removals(true)).await;
    assert_eq!(record(&store, 33).await.site.status, Status::Inscribed);
    assert_eq!((plan.summary.delisted.len(), plan.summary.gone.len()), (0, 1));
    assert_eq!(told(&plan, 33).len(), 1, "{:#?}", plan.findings);
    let plan = imported(&store, without.as_bytes(), "status", Options::with_removals(true)).await;
    assert_eq!(plan.summary.delisted.len(), 1);
    assert!(record(&store, 33).await.site.status.left().is_some());
}
