//! Many at once, an import among them: nothing is lost, nobody waits for ever.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use whc_core::import::{self, Export, Options};
use whc_core::repository::{IdempotentRequest, SitePlacement, SitePut};
use whc_core::testing::TestDatabase;
use whc_core::{
    ChangeKind, ChangeQuery, FieldName, IfMatch, KnownSites, MemorySites, PostgresContacts, PostgresSites,
    RevisionOrigin, Site, SiteStore, Status,
};

use super::{bare, curator, events, id, put, record, trace};

const EDITORS: u32 = 50;

/// The site that all of them edit, which is in the file too.
const SITE: u32 = 769;

const FILE: &[u8] = include_bytes!("../import/samples/statistics.xlsx");

type Stores = [Arc<dyn SiteStore>; 2];

/// Two stores on one database, as two instances have them, a third one that imports, and the audit.
async fn instances(database: &TestDatabase) -> (Stores, Arc<dyn SiteStore>, PostgresContacts) {
    let (mut desk, writer) = (database.member_of("whc_desk").await, database.member_of("whc_writer").await);
    // Whoever waits too long for others is told so; here all of them are to come to an end, however slow the machine.
    (desk.connect_timeout, desk.query_timeout) = (Duration::from_mins(2), Duration::from_mins(2));
    let importer = Arc::new(PostgresSites::new(&writer).unwrap());
    let audit = PostgresContacts::new(&desk).unwrap();
    ([(); 2].map(|()| Arc::new(PostgresSites::new(&desk).unwrap()) as _), importer, audit)
}

/// `EDITORS_FILE` names an official file to import in their midst; without it a small one of the same kind is.
#[expect(clippy::disallowed_methods, reason = "a switch for developers, not configuration")]
pub(crate) fn export() -> Export {
    let file = std::env::var("EDITORS_FILE").map(|path| std::fs::read(path).unwrap());
    import::read(file.as_deref().unwrap_or(FILE), None).unwrap()
}

pub(crate) async fn import(store: &dyn SiteStore, export: &Export) -> usize {
    let options = Options::default().accepting(FieldName::all());
    let origin = RevisionOrigin::file("statistics.xlsx");
    let mut plan = |known: &KnownSites<'_>| Ok(import::plan(known, export, &options)?.sites.into());
    store.revise_from(&origin, &mut plan).await.unwrap()
}

/// What each editor makes of it, with an import in the midst of them.
async fn all<T: Send + 'static, F>(
    stores: &Stores,
    importer: &Arc<dyn SiteStore>,
    work: impl Fn(u32, Arc<dyn SiteStore>) -> F,
) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
{
    // Read before: only what is done in the database is in their midst.
    let export = export();
    let editors: JoinSet<T> =
        (0..EDITORS).map(|editor| work(editor, Arc::clone(&stores[usize::from(editor % 2 == 1)]))).collect();
    let importer = Arc::clone(importer);
    let importing = tokio::spawn(async move { import(&*importer, &export).await });
    let outcomes = editors.join_all().await;
    importing.await.unwrap();
    outcomes
}

