//! The query language: its meaning, and that every repository gives the same results.

mod as_of;
mod index;
mod meaning;
pub(crate) mod strategy;
mod web;

use std::cell::Cell;
use std::sync::Arc;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use whc_core::testing::TestDatabase;
use whc_core::{
    Facets, MemorySites, Page, PostgresSites, ReplicatedSites, Result, Site, SiteQuery, SiteRepository,
    SiteStore, Status, Year,
};

/// Every kind of repository, with `sites` in it. A new kind is one more line here.
async fn repositories(
    database: &TestDatabase,
    sites: &[Site],
) -> Vec<(&'static str, Arc<dyn SiteRepository>)> {
    let postgres = PostgresSites::new(&database.config()).unwrap();
    // Every random list has the same ids, so each replaces the one before.
    postgres.revise(&mut |_| Ok(sites.to_vec())).await.unwrap();
    let memory = Arc::new(MemorySites::new(sites.to_vec()));
    let snapshot = ReplicatedSites::new(Arc::clone(&memory) as _);
    snapshot.refresh().await.unwrap();
    vec![("memory", memory), ("snapshot", Arc::new(snapshot)), ("postgres", Arc::new(postgres))]
}

/// A total, the sites with what a year changes of them, and the facets.
type Answer = (u64, Vec<(u32, Status, String, Vec<Year>)>, Facets);

fn answer(page: Page<Arc<Site>>, facets: Facets) -> Answer {
    let told = |site: Arc<Site>| (site.id.get(), site.status, site.danger.to_string(), site.extended.clone());
    (page.total, page.items.into_iter().map(told).collect(), facets)
}

/// The result by definition; its total is compared with the number of sites that `matches` accepts.
fn by_definition(query: &SiteQuery, sites: &[Site]) -> Answer {
    let sites: Vec<_> = sites.iter().cloned().map(Arc::new).collect();
    let page = query.select(&sites);
    let total = page.total;
    if query.near.and_then(|near| near.nearest).is_none() {
        assert_eq!(total, sites.iter().filter(|site| query.matches(site)).count() as u64);
    }
    let facets = query.facets(&sites);
    assert_eq!(facets.total, total);
    answer(page, facets)
}

/// The result of a repository.
async fn asked(query: &SiteQuery, repository: &dyn SiteRepository) -> Result<Answer> {
    Ok(answer(repository.list(query).await?, repository.facets(query).await?))
}

/// `QUERY_CASES` says how many queries to try, 400 if it does not; before a release try 10 000.
#[expect(clippy::disallowed_methods, reason = "a switch for developers, not configuration")]
fn cases() -> u32 {
    std::env::var("QUERY_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400)
}

#[test]
fn every_repository_gives_the_same_answers() {
    const LISTS: u32 = 4;
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let database = runtime.block_on(TestDatabase::new());
    let config = Config { cases: cases().div_ceil(LISTS), failure_persistence: None, ..Config::default() };
    let found = Cell::new(0);
    for _ in 0..LISTS {
        // A runner counts its cases over all of its runs, so each list needs one of its own.
        let mut runner = TestRunner::new(config.clone());
        let sites = strategy::sites().new_tree(&mut runner).unwrap().current();
        let repositories = runtime.block_on(repositories(&database, &sites));
        let outcome = runner.run(&strategy::query(), |query| {
            let expected = by_definition(&query, &sites);
            found.set(found.get() + u32::from(expected.0 > 0));
            for (name, repository) in &repositories {
                let answer = runtime.block_on(asked(&query, &**repository));
                let answer =
                    answer.map_err(|error| TestCaseError::fail(format!("{name}: {}", error.report())))?;
                proptest::prop_assert_eq!(&answer, &expected, "{}", name);
            }
            Ok(())
        });
        // The sites only where there is something to find in them.
        assert!(outcome.is_ok(), "{}\nover {sites:#?}", outcome.unwrap_err());
    }
    assert!(found.get() > cases() / 3, "only {} queries find anything", found.get());
    // The runtime ends first: the database goes with connections that still need it.
    drop(database);
}
