//! Personal values are where they belong: in no log, in no text of an error, not in the audit.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use whc_core::contact::{ContactPatch, IfMatch};
use whc_core::repository::IdempotentRequest;
use whc_core::testing::{CuttableProxy, TestDatabase};
use whc_core::{ContactRepository, PostgresContacts};

use super::{caller, case, details, events, trace};

/// Writes down everything at every level.
#[derive(Clone, Default)]
struct Everything(Arc<Mutex<String>>);

struct Writing<'a>(&'a mut String);

impl Visit for Writing<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        write!(self.0, " {field}={value} {value:?}").unwrap();
        let mut cause = value.source();
        while let Some(error) = cause {
            write!(self.0, ": {error} {error:?}").unwrap();
            cause = error.source();
        }
    }
}

impl Subscriber for Everything {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Writing(&mut self.0.lock().unwrap()));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Writing(&mut self.0.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = self.0.lock().unwrap();
        write!(text, "\n{}", event.metadata().target()).unwrap();
        event.record(&mut Writing(&mut text));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

const CASES: u64 = 40;

/// Five values for each of these cases, all of which contain the mark.
fn planted(number: u64) -> serde_json::Value {
    json!({"title": format!("{MARK} t{number}"), "first_name": format!("{MARK} f{number}"),
        "last_name": format!("{MARK} l{number}"), "phone_no": format!("{PHONE} {number}"),
        "address": format!("{MARK}\na{number}")})
}

const MARK: &str = "Planted";
const PHONE: &str = "+99 77 55 33";

fn expect_none(what: &str, text: &str) {
    for mark in [MARK, PHONE] {
        let line = text.lines().find(|line| line.contains(mark));
        assert_eq!(line, None, "{what} has a personal value");
    }
}

/// Does everything once that writes these values, and returns what went wrong, as the log has it.
async fn work(store: &dyn ContactRepository, number: u64) -> String {
    let (details, body) = (details(&planted(number)), planted(number).to_string());
    let access = || caller().case_access(case(number)).unwrap();
    let (target, location) = ("POST /api/contacts", "/api/cases/1/contact");
    let request = IdempotentRequest { key: "key", target, body: body.as_bytes(), location };
    let patch = json!({"last_name": format!("{MARK} again")});
    let patch = ContactPatch::from_json(case(number), &patch).unwrap();
    let any = IfMatch::Any;
    let mut told = String::new();
    let mut tell = |outcome: Result<String, whc_core::Error>| {
        let text = outcome.unwrap_or_else(|error| format!("{error} {error:?} {}", error.report()));
        writeln!(told, "{text}").unwrap();
    };
    tell(store.put(&access(), details.clone(), None, &trace()).await.map(|outcome| format!("{outcome:?}")));
    tell(
        store
            .put(&access(), details.clone(), Some(&any), &trace())
            .await
            .map(|outcome| format!("{outcome:?}")),
    );
    tell(store.patch(&access(), &patch, &any, &trace()).await.map(|outcome| format!("{outcome:?}")));
    let created = store.create(&access(), details, Some(&request), &trace()).await;
    tell(created.map(|outcome| format!("{outcome:?} {request:?}")));
    let reading = caller().case_access(case(number)).unwrap();
    tell(store.get(&reading).await.map(|found| format!("{found:?}")));
    tell(store.export(&reading, &super::auditor()).await.map(|record| format!("{record:?}")));
    told
}

#[tokio::test]
async fn planted_values_appear_in_no_log_in_no_error_and_not_in_the_audit() {
    let database = TestDatabase::alone().await;
    let mut desk = database.member_of("whc_desk").await;
    let mut proxy = CuttableProxy::new(&desk.host, desk.port).await;
    (desk.host, desk.port) = (proxy.address().ip().to_string(), proxy.address().port());
    let store = PostgresContacts::new(&desk).unwrap();
    let log = Everything::default();
    // Where there is but one subscriber, tracing asks that of the thread which comes to an event first, and another test's has
    // none: with two it asks both.
    let _second = tracing::Dispatch::new(Everything::default());
    let _guard = tracing::subscriber::set_default(log.clone());
    let mut told = String::new();
    for number in 1..=CASES {
        told += &work(&store, number).await;
    }
    let (values, written) = (5 * CASES, events(&store).await);
    assert!(values == 200 && written.len() == 2 * usize::try_from(CASES).unwrap());
    expect_none("the audit", &format!("{written:?}"));

    // Every way to fail: a right that is lacking, a table that is away, a statement that breaks off, no server.
    let mut number = CASES;
    for (fault, repair) in [
        ("REVOKE INSERT ON whc.audit_event FROM whc_desk", "GRANT INSERT ON whc.audit_event TO whc_desk"),
        ("REVOKE ALL ON whc.case_contact FROM whc_desk", "GRANT ALL ON whc.case_contact TO whc_desk"),
        ("ALTER TABLE whc.audit_event RENAME TO gone", "ALTER TABLE whc.gone RENAME TO audit_event"),
        (
            "CREATE FUNCTION public.slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM 1 / 0; RETURN NEW; END';
            CREATE TRIGGER slow BEFORE INSERT OR UPDATE ON whc.case_contact FOR EACH ROW EXECUTE FUNCTION public.slow()",
            "DROP TRIGGER slow ON whc.case_contact",
        ),
    ] {
        database.execute(fault).await.unwrap();
        number += 1;
        let failed = work(&store, number).await;
        assert!(failed.contains("database"), "{fault}: {failed}");
        told += &failed;
        database.execute(repair).await.unwrap();
    }
    let server = database.server_log().await;
    // Not in the server's log: it writes down a row that breaks a constraint of somebody else's.
    database.execute("ALTER TABLE whc.case_contact ADD CHECK (title IS NULL) NOT VALID").await.unwrap();
    told += &work(&store, number + 1).await;
    proxy.cut().await;
    told += &work(&store, number + 2).await;

    expect_none("what callers are told", &told);
    let log = log.0.lock().unwrap();
    assert!(log.matches("whc_core::audit").count() >= written.len(), "the log is not written down");
    expect_none("the log", &log);
    if let Some(server) = server {
        assert!(server.contains("division by zero"), "the server's log is another one");
        expect_none("the server's log", &server);
    }
}
