//! The binary `whc` with notifications of the database.

use whc_core::testing::TestDatabase;

use crate::binary::{Serving, run, sample, text, url};

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_seen_at_once_though_polled_for_once_a_minute() {
    let database = TestDatabase::new().await;
    let url = url(&database.config());
    let variables = [
        ("DATABASE_URL", url.as_str()),
        ("DATABASE_LISTEN_URL", url.as_str()),
        ("SNAPSHOT_POLL_SECONDS", "60"),
    ];
    let serving = Serving::start(&variables);
    for file in ["statistics.xlsx", "list-2026.xml"] {
        let import = run(
            &["import", &sample(file), "--allow-removals", "--accept-changes", "status"],
            &variables[..1],
        )
        .await;
        assert!(import.status.success(), "{}", text(&import.stderr));
        let told = format!(r#""source":"{file}""#);
        // Ten seconds at most, of which the next poll is still far.
        serving.soon(|serving| serving.get("/api/changes?limit=1&f=ndjson").1.contains(&told));
    }
}
