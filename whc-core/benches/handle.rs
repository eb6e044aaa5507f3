//! `handle` on embedded facts: `cargo bench -p whc-core`.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on should stop here")]

use std::hint::black_box;
use std::sync::Arc;

use bytes::Bytes;
use criterion::{Criterion, criterion_group, criterion_main};
use http::Request;
use tokio::runtime::Runtime;
use whc_core::config::WebConfig;
use whc_core::web::handle;
use whc_core::{App, MemorySites};

fn requests(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let kept = App::new(Arc::new(MemorySites::embedded().unwrap()));
    let mut web = WebConfig::default();
    web.cache_bytes = 0;
    let written = App::builder(Arc::new(MemorySites::embedded().unwrap())).web(web).build();
    for (app, how) in [(kept, "kept"), (written, "written")] {
        answers(criterion, &runtime, &app, how);
    }
}

fn answers(criterion: &mut Criterion, runtime: &Runtime, app: &App, how: &str) {
    for (name, path) in [
        ("show", "/api/whcsites/1"),
        ("page of 100", "/api/whcsites?offset=600"),
        ("whole list", "/api/whcsites?limit=2000"),
        ("whole list as GeoJSON", "/api/whcsites?limit=2000&f=geojson"),
        ("whole list as CSV", "/api/whcsites?limit=2000&f=csv"),
        ("filter", "/api/whcsites?country=it&category=cultural"),
        ("search with a typo", "/api/whcsites?q=galapgos"),
        ("facets", "/api/whcsites/facets?category=cultural"),
        ("nearby", "/api/whcsites/174/nearby"),
        ("random", "/api/whcsites/random?country=it"),
        ("countries", "/api/countries"),
        ("healthz", "/healthz"),
        ("problem", "/api/whcsites?categroy=cultural"),
    ] {
        criterion.bench_function(&format!("{name}, {how}"), |bencher| {
            bencher.to_async(runtime).iter(|| {
                let request = Request::get(path).body(Bytes::new()).unwrap();
                handle(app, black_box(request))
            });
        });
    }
}

fn loading(criterion: &mut Criterion) {
    criterion.bench_function("load embedded facts", |bencher| bencher.iter(MemorySites::embedded));
}

/// Every kind of page, as browsers ask for it.
fn pages(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut web = WebConfig::default();
    web.cache_bytes = 0;
    let app = App::builder(Arc::new(MemorySites::embedded().unwrap())).web(web).build();
    for path in [
        "/",
        "/sites",
        "/sites?country=it&category=cultural",
        "/sites?as_of=1994",
        "/sites?q=nothing-has-this-name&country=it",
        "/sites/1133",
        "/sites/208",
        "/countries",
        "/countries/it",
        "/criteria",
        "/criteria/x",
        "/danger",
        "/changes",
        "/statistics",
        "/about",
        "/api",
        "/problems",
        "/problems/not-found",
        "/embed?country=it",
        "/nowhere",
    ] {
        criterion.bench_function(&format!("page {path}"), |bencher| {
            bencher.to_async(&runtime).iter(|| {
                let request = Request::get(path).header("accept", "text/html").body(Bytes::new()).unwrap();
                handle(&app, black_box(request))
            });
        });
    }
}

criterion_group!(benches, requests, pages, loading);
criterion_main!(benches);
