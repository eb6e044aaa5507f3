//! What is kept of requests that may be sent again, and until when.

use std::time::{Duration, SystemTime};

use whc_core::audit::Trace;
use whc_core::repository::Creation;
use whc_core::testing::{MockClock, TestDatabase};
use whc_core::{ContactRepository, PostgresContacts};

use super::{caller, case, named};

/// Rows that were written a day and a second before [`trace`].
const OLD: &str = "INSERT INTO whc.idempotency
    SELECT sha256(n::text::bytea), '', n, 201, '', '', to_timestamp(1800000000 - 86401) FROM generate_series(1, 1500) AS n";

fn trace() -> Trace {
    Trace::new("request", &MockClock::at(SystemTime::UNIX_EPOCH + Duration::from_hours(500_000)))
}

#[tokio::test]
async fn any_post_forgets_some_of_what_is_old() {
    let database = TestDatabase::new().await;
    let store = PostgresContacts::new(&database.member_of("whc_desk").await).unwrap();
    let left = async |left: u64| {
        let count = format!("SELECT 1 / (count(*) = {left})::integer FROM whc.idempotency");
        database.execute(&count).await.unwrap_or_else(|_| panic!("not {left} are left"));
    };
    database.execute(OLD).await.unwrap();
    let access = caller().case_access(case(7)).unwrap();
    for (expected, created) in [(500, true), (0, false)] {
        let outcome = store.create(&access, named("Ada"), None, &trace()).await.unwrap();
        assert_eq!(matches!(outcome, Creation::Created(_)), created);
        left(expected).await;
    }
    // Nobody else does.
    database.execute(OLD).await.unwrap();
    let access = caller().case_access(case(8)).unwrap();
    store.put(&access, named("Ada"), None, &trace()).await.unwrap();
    left(1500).await;
}
