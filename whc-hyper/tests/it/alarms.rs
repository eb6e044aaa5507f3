//! What alarms on AWS look for in the log, in what the program really writes.

use std::path::Path;

use crate::binary::Serving;
use crate::outage::{database, fill};

/// A pattern of `terraform/modules/observability`, as `CloudWatch` reads it: `{ $.field = "value" || … }`.
struct Pattern(Vec<String>);

impl Pattern {
    fn of(name: &str) -> Self {
        let patterns = "../terraform/modules/observability/patterns";
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(patterns).join(name);
        let pattern = std::fs::read_to_string(file).unwrap();
        let terms = pattern.trim().strip_prefix("{ ").unwrap().strip_suffix(" }").unwrap().split(" || ");
        Self(terms.map(as_json).collect())
    }

    fn counts(&self, serving: &Serving) -> usize {
        serving.said(|line| line.starts_with('{') && self.0.iter().any(|term| line.contains(term)))
    }
}

/// `$.field = "value"`, as it stands in a line of the log: `"field":"value"`.
fn as_json(term: &str) -> String {
    let (field, value) = term.strip_prefix("$.").unwrap().split_once(" = ").unwrap();
    format!("\"{field}\":{value}")
}

#[tokio::test(flavor = "multi_thread")]
async fn alarms_see_an_outage_begin_and_end() {
    let (stale, fresh) = (Pattern::of("stale"), Pattern::of("fresh"));
    let (database, mut proxy, url) = database().await;
    fill(&database).await;
    let serving = Serving::start(&[("DATABASE_URL", &url), ("LOG_FORMAT", "json")]);
    // What a new task says ends an alarm that an old one began.
    serving.soon(|serving| fresh.counts(serving) > 0);
    assert_eq!(stale.counts(&serving), 0);
    let before = fresh.counts(&serving);

    proxy.cut().await;
    serving.soon(|serving| stale.counts(serving) > 0);
    assert_eq!(fresh.counts(&serving), before);
    proxy.restore().await;
    serving.soon(|serving| fresh.counts(serving) > before);
}

#[tokio::test(flavor = "multi_thread")]
async fn alarms_see_requests_fail() {
    let (_database, mut proxy, url) = database().await;
    proxy.cut().await;
    let serving = Serving::start(&[("DATABASE_URL", &url), ("LOG_FORMAT", "json")]);
    assert_eq!(serving.get("/api/whcsites").0, 503);
    serving.soon(|serving| Pattern::of("errors").counts(serving) > 0);
}
