//! How it starts, stops, and prepares its database.

use std::time::Duration;

use whc_core::testing::TestDatabase;

use super::{Serving, run, text, url};

#[tokio::test(flavor = "multi_thread")]
async fn it_serves_the_embedded_list_without_any_configuration() {
    let serving = Serving::start(&[]);
    assert!(serving.greeting.contains("no database is configured"), "{}", serving.greeting);
    assert!(serving.get("/api/whcsites/1").1.contains("Galápagos Islands"));
    assert!(serving.get("/api/whcsites?limit=2000").1.contains(r#""returned":1273"#));

    let port = serving.address().port().to_string();
    assert!(run(&["healthcheck"], &[("PORT", &port)]).await.status.success());
    drop(serving);
    let unhealthy = run(&["healthcheck"], &[("PORT", &port)]).await;
    assert_eq!(unhealthy.status.code(), Some(1));
    assert!(text(&unhealthy.stderr).contains("no healthy server"), "{}", text(&unhealthy.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stops_in_order_when_told_to() {
    let serving = Serving::start(&[("SHUTDOWN_DELAY_SECONDS", "1")]);
    assert_eq!(serving.get("/readyz").0, 200);
    serving.signal("TERM");
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!((serving.get("/readyz").0, serving.get("/api/whcsites/1").0), (503, 200));
    assert!(serving.end());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_configuration_ends_the_start_and_shows_no_secret() {
    let wrong = run(&[], &[("PORT", "http")]).await;
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("PORT must be a port"), "{}", text(&wrong.stderr));
    let wrong = run(&["migrate"], &[("DATABASE_URL", "postgres://me:hunter2@db:port/whc")]).await;
    assert_eq!(wrong.status.code(), Some(2));
    assert!(!text(&wrong.stderr).contains("hunter2"));
    let missing = run(&["import", "file.xml"], &[]).await;
    assert!(text(&missing.stderr).contains("DATABASE_URL"), "{}", text(&missing.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn migrate_checks_applies_and_checks_again() {
    let database = TestDatabase::empty().await;
    let url = url(&database.config());
    let variables = [("DATABASE_URL", url.as_str())];
    let check = run(&["migrate", "--check"], &variables).await;
    assert_eq!(check.status.code(), Some(3), "{}", text(&check.stderr));
    assert!(text(&check.stdout).contains("pending"));

    let serving = Serving::start(&variables);
    serving.soon(|serving| serving.get("/readyz").1.contains("whc migrate"));
    assert_eq!(serving.get("/readyz").0, 503);

    let (one, other) = tokio::join!(run(&["migrate"], &variables), run(&["migrate"], &variables));
    assert!(one.status.success() && other.status.success(), "{}{}", text(&one.stderr), text(&other.stderr));
    assert_eq!(run(&["migrate", "--check"], &variables).await.status.code(), Some(0));
    serving.soon(|serving| serving.get("/readyz").1.contains("whc import"));

    database
        .execute(
            "INSERT INTO whc.schema_history SELECT 99, 'later', applied_on, checksum FROM whc.schema_history LIMIT 1",
        )
        .await
        .unwrap();
    let refused = run(&["migrate"], &variables).await;
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("newer"), "{}", text(&refused.stderr));
}
