//! What the log does not show, whatever its level: tokens, codes of logins, and queries of what is private.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::{ask, service};

/// Writes every event and span of every level into one text.
#[derive(Clone, Default)]
pub(crate) struct Everything(Arc<Mutex<String>>);

impl Everything {
    pub(crate) fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

impl Visit for Everything {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0.lock().unwrap(), "{field}={value:?} ").unwrap();
    }
}

impl Subscriber for Everything {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        attributes.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn secrets_and_private_queries_are_in_no_line() {
    let log = Everything::default();
    // With a single subscriber tracing asks that of whichever thread comes first, and others have none.
    let _other = tracing::Dispatch::new(Everything::default());
    let _guard = tracing::subscriber::set_default(log.clone());
    let app = service().build();
    let over_the_limit = format!("/api/contacts?q=SECRET&{}", "x".repeat(9000));
    for (method, path) in [
        ("GET", "/api/whcsites?access_token=SECRET&q=quito"),
        ("GET", "/api/whcsites?TOKEN=SECRET"),
        ("GET", "/api/whcsites?%74oken=SECRET&code=SECRET&state=SECRET"),
        ("GET", "/healthz?token=SECRET"),
        ("GET", "/api/whcsites?id_token=SECRET&refresh_token=SECRET&client_secret=SECRET&password=SECRET"),
        ("GET", "/api/whcsites?token[]=SECRET&user%5Bpassword%5D=SECRET&%2574oken=SECRET&idToken=SECRET"),
        ("GET", "/api/whcsites?q=eyJSECRET&eyJSECRET&eyJSECRET=1"),
        ("GET", "/api/whcsites?q=%65yJSECRET"),
        ("GET", "/api/whcsites/eyJSECRET"),
        ("GET", "/eyJSECRET.eyJSECRET.SECRET"),
        ("GET", "/api/cases/7/contact?last_name=SECRET"),
        ("PUT", "/api/cases/7/contact?last_name=SECRET"),
        ("BREW", "/api/cases/7/contact?last_name=SECRET"),
        ("OPTIONS", "/api/contacts?last_name=SECRET"),
        ("GET", "/api/cases/7/contcat?last_name=SECRET"),
        ("GET", "/api/contacts?last_name=SECRET"),
        ("GET", &over_the_limit),
        ("GET", "/api/audit?actor=SECRET&f=qwerty"),
    ] {
        for authorization in ["Bearer SECRET", "Bearer contacts:read,contacts:write,audit:read"] {
            let headers = [("authorization", authorization), ("cookie", "SECRET"), ("host", "localhost")];
            let body = r#"{"first_name":"SECRET","SECRET":1}"#;
            let response = ask(&app, method, path, &headers, body).await;
            assert_ne!(response.status(), 500);
        }
    }
    let text = log.text();
    assert!(text.contains("q=quito") && text.contains("access_token=***"), "{text}");
    assert!(text.contains("path=\"/api/whcsites/***\""), "{text}");
    assert!(!text.contains("SECRET"), "{text}");
}
