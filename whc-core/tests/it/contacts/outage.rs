//! A server that is killed in the midst of writes: what was acknowledged is there, and nothing is half there.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use whc_core::audit::{AuditAction, AuditEvent};
use whc_core::contact::{CaseId, Contact, IfMatch, TextField};
use whc_core::repository::{ContactQuery, Placement};
use whc_core::testing::TestDatabase;
use whc_core::{ContactRepository, PostgresContacts, Window};

use super::{caller, case, events, named, trace};

const WRITERS: usize = 8;
const WRITES: usize = 250;

/// How many writes were acknowledged, and how many began.
#[derive(Default)]
struct Progress {
    begun: AtomicUsize,
    acknowledged: AtomicUsize,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_loses_no_acknowledged_write_and_keeps_no_half_of_one() {
    let database = TestDatabase::alone().await;
    let store: Arc<dyn ContactRepository> =
        Arc::new(PostgresContacts::new(&database.member_of("whc_desk").await).unwrap());
    let progress = Arc::new(Progress::default());
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| tokio::spawn(write(Arc::clone(&store), writer, Arc::clone(&progress))))
        .collect();
    while progress.begun.load(Ordering::Relaxed) < WRITERS * WRITES / 3 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    database.restart().await;
    let before = progress.acknowledged.load(Ordering::Relaxed);
    let mut acknowledged = Vec::new();
    for writer in writers {
        acknowledged.extend(writer.await.unwrap());
    }
    let (begun, after) = (progress.begun.load(Ordering::Relaxed), acknowledged.len());
    assert!(begun == WRITERS * WRITES && after < begun, "nobody noticed: {after} of {begun}");
    assert!(after > before, "nothing was written afterwards: {before}, then {after}");

    let contacts = contacts(&*store).await;
    let mut told: BTreeMap<CaseId, Vec<AuditEvent>> = BTreeMap::new();
    for event in events(&*store).await {
        told.entry(event.subject.case().unwrap()).or_default().push(event);
    }
    for (case, request) in &acknowledged {
        assert!(told[case].iter().any(|event| event.request_id == *request), "{request} is lost");
    }
    assert!(told.keys().eq(contacts.keys()), "contacts without events, or events without contacts");
    for (case, contact) in &contacts {
        let events = &told[case];
        assert_eq!(events[0].action, AuditAction::Create);
        assert!(events[1..].iter().all(|event| event.action == AuditAction::Update), "{events:?}");
        let last = events.last().unwrap();
        assert_eq!(Some(&*last.request_id), contact.details.text(TextField::FirstName));
        assert_eq!((events[0].at, last.at), (contact.created, contact.updated));
    }
}

/// Creates and replaces contacts of its own, each with the id of the request that wrote it, and returns what was
/// acknowledged.
async fn write(
    store: Arc<dyn ContactRepository>,
    writer: usize,
    progress: Arc<Progress>,
) -> Vec<(CaseId, String)> {
    let mut acknowledged = Vec::new();
    for number in 0..WRITES {
        let case = case((1 + writer * WRITES + number / 2) as u64);
        let if_match = (number % 2 == 1).then_some(IfMatch::Any);
        let trace = trace();
        let access = caller().case_access(case).unwrap();
        progress.begun.fetch_add(1, Ordering::Relaxed);
        match store.put(&access, named(trace.request_id()), if_match.as_ref(), &trace).await {
            Ok(Placement::Created(_) | Placement::Replaced(_)) => {
                progress.acknowledged.fetch_add(1, Ordering::Relaxed);
                acknowledged.push((case, trace.request_id().to_owned()));
            }
            // Its creation failed.
            Ok(other) => assert_eq!(other, Placement::Missing),
            Err(error) => {
                assert!(error.is_unavailable(), "{}", error.report());
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    acknowledged
}

async fn contacts(store: &dyn ContactRepository) -> BTreeMap<CaseId, Contact> {
    let query = ContactQuery::new(None, Window::ALL);
    let page = store.list(&caller().contact_reader().unwrap(), &query).await.unwrap();
    page.items.into_iter().map(|contact| (contact.case, contact)).collect()
}
