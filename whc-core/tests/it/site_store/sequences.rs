//! Any sequence of writes leaves the same in memory and in a database.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRng, TestRunner};
use whc_core::repository::{Edited, IdempotentRequest, SitePlacement, SitePut};
use whc_core::testing::TestDatabase;
use whc_core::{
    ChangeQuery, FieldName, IfMatch, MemorySites, PostgresSites, RevisionOrigin, Site, SiteId, SiteQuery,
    SiteRevision, SiteStore, Status, Version,
};

use super::{bare, curator, id, trace, year};
use crate::query::strategy;

const SITES: u32 = 3;
/// The site that those are a part of that are superseded.
const WHOLE: u32 = 7;

/// One write.
#[derive(Clone, Debug)]
enum Step {
    /// Only where there is none, with or without a key.
    Create(Site, Option<u8>),
    /// The whole.
    Replace(Site, Demand),
    /// One field.
    Correct(u32, u16, Demand),
    Delist(u32),
    TakeBack(u32),
    HandBack(u32, FieldName),
    /// By a file, over what may be overruled.
    Import(Vec<Site>, BTreeSet<FieldName>),
}

/// The state a write demands: the present one, any, or that of some time before.
#[derive(Clone, Copy, Debug)]
enum Demand {
    Now,
    Any,
    Before(usize),
}

/// What came of a step, without what differs between stores.
#[derive(Debug, PartialEq)]
enum Came {
    Created,
    Changed,
    Unchanged,
    Stale,
    Exists,
    Missing,
    Again(u16),
    OtherBody,
    Imported(Result<usize, String>),
}

/// A store, and the revisions that it has given to each site so far.
struct Desk<'a> {
    store: &'a dyn SiteStore,
    given: BTreeMap<SiteId, Vec<SiteRevision>>,
}

impl Desk<'_> {
    async fn take(&mut self, step: &Step) -> Came {
        match step {
            Step::Create(site, key) => self.put(site.id, None, *key, |_| site.clone().into()).await,
            Step::Replace(site, demand) => {
                self.put(site.id, Some(*demand), None, |_| site.clone().into()).await
            }
            Step::Correct(number, inscribed, demand) => {
                let inscribed = year(*inscribed);
                self.put(id(*number), Some(*demand), None, |site| Site { inscribed, ..site }.into()).await
            }
            Step::Delist(number) => self.set(*number, Status::Delisted { year: year(2020) }).await,
            Step::TakeBack(number) => self.set(*number, Status::Inscribed).await,
            Step::HandBack(number, field) => {
                self.put(id(*number), Some(Demand::Any), None, |site| {
                    Edited::from(site).handing_back([*field])
                })
                .await
            }
            Step::Import(sites, overruled) => {
                let origin = RevisionOrigin::file("a.xml").overruling(overruled.iter().copied());
                let written = self.store.revise_from(&origin, &mut |_| Ok(sites.clone().into())).await;
                Came::Imported(written.map_err(|error| error.to_string()))
            }
        }
    }

    async fn set(&mut self, number: u32, status: Status) -> Came {
        self.put(id(number), Some(Demand::Now), None, |site| Site { status, ..site }.into()).await
    }

    async fn put(
        &mut self,
        site: SiteId,
        demand: Option<Demand>,
        key: Option<u8>,
        edit: impl Fn(Site) -> Edited + Send + Sync,
    ) -> Came {
        let given = self.given.entry(site).or_default();
        let if_match = demand.map(|demand| match demand {
            Demand::Any => IfMatch::Any,
            Demand::Now => IfMatch::OneOf(given.last().copied().into_iter().collect()),
            Demand::Before(place) => {
                IfMatch::OneOf(given.get(place % given.len().max(1)).copied().into_iter().collect())
            }
        });
        let key = key.map(|key| key.to_string());
        let request = key.as_deref().map(|key| IdempotentRequest {
            key,
            target: "POST",
            body: b"{}",
            location: "/api/whcsites/1",
        });
        let trace = trace();
        let put = SitePut::new(site, if_match.as_ref(), &trace)
            .superseded_by(Some(id(WHOLE)))
            .sent_again_with(request.as_ref());
        let mut edit = |record: Option<&whc_core::SiteRecord>| {
            Ok(edit(record.map_or_else(|| bare(site.get()), |record| Site::clone(&record.site))))
        };
        match self.store.put(&curator(), &put, &mut edit).await.unwrap().placement {
            SitePlacement::Created(_) => Came::Created,
            SitePlacement::Changed { .. } => Came::Changed,
            SitePlacement::Unchanged(_) => Came::Unchanged,
            SitePlacement::Stale(_) => Came::Stale,
            SitePlacement::Exists(_) => Came::Exists,
            SitePlacement::Missing => Came::Missing,
            SitePlacement::Again(recorded) => Came::Again(recorded.status),
            SitePlacement::OtherBody => Came::OtherBody,
            other => unreachable!("{other:?}"),
        }
    }

    /// Notes the revisions there are now; returns the sites that have another one than before.
    async fn moved(&mut self) -> Vec<SiteId> {
        let mut moved = Vec::new();
        for number in 1..=SITES {
            let Some(record) = self.store.record(id(number)).await.unwrap() else { continue };
            let given = self.given.entry(record.site.id).or_default();
            if given.last() != Some(&record.revision) {
                assert!(!given.contains(&record.revision), "a revision came again");
                given.push(record.revision);
                moved.push(record.site.id);
            }
        }
        moved
    }

    async fn version(&self) -> Version {
        self.store.version().await.unwrap()
    }

    /// Sites, marks and history, without times.
    async fn all(&self) -> (Vec<Site>, Vec<BTreeSet<FieldName>>, Vec<String>) {
        let sites = self.store.list(&SiteQuery::ALL).await.unwrap().items;
        let mut marks = Vec::new();
        for site in &sites {
            marks.push(self.store.record(site.id).await.unwrap().unwrap().curated);
        }
        let history = self.store.changes(&ChangeQuery::LATEST).await.unwrap().items;
        let history = history.iter().map(|change| {
            format!(
                "{} {} {:?} {:?} {:?}",
                change.site, change.kind, change.fields, change.name, change.source
            )
        });
        (sites.iter().map(|site| Site::clone(site)).collect(), marks, history.collect())
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let number = || 1..=SITES;
    let site = || number().prop_flat_map(strategy::site);
    let demand = || prop_oneof![3 => Just(Demand::Now), 1 => Just(Demand::Any), 1 => (0_usize..9).prop_map(Demand::Before)];
    let field = || prop::sample::select(FieldName::all().collect::<Vec<_>>());
    let overruled = prop::collection::btree_set(field(), 0..24);
    let step = prop_oneof![
        2 => (site(), prop::option::of(0_u8..3)).prop_map(|(site, key)| Step::Create(site, key)),
        2 => (site(), demand()).prop_map(|(site, demand)| Step::Replace(site, demand)),
        3 => (number(), 1978_u16..1981, demand()).prop_map(|(site, year, demand)| Step::Correct(site, year, demand)),
        1 => number().prop_map(Step::Delist),
        1 => number().prop_map(Step::TakeBack),
        2 => (number(), field()).prop_map(|(site, field)| Step::HandBack(site, field)),
        2 => (prop::collection::vec(site(), 0..3), overruled)
            .prop_map(|(sites, overruled)| Step::Import(sites, overruled)),
    ];
    prop::collection::vec(step, 1..30)
}

