//! Every store gives the same answers.

use std::sync::Arc;

use async_trait::async_trait;
use whc_core::session::MemorySessions;
use whc_core::testing::{TestDatabase, conformance};
use whc_core::{
    Hectares, MemoryContacts, MemorySites, Page, PostgresContacts, PostgresSites, Result, Site, SiteId,
    SiteQuery, SiteRepository, SystemClock, Version,
};

#[tokio::test]
async fn memory_keeps_its_promises() {
    conformance::check(&MemorySites::new(conformance::fixture())).await;
    conformance::check_store(&MemorySites::new([])).await;
}

#[tokio::test]
async fn postgres_keeps_its_promises() {
    let database = TestDatabase::new().await;
    conformance::check_store(&PostgresSites::new(&database.config()).unwrap()).await;
}

#[tokio::test]
async fn contacts_in_memory_keep_their_promises() {
    conformance::check_contacts(&MemoryContacts::new()).await;
}

#[tokio::test]
async fn contacts_in_postgres_keep_their_promises() {
    let database = TestDatabase::new().await;
    let desk = database.member_of("whc_desk").await;
    conformance::check_contacts(&PostgresContacts::new(&desk).unwrap()).await;
}

#[tokio::test]
async fn sessions_in_memory_keep_their_promises() {
    conformance::check_sessions(&MemorySessions::new(Arc::new(SystemClock)), &SystemClock).await;
}

/// A store that returns its sites as changed by this function.
struct Broken(MemorySites, fn(Site) -> Site);

#[async_trait]
impl SiteRepository for Broken {
    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>> {
        Ok(self.0.get(id).await?.map(|site| Arc::new((self.1)(Site::clone(&site)))))
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        self.0.list(query).await
    }

    async fn version(&self) -> Result<Version> {
        self.0.version().await
    }
}

/// The message of the suite about such a store.
async fn broken(damage: fn(Site) -> Site) -> String {
    let store = Broken(MemorySites::new(conformance::fixture()), damage);
    let failure = tokio::spawn(async move { conformance::check(&store).await }).await.unwrap_err();
    *failure.into_panic().downcast::<String>().unwrap()
}

#[tokio::test]
async fn a_broken_promise_is_told_in_a_few_lines() {
    let message = broken(|site| Site { transboundary: false, area: None, ..site }).await;
    let expected =
        "not so: \"every site is found by its id, with all its facts\": the site with the id 1 differs
site 1:
  transboundary is \"false\" instead of \"true\"
  area_hectares is \"\" instead of \"0.30000000000000004\"";
    assert_eq!(message, expected);
    let message =
        broken(|site| Site { components: site.components.iter().rev().copied().collect(), ..site }).await;
    assert!(message.contains("component 1 is Component") && message.lines().count() < 10, "{message}");
}

#[tokio::test]
async fn a_lost_digit_is_told_as_such() {
    let message = broken(|site| Site { area: site.area.map(rounded), ..site }).await;
    assert!(message.contains("area_hectares is \"0.3\" instead of \"0.30000000000000004\""), "{message}");
    assert!(message.contains("float_roundtrip") && message.lines().count() < 6, "{message}");
}

fn rounded(area: Hectares) -> Hectares {
    Hectares::new(format!("{:.15e}", area.get()).parse().unwrap()).unwrap()
}
