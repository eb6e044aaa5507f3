//! The requests to measure, with values the service itself lists.

use std::sync::Arc;

use super::Result;
use super::client::fetch;

/// Requests to send, in this order.
pub(super) struct Workload {
    pub(super) name: &'static str,
    pub(super) requests: Arc<Vec<String>>,
}

/// Every kind of request.
pub(super) async fn all(port: u16) -> Result<Vec<Workload>> {
    let column = |text: String| -> Vec<String> {
        text.lines().skip(1).filter_map(|line| Some(line.split(',').next()?.to_owned())).collect()
    };
    let ids = column(fetch(port, "/api/whcsites?fields=id&limit=10000&f=csv").await?.1);
    let countries = column(fetch(port, "/api/countries?f=csv").await?.1);
    let categories = ["Cultural", "Natural", "Mixed"];
    let pairs = countries.iter().flat_map(|country| categories.map(|category| (country, category)));
    let whole = |format: &str| vec![format!("/api/whcsites?limit=10000&f={format}")];
    let shows: Vec<_> = ids.iter().map(|id| format!("/api/whcsites/{id}")).collect();
    let pages = |rest: &str| -> Vec<_> {
        (0..ids.len() - 100).map(|offset| format!("/api/whcsites?offset={offset}{rest}")).collect()
    };
    let filters =
        pairs.map(|(country, category)| format!("/api/whcsites?country={country}&category={category}"));
    Ok(vec![
        workload("show by id", &shows, ""),
        workload("page of 100", &pages(""), ""),
        workload("page of 100, summary", &pages("&fields=summary"), ""),
        workload("country and category", &filters.collect::<Vec<_>>(), ""),
        workload("whole list, GeoJSON", &whole("geojson"), ""),
        workload("whole list, gzip", &whole("json"), "accept-encoding: gzip\r\n"),
        workload("home page", &["/".to_owned()], "accept: text/html\r\n"),
        workload("home page, gzip", &["/".to_owned()], "accept: text/html\r\naccept-encoding: gzip\r\n"),
        workload("show by id, 304", &shows, "if-none-match: *\r\n"),
        workload("whole list, 304", &whole("json"), "if-none-match: *\r\n"),
    ])
}

fn workload(name: &'static str, paths: &[String], header: &str) -> Workload {
    let request = |path| format!("GET {path} HTTP/1.1\r\nhost: load\r\n{header}\r\n");
    Workload { name, requests: Arc::new(in_no_order(paths).map(request).collect()) }
}

/// The same, each once and none near its neighbour: by multiples of a prime.
fn in_no_order(items: &[String]) -> impl Iterator<Item = &String> {
    (0..items.len()).map(|place| &items[place * 7919 % items.len()])
}
