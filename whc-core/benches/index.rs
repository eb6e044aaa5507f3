//! Queries of the list and of one a hundred times as long: `cargo bench -p whc-core --bench index`.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on should stop here")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use tokio::runtime::{Builder, Runtime};
use whc_core::site::embedded;
use whc_core::testing::{described, multiplied};
use whc_core::{
    BoundingBox, Category, Kilometres, MemorySites, Near, Order, Point, ReplicatedSites, Search, Site,
    SiteQuery, SiteRepository, SortKey, Window,
};

const TIMES: u32 = 100;

type Question = (&'static str, SiteQuery);

fn questions(sites: usize) -> Vec<Question> {
    [facts(sites), places(), searches()].concat()
}

fn facts(sites: usize) -> Vec<Question> {
    let all = SiteQuery::default;
    let by = |key| Some(Order::by(key));
    let deep = Window::new(100, sites as u64 / 2).unwrap();
    vec![
        ("page in the middle, by id", all().with(|query| query.window = deep)),
        (
            "page in the middle, by name",
            all().with(|query| {
                query.window = deep;
                query.sort = by(SortKey::Name);
            }),
        ),
        (
            "first page by area, descending",
            all().with(|query| query.sort = Some(Order::by_descending(SortKey::Area))),
        ),
        ("ids", all().with(|query| query.ids = [1, 2, 9, 252].map(id).into())),
        ("country", all().with(|query| query.countries = ["FJ".parse().unwrap()].into())),
        (
            "country, category, by name",
            all().with(|query| {
                query.countries = ["IT".parse().unwrap()].into();
                query.categories = [Category::Natural].into();
                query.sort = by(SortKey::Name);
            }),
        ),
        (
            "years, criteria",
            all().with(|query| {
                query.inscribed = "1990..1995".parse().unwrap();
                query.criteria = "(vii)".parse().unwrap();
            }),
        ),
        ("area", all().with(|query| query.area = "1000000..".parse().unwrap())),
    ]
}

fn places() -> Vec<Question> {
    let all = SiteQuery::default;
    let rome = Near::point(Point::new(12.5, 41.9).unwrap());
    let within = |kilometres| Near { radius: Some(Kilometres::new(kilometres).unwrap()), ..rome };
    let inside = |west, south, east, north| {
        all().with(|query| query.bounding_box = Some(BoundingBox::new(west, south, east, north).unwrap()))
    };
    vec![
        ("box, a town", inside(12.0, 41.5, 13.0, 42.5)),
        ("box, the sea around Fiji", inside(170.0, -25.0, -170.0, 0.0)),
        ("box, Europe", inside(-10.0, 35.0, 30.0, 60.0)),
        ("by distance", all().with(|query| query.near = Some(rome))),
        ("within 50 km", all().with(|query| query.near = Some(within(50.0)))),
        ("within 2000 km", all().with(|query| query.near = Some(within(2000.0)))),
        (
            "the 10 nearest",
            all().with(|query| query.near = Some(Near { nearest: 10.try_into().ok(), ..rome })),
        ),
    ]
}

fn searches() -> Vec<Question> {
    let search = |text| SiteQuery::default().with(|query| query.search = Some(Search::new(text).unwrap()));
    vec![
        ("search, one word", search("galapagos")),
        ("search, start of a word", search("isl")),
        ("search, with a slip", search("galapgos")),
        ("search, two words with slips", search("histroic center")),
        ("search, Chinese", search("长城")),
    ]
}

fn id(number: u32) -> whc_core::SiteId {
    whc_core::SiteId::new(number).unwrap()
}

fn asking(criterion: &mut Criterion) {
    let runtime = runtime();
    for (length, sites) in lists() {
        let questions = questions(sites.len());
        let sites = MemorySites::new(sites);
        for (name, query) in questions {
            runtime.block_on(sites.list(&query)).unwrap();
            criterion.bench_function(&format!("{name}/{length}"), |bencher| {
                bencher.to_async(&runtime).iter(|| sites.list(black_box(&query)));
            });
        }
    }
}

/// A snapshot with all indexes that a live process prepares, and the orders that the first query builds.
fn making(criterion: &mut Criterion) {
    let runtime = runtime();
    for (length, sites) in lists() {
        let source = Arc::new(MemorySites::new(sites));
        criterion.bench_function(&format!("make a snapshot/{length}"), |bencher| {
            bencher.to_async(&runtime).iter(|| async {
                let snapshot = ReplicatedSites::new(Arc::clone(&source) as _);
                snapshot.refresh().await.unwrap();
                snapshot
            });
        });
    }
}

fn lists() -> [(&'static str, Vec<Site>); 3] {
    let sites = embedded().unwrap();
    let many = multiplied(&sites, TIMES);
    [("list", sites.clone()), ("list with descriptions", described(&sites)), ("100 times", many)]
}

fn runtime() -> Runtime {
    Builder::new_current_thread().build().unwrap()
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = asking, making
}
criterion_main!(benches);
