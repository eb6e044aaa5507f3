//! `/metrics`: figures for a monitor, in the text format of Prometheus.

use std::fmt::{Display, Write as _};
use std::time::SystemTime;

use http::Response;

use super::response::{exposition, uncached};
use crate::app::App;
use crate::body::Body;
use crate::repository::Freshness;

/// All figures there are just now. Touches no store.
pub(super) fn metrics(app: &App) -> Response<Body> {
    let mut page = Exposition::default();
    page.counter("whc_requests_total", "Requests answered, by class of status.");
    page.by("whc_requests_total", "class", app.metrics().requests());
    page.counter("whc_kept_answers_total", "Answers that could be kept: found (hit) or written anew (miss).");
    page.by("whc_kept_answers_total", "outcome", app.metrics().kept());
    if let Some(freshness) = app.sites().freshness() {
        page.snapshot(&freshness);
    }
    uncached(exposition(page.0))
}

/// The text, metric by metric. Names, labels and their values are all our own words: nothing needs to be escaped.
#[derive(Default)]
struct Exposition(String);

impl Exposition {
    fn snapshot(&mut self, freshness: &Freshness) {
        let Freshness { sites, loaded, age, checks, embedded, .. } = freshness;
        // Before the source has answered at all the snapshot is older than any limit.
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
