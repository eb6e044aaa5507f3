//! Every store gives the same answers.

use whc_core::testing::{TestDatabase, conformance};
use whc_core::{MemorySites, PostgresSites};

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
