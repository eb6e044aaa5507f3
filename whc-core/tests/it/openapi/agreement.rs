//! The description against the service: both have the same paths, parameters, values and headers.

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, StatusCode};
use whc_core::web::handle;
use whc_core::{App, KnownSites, MemorySites, ReplicatedSites, Site, SiteStore};

use super::operation::{Operation, examples, words};
use super::schema::Schemas;
use super::{document, get, json};

#[tokio::test]
async fn the_paths_are_those_a_lost_client_is_told_about() {
    let detail = json(get("/nowhere-at-all-and-far-from-it").await)["detail"].as_str().unwrap().to_owned();
    let told: BTreeSet<_> =
        detail.split_once("there are ").unwrap().1.split(", ").map(str::to_owned).collect();
    let document = document("3.1").await;
    let described: BTreeSet<_> = document["paths"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(described, told);
}

#[tokio::test]
async fn a_success_has_one_type() {
    let document = document("3.0").await;
    for operation in Operation::open(&document).into_iter().chain(Operation::private(&document)) {
        let contents = operation.contents_of_success();
        // Clients that progenitor makes have one type for it.
        assert_eq!(contents.len(), 1, "{} {}: {contents:?}", operation.method, operation.path);
    }
}

#[tokio::test]
async fn the_parameters_are_those_the_parser_knows() {
    for operation in Operation::open(&document("3.1").await) {
        let described: BTreeSet<_> =
            operation.in_query().map(|p| p["name"].as_str().unwrap().to_owned()).collect();
        let response = get(&format!("{}?qwertyuiopasdfghjkl=1", operation.address())).await;
        let known = match response.status() {
            StatusCode::BAD_REQUEST => {
                let detail = json(response)["detail"].as_str().unwrap().to_owned();
                detail.split_once("there are ").unwrap().1.split(", ").map(str::to_owned).collect()
            }
            _ => BTreeSet::new(),
        };
        assert_eq!(described, known, "{}", operation.path);
    }
}

#[tokio::test]
async fn no_parameter_is_read_as_what_it_does_not_say() {
    for operation in Operation::open(&document("3.1").await) {
        operation.refuses_other_bytes(async |path| json(get(path).await)).await;
    }
    let problem = json(get("/api/whcsites?q=%ff&limit=%fe&%ff=1&utm_source=%ff").await);
    let names: Vec<_> =
        problem["errors"].as_array().unwrap().iter().map(|error| error["parameter"].clone()).collect();
    assert_eq!(names, ["q", "limit", "%ff"]);
}

#[tokio::test]
async fn the_words_of_a_parameter_are_those_the_parser_knows() {
    let mut compared = 0;
    for operation in Operation::open(&document("3.1").await) {
        for parameter in operation.in_query() {
            let name = parameter["name"].as_str().unwrap();
            let problem = json(get(&format!("{}?{name}=qwertyuiopasdfghjkl", operation.address())).await);
            let detail = problem["detail"].as_str().unwrap_or_default();
            let Some((_, known)) = detail.split_once("must be one of ") else { continue };
            let known: BTreeSet<_> =
                known.rsplit_once(", not ").unwrap().0.split(", ").map(str::to_owned).collect();
            let described = BTreeSet::from_iter(words(&parameter["schema"]));
            assert_eq!(described, known, "{name} of {}", operation.path);
            compared += 1;
        }
    }
    assert!(compared >= 10, "{compared}");
}

#[tokio::test]
async fn what_is_described_as_a_list_may_be_repeated_and_nothing_else() {
    for operation in Operation::open(&document("3.1").await) {
        for parameter in operation.in_query() {
            let (name, example) = (parameter["name"].as_str().unwrap(), &examples(parameter)[0]);
            let twice = format!("{name}={example}&{name}={example}").replace(' ', "+");
            let response = get(&format!("{}?{twice}", operation.address())).await;
            let refused = response.status() == StatusCode::BAD_REQUEST
                && json(response)["errors"].to_string().contains("more than once");
            assert_eq!(refused, parameter["schema"]["type"] != "array", "{name} of {}", operation.path);
        }
    }
}

#[tokio::test]
async fn every_example_is_answered_as_described() {
    let document = document("3.1").await;
    let schemas = Schemas::of(&document);
    for operation in Operation::open(&document) {
        for query in operation.queries() {
            let address = format!("{}?{query}", operation.address());
            let response = get(&address).await;
            assert!(response.status().is_success(), "{address}: {response:?}");
            operation.check(&schemas, response);
        }
    }
}

#[tokio::test]
async fn every_problem_is_as_described() {
    let document = document("3.1").await;
    let schemas = Schemas::of(&document);
    for operation in Operation::open(&document) {
        for address in [
            format!("{}?qwerty=1", operation.address()),
            operation.path.replace("{id}", "99998"),
            operation.path.replace("{id}", "x"),
            format!("{}?q={}", operation.address(), "x".repeat(9000)),
        ] {
            operation.check(&schemas, get(&address).await);
        }
    }
}

#[tokio::test]
async fn a_snapshot_with_a_history_is_described() {
    let source = Arc::new(MemorySites::embedded().unwrap());
    let rename = |sites: &KnownSites<'_>| {
        let names = whc_core::Names::new("Renamed").unwrap();
        Ok(vec![Site { names, ..Site::clone(&sites[0]) }])
    };
    source.revise(&mut { rename }).await.unwrap();
    let sites = ReplicatedSites::new(source as _);
    sites.refresh().await.unwrap();
    let app = App::new(Arc::new(sites));
    let document = document("3.1").await;
    let schemas = Schemas::of(&document);
    for operation in Operation::open(&document).iter().filter(|operation| !operation.path.contains("nearby"))
    {
        let json = operation.in_query().any(|parameter| {
            parameter["name"] == "f" && words(&parameter["schema"]).contains(&"json".to_owned())
        });
        for query in ["", "?f=json"].into_iter().filter(|query| query.is_empty() || json) {
            let request = Request::get(format!("{}{query}", operation.address())).body(Bytes::new()).unwrap();
            let response = handle(&app, request).await;
            assert!(response.status().is_success(), "{}", operation.path);
            let body = response.body().clone().into_bytes();
            assert!(!String::from_utf8_lossy(&body).contains("\"data\":[]"), "{} is empty", operation.path);
            operation.check(&schemas, response);
        }
    }
}
