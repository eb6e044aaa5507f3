//! Many at once: nobody loses what was written unseen, and nothing is done twice.

use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::task::JoinSet;
use whc_core::contact::{Contact, ContactVersion, IfMatch, TextField};
use whc_core::repository::{Creation, Deletion, IdempotentRequest, Placement};
use whc_core::testing::TestDatabase;
use whc_core::{ContactRepository, MemoryContacts, PostgresContacts};

use super::{caller, case, events, named, trace};

const EDITORS: usize = 50;

type Stores = [Arc<dyn ContactRepository>; 2];

/// Two stores on one database, as two instances have them.
async fn instances(database: &TestDatabase) -> Stores {
    let desk = database.member_of("whc_desk").await;
    [(); 2].map(|()| Arc::new(PostgresContacts::new(&desk).unwrap()) as _)
}

async fn put(
    store: &dyn ContactRepository,
    name: &str,
    if_match: Option<&IfMatch<ContactVersion>>,
) -> Placement {
    let access = caller().case_access(case(1)).unwrap();
    store.put(&access, named(name), if_match, &trace()).await.unwrap()
}

async fn get(store: &dyn ContactRepository) -> Contact {
    store.get(&caller().case_access(case(1)).unwrap()).await.unwrap().unwrap()
}

/// What `work` makes of all of them at once.
async fn all<T: Send + 'static, F>(
    stores: &Stores,
    work: impl Fn(usize, Arc<dyn ContactRepository>) -> F,
) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
{
    let editors = (0..EDITORS).map(|editor| work(editor, Arc::clone(&stores[editor % 2])));
    editors.collect::<JoinSet<_>>().join_all().await
}

async fn one_of_many_wins(stores: Stores) {
    put(&*stores[0], "first", None).await;
    let version = get(&*stores[0]).await.version;
    let outcomes = all(&stores, move |editor, store| {
        let if_match = IfMatch::only(&version);
        async move { put(&*store, &format!("editor {editor}"), Some(&if_match)).await }
    });
    let outcomes = outcomes.await;
    let winner = get(&*stores[1]).await;
    let (won, lost): (Vec<_>, Vec<_>) =
        outcomes.into_iter().partition(|outcome| matches!(outcome, Placement::Replaced(_)));
    assert_eq!(won, [Placement::Replaced(winner.clone())]);
    assert_eq!(lost, vec![Placement::Stale(winner.version); EDITORS - 1]);
    assert_eq!(events(&*stores[0]).await.len(), 2);
}

/// Each looks and writes until it has written once.
async fn everybody_wins_in_the_end(stores: Stores) {
    put(&*stores[0], "first", None).await;
    let written: Vec<ContactVersion> = all(&stores, |editor, store| async move {
        loop {
            let if_match = IfMatch::only(&get(&*store).await.version);
            if let Placement::Replaced(contact) =
                put(&*store, &format!("editor {editor}"), Some(&if_match)).await
            {
                return contact.version;
            }
        }
    })
    .await;
    let last = get(&*stores[1]).await;
    assert!(written.contains(&last.version));
    assert!(last.details.text(TextField::FirstName).unwrap().starts_with("editor "));
    let events = events(&*stores[0]).await;
    assert_eq!(events.len(), 1 + EDITORS);
    assert_eq!(events.last().unwrap().at, last.updated);
}

async fn a_key_creates_once(stores: Stores) {
    let outcomes = all(&stores, |_, store| async move {
        let (target, location) = ("POST /api/contacts", "/api/cases/1/contact");
        let request = IdempotentRequest { key: "one", target, body: b"{}", location };
        let access = caller().case_access(case(1)).unwrap();
        store.create(&access, named("Ada"), Some(&request), &trace()).await.unwrap()
    });
    let outcomes = outcomes.await;
    let contact = get(&*stores[1]).await;
    let created = outcomes.iter().filter(|outcome| matches!(outcome, Creation::Created(_))).count();
    let others = outcomes.iter().filter(|outcome| match outcome {
        Creation::Again(recorded) => recorded.status == 201 && recorded.version == contact.version,
        Creation::InFlight => true,
        _ => false,
    });
    assert_eq!((created, others.count()), (1, EDITORS - 1), "{outcomes:?}");
    assert_eq!(events(&*stores[0]).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_editors_of_one_state_one_wins_and_the_others_hear_of_it() {
    one_of_many_wins(instances(&TestDatabase::new().await).await).await;
    let memory: Arc<dyn ContactRepository> = Arc::new(MemoryContacts::new());
    one_of_many_wins([Arc::clone(&memory), memory]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_editors_who_look_again_all_write_and_all_are_in_the_audit() {
    everybody_wins_in_the_end(instances(&TestDatabase::new().await).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_requests_with_one_key_create_one_contact_and_one_event() {
    a_key_creates_once(instances(&TestDatabase::new().await).await).await;
    let memory: Arc<dyn ContactRepository> = Arc::new(MemoryContacts::new());
    a_key_creates_once([Arc::clone(&memory), memory]).await;
}

/// A caller that goes away in the midst of a change leaves no lock behind, and a change that is there or not.
#[tokio::test]
async fn whoever_goes_away_leaves_nothing_half_done() {
    let database = TestDatabase::new().await;
    let [store, other] = instances(&database).await;
    let access = caller().case_access(case(1)).unwrap();
    let mut outcomes = [0, 0];
    for steps in (1..=4).cycle().take(12) {
        // A connection that is open, so that the first step begins the change.
        store.ready().await.unwrap();
        let mut change = Box::pin(put(&*store, "gone", None));
        for _ in 0..steps {
            let step = std::future::poll_fn(|context| Poll::Ready(change.as_mut().poll(context)));
            if step.await.is_ready() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        drop(change);
        let told = events(&*other).await.len();
        let deletion = other.delete(&access, &IfMatch::Any, &trace()).await.unwrap();
        let there = deletion == Deletion::Deleted;
        outcomes[usize::from(there)] += 1;
        // A commit that was under way when the events were counted is not among them.
        let added = events(&*other).await.len() - told;
        assert!(if there { added == 1 || added == 2 } else { added == 0 }, "after {steps} steps: {added}");
    }
    assert!(outcomes.iter().all(|&count| count > 0), "it was always or never there: {outcomes:?}");
}
