//! Many clients change one site on two instances, with an import in their midst: nothing is lost, and whoever came too late
//! is told so and reads what came before.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::timeout;
use whc_core::testing::{MockClock, TestDatabase};
use whc_core::{App, Clock, PostgresSites, SiteStore};

use super::{data, etag, instance, instance_at, send};
use crate::client;
use crate::site_store::bare;
use crate::site_store::editors::{export, import};

const EDITORS: u16 = 50;

/// The site that all of them change, which is in the file too.
const SITE: &str = "/api/whcsites/769";

/// Adds a year to the site as it is shown, until that is done; returns how often somebody else was faster.
async fn add(app: &App, year: u16) -> usize {
    for losses in 0..500 {
        let shown = send(app, "GET", SITE, &[], "").await;
        let tag = etag(&shown);
        let mut years = client::json(shown)["data"]["extended"].as_array().unwrap().clone();
        years.push(year.into());
        let body = json!({"extended": years, "reason": format!("{year}")}).to_string();
        let response = send(app, "PATCH", SITE, &[("if-match", &tag)], &body).await;
        match response.status().as_u16() {
            200 => return losses,
            412 => {}
            other => assert_eq!(other, 200, "{}", client::json(response)),
        }
    }
    unreachable!("{year} has lost 500 times: the instance does not show what others wrote")
}

/// Two instances on a database with this site, of which the file says more, and a login that imports.
async fn instances(database: &TestDatabase) -> ([App; 2], PostgresSites) {
    let store = PostgresSites::new(&database.config()).unwrap();
    store.revise(&mut |_| Ok(vec![bare(769)])).await.unwrap();
    let (mut desk, mut writer) =
        (database.member_of("whc_desk").await, database.member_of("whc_writer").await);
    // Whoever waits too long for an import is told so; here all are to come to an end, however slow the machine.
    for login in [&mut desk, &mut writer] {
        (login.connect_timeout, login.query_timeout) = (Duration::from_mins(2), Duration::from_mins(2));
    }
    // When each editor has a year of their own that is not to come.
    let clock: Arc<dyn Clock> =
        Arc::new(MockClock::at(SystemTime::UNIX_EPOCH + Duration::from_hours(130 * 8766)));
    let on = || instance_at(&desk, Arc::clone(&clock));
    ([on().await, on().await], PostgresSites::new(&writer).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_editors_beside_an_import_none_loses_what_they_wrote() {
    let (database, export) = (TestDatabase::new().await, export());
    let (apps, importer) = instances(&database).await;
    let before = data(&apps[0], SITE).await["extended"].clone();

    // The import begins when somebody has written, and the last editor when it has ended: so it is in their midst.
    let has_written = Arc::new(Notify::new());
    let editors: JoinSet<usize> = (1..EDITORS)
        .map(|editor| {
            let (app, has_written) = (apps[usize::from(editor % 2)].clone(), Arc::clone(&has_written));
            async move {
                let losses = add(&app, 2050 + editor).await;
                has_written.notify_one();
                losses
            }
        })
        .collect();
    timeout(Duration::from_mins(2), has_written.notified()).await.expect("nobody could write");
    assert!(import(&importer, &export).await > 0, "the file changes nothing");
    let last = add(&apps[0], 2050).await;
    let losses = editors.join_all().await.into_iter().sum::<usize>() + last;
    assert!(losses > 0, "nobody was ever late: they did not work at once");

    let fresh = instance(&database.config()).await;
    let mut years: Vec<Value> = before.as_array().unwrap().clone();
    years.extend((2050..2050 + EDITORS).map(Value::from));
    let now = data(&fresh, SITE).await["extended"].clone();
    assert_eq!(now, Value::from(years), "each is there, and once");

    // The last first.
    let changes = data(&fresh, "/api/changes?id=769&limit=1000").await;
    let changes: Vec<_> =
        changes.as_array().unwrap().iter().filter(|change| change["kind"] == "changed").collect();
    let place = changes.iter().position(|change| !change["source"].is_null());
    let place = place.expect("the file says something else of this site");
    assert_eq!(changes.len(), usize::from(EDITORS) + 1, "a line for each and for the import");
    assert!((1..usize::from(EDITORS)).contains(&place), "{place}: not in their midst");

    // What each event says there was before is what the one before it left.
    let events = data(&fresh, "/api/audit?site_id=769&limit=1000").await;
    let mut values: Vec<_> = events.as_array().unwrap().iter().map(|event| &event["values"][0]).collect();
    values.sort_by_key(|value| value["after"].as_array().map(Vec::len));
    assert_eq!(values.len(), usize::from(EDITORS), "an event for each");
    let mut left = &before;
    for value in values {
        assert_eq!(&value["before"], left, "something came in between");
        left = &value["after"];
    }
    assert_eq!(*left, now);
}
