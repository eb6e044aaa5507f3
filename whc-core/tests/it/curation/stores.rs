//! The same requests have the same outcome on every store.

use std::sync::Arc;

use http::Response;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use whc_core::testing::{TestDatabase, conformance};
use whc_core::web::Body;
use whc_core::{App, MemorySites, PostgresSites, SiteStore};

use super::{etag, instance, send};
use crate::access::ScopesAsToken;
use crate::client::json;

async fn database() -> TestDatabase {
    let database = TestDatabase::new().await;
    let store = PostgresSites::new(&database.config()).unwrap();
    store.revise(&mut |_| Ok(conformance::fixture())).await.unwrap();
    database
}

fn in_memory() -> App {
    let sites = Arc::new(MemorySites::new(conformance::fixture()));
    App::builder(Arc::clone(&sites) as _).site_store(sites).authenticator(Arc::new(ScopesAsToken)).build()
}

/// A request, and which of the tags seen so far it sends: the last, an earlier one, or whichever there is.
#[derive(Clone, Debug)]
struct Step {
    method: &'static str,
    target: String,
    body: String,
    tag: Option<usize>,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let tag = proptest::option::of(0_usize..4);
    let step = (0..7, 1_u32..4, 1975_u16..1980, tag).prop_map(|(kind, id, year, tag)| {
        let site = format!("/api/whcsites/{id}");
        let (method, target, body) = match kind {
            0 | 1 => ("PATCH", site, format!(r#"{{"date_inscribed":{year}}}"#)),
            2 => ("PATCH", site, format!(r#"{{"names":{{"fr":"Nom {year}"}},"reason":"{year}"}}"#)),
            3 => ("DELETE", format!("{site}?year={}&reason=x", year + 40), String::new()),
            4 => ("PATCH", site, r#"{"status":"inscribed"}"#.to_owned()),
            5 => ("DELETE", format!("{site}/curated/date_inscribed"), String::new()),
            _ => {
                let names = r#"{"en":"X"}"#;
                let new = format!(
                    r#"{{"id":{},"names":{names},"category":"Natural","date_inscribed":{year}}}"#,
                    900 + id
                );
                ("POST", "/api/whcsites".to_owned(), new)
            }
        };
        Step { method, target, body, tag }
    });
    proptest::collection::vec(step, 12)
}

/// What there is to see: all sites and the history, without the times.
async fn seen(app: &App) -> (Value, Value) {
    let list = json(send(app, "GET", "/api/whcsites?status=all&limit=1000", &[], "").await);
    let mut changes = json(send(app, "GET", "/api/changes", &[], "").await)["data"].take();
    // What the store began with is in the history of a database, and what was changed at one time has no order.
    let changes = changes.as_array_mut().unwrap();
    changes.retain(|change| change["kind"] != "added" || (901..904).any(|id| change["site_id"] == id));
    for change in &mut *changes {
        change["at"] = Value::Null;
    }
    (list["data"].clone(), Value::Array(changes.clone()))
}

/// One of the stores, with the tags of site 1 that clients have seen.
struct Desk(App, Vec<String>);

impl Desk {
    async fn take(&mut self, step: &Step) -> Response<Body> {
        let Self(app, tags) = self;
        // The tags are of site 1.
        let back = step.tag.filter(|_| step.target.starts_with("/api/whcsites/1"));
        let tag = back.map_or("*", |back| &tags[tags.len().saturating_sub(back + 1)]).to_owned();
        let response = send(app, step.method, &step.target, &[("if-match", &tag)], &step.body).await;
        let site = send(app, "GET", "/api/whcsites/1?fields=curated", &[], "").await;
        tags.push(etag(&site));
        response
    }

    /// Which of the states of the site are the same.
    fn pattern(&self) -> Vec<usize> {
        let state = |tag: &String| tag.split('.').next().unwrap_or_default().to_owned();
        let states: Vec<_> = self.1.iter().map(state).collect();
        states.iter().map(|state| states.iter().position(|other| other == state).unwrap()).collect()
    }
}

#[tokio::test]
async fn any_sequence_of_requests_has_the_same_outcome_on_every_store() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..6 {
        let steps = steps().new_tree(&mut runner).unwrap().current();
        let database = database().await;
        let mut desks = Vec::new();
        for app in [in_memory(), instance(&database.member_of("whc_desk").await).await] {
            let first = etag(&send(&app, "GET", "/api/whcsites/1", &[], "").await);
            desks.push(Desk(app, vec![first]));
        }
        for step in &steps {
            let mut outcomes = Vec::new();
            for desk in &mut desks {
                let response = desk.take(step).await;
                outcomes.push((response.status(), seen(&desk.0).await, desk.pattern()));
            }
            assert_eq!(outcomes[0], outcomes[1], "after {step:?} of {steps:?}");
        }
    }
}