/// `WRITE_CASES` says how many sequences to try, 12 if it does not.
#[expect(clippy::disallowed_methods, reason = "a switch for developers, not configuration")]
fn cases() -> u32 {
    std::env::var("WRITE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(12)
}

async fn both(steps: Vec<Step>) -> Result<BTreeMap<String, usize>, TestCaseError> {
    let database = TestDatabase::new().await;
    let (memory, postgres) = (MemorySites::new([]), PostgresSites::new(&database.config()).unwrap());
    let [mut one, mut other] =
        [&memory as &dyn SiteStore, &postgres].map(|store| Desk { store, given: BTreeMap::new() });
    for store in [&memory as &dyn SiteStore, &postgres] {
        store.revise(&mut |_| Ok(vec![bare(WHOLE)])).await.unwrap();
    }
    let mut seen = BTreeMap::new();
    for (number, step) in steps.iter().enumerate() {
        let versions = [one.version().await, other.version().await];
        let came = [one.take(step).await, other.take(step).await];
        prop_assert_eq!(&came[0], &came[1], "step {} {:?}", number, step);
        prop_assert_eq!(one.moved().await, other.moved().await, "revisions after step {} {:?}", number, step);
        let moved = [versions[0] != one.version().await, versions[1] != other.version().await];
        prop_assert_eq!(moved[0], moved[1], "the version after step {} {:?}", number, step);
        prop_assert_eq!(one.all().await, other.all().await, "after step {} {:?}", number, step);
        let word = format!("{:?}", came[0]);
        *seen.entry(word.split('(').next().unwrap_or_default().to_owned()).or_default() += 1;
    }
    Ok(seen)
}

#[test]
fn any_sequence_of_writes_leaves_the_same_in_memory_and_in_a_database() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    // Kept, so that the server is not started anew for each sequence.
    let server = runtime.block_on(TestDatabase::new());
    let config =
        Config { cases: cases(), failure_persistence: None, max_shrink_iters: 60, ..Config::default() };
    let seen = std::cell::RefCell::new(BTreeMap::<String, usize>::new());
    // Always the same dozen, so that whether they reach every outcome is no matter of luck.
    let rng = TestRng::deterministic_rng(config.rng_algorithm);
    let outcome = TestRunner::new_with_rng(config, rng).run(&steps(), |steps| {
        for (word, count) in runtime.block_on(both(steps))? {
            *seen.borrow_mut().entry(word).or_default() += count;
        }
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
    let seen = seen.into_inner();
    for word in ["Created", "Changed", "Unchanged", "Stale", "Exists", "Missing", "Again", "Imported"] {
        assert!(seen.contains_key(word), "no step was {word}: {seen:?}");
    }
    drop(server);
}
