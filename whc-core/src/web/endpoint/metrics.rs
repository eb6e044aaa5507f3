//! `/metrics`, in the text format of Prometheus.

use std::fmt::{Display, Write as _};
use std::time::SystemTime;

use http::StatusCode;

use super::openapi::headers;
use super::openapi::operation::{Operation, answer, plain};
use super::typed;
use crate::cache::{SharedCache, SharedHealth};
use crate::repository::Freshness;
use crate::web::answer::Answer;
use crate::web::context::Context;

/// The media type of the text format of Prometheus.
const EXPOSITION: &str = "text/plain; version=0.0.4; charset=utf-8";

/// All metrics. Uses no store.
pub(crate) fn show(context: &Context<'_>) -> Answer {
    let app = context.app;
    let mut page = Exposition::default();
    page.counter("whc_requests_total", "Requests answered, by class of status.");
    page.by("whc_requests_total", "class", app.metrics().requests());
    page.counter(
        "whc_cached_responses_total",
        "Responses that can be cached: in memory (hit), written anew (miss) or written by another process (shared).",
    );
    page.by("whc_cached_responses_total", "outcome", app.metrics().cached());
    for counter in app.metrics().counters() {
        let (name, help) = counter.words();
        page.counter(name, help);
        page.line(name, &counter.get());
    }
    if let Some(health) = app.shared_cache().map(SharedCache::health) {
        page.shared(&health);
    }
    if let Some(freshness) = app.sites().freshness() {
        page.snapshot(&freshness);
    }
    Answer::no_store(typed(EXPOSITION, page.0))
}

/// Builds the text, metric by metric. Names, labels and values are constants of ours, so nothing is escaped.
#[derive(Default)]
struct Exposition(String);

impl Exposition {
    fn snapshot(&mut self, freshness: &Freshness) {
        let Freshness { sites, loaded, age, checks, embedded, .. } = freshness;
        // Before the source has answered for the first time the age is infinite, above any alert limit.
        let age = age.map_or("+Inf".to_owned(), |age| age.as_secs_f64().to_string());
        let loaded = loaded.and_then(|loaded| loaded.duration_since(SystemTime::UNIX_EPOCH).ok());
        let loaded = loaded.unwrap_or_default().as_secs_f64();
        for (name, help, value) in [
            (
                "whc_snapshot_age_seconds",
                "Time since the source confirmed what is served: how stale answers may be.",
                age,
            ),
            (
                "whc_snapshot_loaded_timestamp_seconds",
                "When the snapshot served was loaded; 0 before the first.",
                loaded.to_string(),
            ),
            ("whc_snapshot_sites", "Sites in the snapshot served.", sites.to_string()),
            (
                "whc_snapshot_embedded",
                "1 while the list compiled in stands in for the source.",
                u8::from(*embedded).to_string(),
            ),
        ] {
            self.head(name, help, "gauge");
            self.line(name, &value);
        }
        self.counter(
            "whc_snapshot_checks_total",
            "Questions to the source whether it has moved, by outcome.",
        );
        let outcomes = [("succeeded", checks.succeeded), ("failed", checks.failed)];
        self.by("whc_snapshot_checks_total", "outcome", outcomes);
    }

    fn shared(&mut self, health: &SharedHealth) {
        self.head("whc_valkey_up", "1 while Valkey is asked; 0 while it is away or too slow.", "gauge");
        self.line("whc_valkey_up", &u8::from(health.answers));
        self.counter("whc_valkey_commands_total", "Commands to Valkey, by outcome.");
        let outcomes = [("answered", health.answered), ("failed", health.failed)];
        self.by("whc_valkey_commands_total", "outcome", outcomes);
    }

    fn counter(&mut self, name: &str, help: &str) {
        self.head(name, help, "counter");
    }

    fn by(&mut self, name: &str, label: &str, counts: impl IntoIterator<Item = (&'static str, u64)>) {
        for (value, count) in counts {
            self.line(format_args!("{name}{{{label}=\"{value}\"}}"), &count);
        }
    }

    fn head(&mut self, name: &str, help: &str, kind: &str) {
        // Writing into a string cannot fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn line(&mut self, series: impl Display, value: &impl Display) {
        let _ = writeln!(self.0, "{series} {value}");
    }
}

/// Describes [`show`].
pub(crate) fn describe() -> Operation {
    let figures = "# HELP whc_requests_total Requests answered, by class of status.\n\
                   # TYPE whc_requests_total counter\nwhc_requests_total{class=\"2xx\"} 42\n";
    let content = [("text/plain", plain("Figures in the text format of Prometheus.", figures))];
    Operation::probe(
        "getMetrics",
        "Figures for a monitor",
        "Counts and ages of this process; touches no store.",
    )
    .answering(StatusCode::OK, answer("The figures.", &headers::UNCACHED, &content))
}
