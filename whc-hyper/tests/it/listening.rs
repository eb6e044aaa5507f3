//! The binary `whc` with notifications of the database.

use std::time::Duration;

use whc_core::testing::TestDatabase;

use crate::binary::{Serving, run, sample, text, url};

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_seen_within_a_second_though_polled_for_once_a_minute() {
    let database = TestDatabase::new().await;
    let url = url(&database.config());
    let variables = [
        ("DATABASE_URL", url.as_str()),
        ("DATABASE_LISTEN_URL", url.as_str()),
        ("SNAPSHOT_POLL_SECONDS", "60"),
    ];
    let serving = Serving::start(&variables);
    for (file, kind) in [("statistics.xlsx", "added"), ("list-2026.xml", "changed")] {
        let import = run(&["import", &sample(file), "--allow-removals"], &variables[..1]).await;
        assert!(import.status.success(), "{}", text(&import.stderr));
        let said = || serving.get("/api/changes?limit=1&f=ndjson").1;
        let seen = (0..20).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            said().contains(&format!(r#""source":"{file}""#))
        });
        assert!(seen, "not within a second after {file}, {kind}: {}", said());
    }
}