/// Each looks and writes until it has written once. The years are those that all of them add.
async fn everybody_writes(stores: Stores, importer: Arc<dyn SiteStore>) -> usize {
    let losses = all(&stores, &importer, |editor, store| async move {
        for losses in 0_usize.. {
            let before = record(&*store, SITE).await;
            let mut site = Site::clone(&before.site);
            site.extended.push(super::year(2000 + u16::try_from(editor).unwrap()));
            match put(&*store, site, Some(&IfMatch::only(&before.revision))).await {
                SitePlacement::Changed { .. } => return losses,
                SitePlacement::Stale(now) => assert_ne!(now, before.revision),
                other => unreachable!("{other:?}"),
            }
        }
        unreachable!()
    })
    .await;
    let last = record(&*stores[0], SITE).await;
    let mut years: Vec<_> = last.site.extended.iter().map(|year| u32::from(year.get())).collect();
    years.sort_unstable();
    assert_eq!(years, (2000..2000 + EDITORS).collect::<Vec<_>>(), "each is there, and once");
    losses.into_iter().sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_editors_and_an_import_lose_nothing() {
    let database = TestDatabase::new().await;
    let (stores, importer, audit) = instances(&database).await;
    put(&*stores[0], bare(SITE), None).await;
    let losses = everybody_writes(stores.clone(), importer).await;
    assert!(losses > 0, "nobody was ever late: they did not work at once");

    let events = events(&audit, SITE).await;
    assert_eq!(events.len(), 1 + EDITORS as usize);
    let query = ChangeQuery::LATEST.with(|query| query.ids = [id(SITE)].into());
    let mut history = stores[1].changes(&query).await.unwrap().items;
    history.retain(|change| change.kind == ChangeKind::Changed && change.source.is_none());
    assert_eq!(history.len(), EDITORS as usize, "a line of history for each");
    assert!(history.iter().all(|change| change.fields == ["extended"]));
    // What each event says there was before is what the one before it left.
    let values = |at: usize| &events[at].values[0];
    for at in 2..events.len() {
        assert_eq!(values(at).before, values(at - 1).after, "something came in between");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_editors_in_memory_lose_nothing() {
    let memory: Arc<dyn SiteStore> = Arc::new(MemorySites::new([]));
    put(&*memory, bare(SITE), None).await;
    everybody_writes([Arc::clone(&memory), Arc::clone(&memory)], memory).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_editors_of_one_state_one_wins() {
    let database = TestDatabase::new().await;
    let (stores, importer, _) = instances(&database).await;
    put(&*stores[0], bare(SITE), None).await;
    // Imported before, so that the import in their midst writes nothing.
    import(&*importer, &export()).await;
    let before = record(&*stores[0], SITE).await;
    let outcomes = all(&stores, &importer, move |editor, store| {
        let if_match = IfMatch::only(&before.revision);
        let mut site = Site::clone(&before.site);
        site.extended = vec![super::year(2000 + u16::try_from(editor).unwrap())];
        async move { put(&*store, site, Some(&if_match)).await }
    })
    .await;
    let now = record(&*stores[1], SITE).await;
    let (won, lost): (Vec<_>, Vec<_>) =
        outcomes.into_iter().partition(|outcome| matches!(outcome, SitePlacement::Changed { .. }));
    assert!(matches!(&won[..], [SitePlacement::Changed { after, .. }] if *after == now), "{won:?}");
    assert_eq!(lost, vec![SitePlacement::Stale(now.revision); EDITORS as usize - 1]);
}

/// Two people make each of two sites a part of the other, at once, again and again.
async fn parts_of_each_other(stores: &[Arc<dyn SiteStore>; 2], rounds: u32) {
    for round in 0..rounds {
        let pair = [3000 + 2 * round, 3001 + 2 * round];
        for number in pair {
            put(&*stores[0], bare(number), None).await;
        }
        let start = Arc::new(tokio::sync::Barrier::new(2));
        let supersede = |at: usize| {
            let (store, start) = (Arc::clone(&stores[at]), Arc::clone(&start));
            let (part, whole) = (pair[at], id(pair[1 - at]));
            tokio::spawn(async move {
                let trace = trace();
                let request = SitePut::new(id(part), Some(&IfMatch::Any), &trace).superseded_by(Some(whole));
                let status = Status::Superseded { year: super::year(2020), by: whole };
                start.wait().await;
                let edited = Site { status, ..bare(part) };
                store.put(&curator(), &request, &mut |_| Ok(edited.clone().into())).await.unwrap().placement
            })
        };
        let (one, other) = (supersede(0), supersede(1));
        let outcomes = [one.await.unwrap(), other.await.unwrap()];
        let changed = outcomes.iter().filter(|outcome| matches!(outcome, SitePlacement::Changed { .. }));
        let refused = outcomes.iter().filter(|outcome| match outcome {
            SitePlacement::Invalid(violations) => {
                violations.iter().all(|wrong| wrong.pointer == "/superseded_by")
            }
            _ => false,
        });
        assert_eq!((changed.count(), refused.count()), (1, 1), "{round}: {outcomes:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_two_sites_are_parts_of_each_other() {
    let database = TestDatabase::new().await;
    let (stores, ..) = instances(&database).await;
    parts_of_each_other(&stores, 100).await;
    let memory: Arc<dyn SiteStore> = Arc::new(MemorySites::new([]));
    parts_of_each_other(&[Arc::clone(&memory), memory], 1000).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_requests_with_one_key_create_one_site_and_one_event() {
    let database = TestDatabase::new().await;
    let (stores, importer, audit) = instances(&database).await;
    let outcomes = all(&stores, &importer, |_, store| async move {
        let (target, location) = ("POST /api/whcsites", "/api/whcsites/9999");
        let request = IdempotentRequest { key: "one", target, body: b"{}", location };
        let trace = trace();
        let put = SitePut::new(id(9999), None, &trace).sent_again_with(Some(&request));
        store.put(&curator(), &put, &mut |_| Ok(bare(9999).into())).await.unwrap().placement
    })
    .await;
    let site = record(&*stores[0], 9999).await;
    let created = outcomes.iter().filter(|outcome| matches!(outcome, SitePlacement::Created(_))).count();
    let others = outcomes.iter().filter(|outcome| match outcome {
        SitePlacement::Again(recorded) => recorded.status == 201 && recorded.version == site.revision,
        SitePlacement::InFlight => true,
        _ => false,
    });
    assert_eq!((created, others.count()), (1, EDITORS as usize - 1), "{outcomes:?}");
    assert_eq!(events(&audit, 9999).await.len(), 1);
}
