//! Tokens and what contacts say, at every level of the log and over both protocols: nobody else reads them.

pub(crate) mod client;
mod issuer;

use std::collections::BTreeSet;

use http::Version;
use serde_json::{Value, json};
use whc_core::testing::TestDatabase;

use self::client::Client;
use self::issuer::{Issuer, Planted};
use crate::binary::{Serving, run, url};

/// Five values each.
const CASES: u64 = 40;
const MARK: &str = "Planted";
const PHONE: &str = "+99 77 55 33";

/// What a contact says: values all of which have a mark.
fn person(number: u64) -> Value {
    json!({"title": format!("{MARK} t{number}"), "first_name": format!("{MARK} f{number}"),
        "last_name": format!("{MARK} l{number}"), "phone_no": format!("{PHONE} {number}"),
        "address": format!("{MARK}\na{number}")})
}

/// A request: method, path, headers and body.
type Asked = (&'static str, String, Vec<(&'static str, String)>, String);

/// Everything that can be done with a case, right and wrong.
fn work(token: &str, number: u64) -> Vec<Asked> {
    let contact = format!("/api/cases/{number}/contact");
    let ask = |method, path: &str, headers: &[(&'static str, &str)], body: &str| {
        let own = headers.iter().map(|(name, value)| (*name, (*value).to_owned()));
        let token = ("authorization", format!("Bearer {token}"));
        (method, path.to_owned(), own.chain([token]).collect(), body.to_owned())
    };
    let whole = person(number).to_string();
    let put = |headers: &[_]| ask("PUT", &contact, headers, &whole);
    let any = ("if-match", "*");
    let patch = |name: &str, value: Value| ask("PATCH", &contact, &[any], &json!({name: value}).to_string());
    let key = ("idempotency-key", &*format!("key-{number}"));
    let post = |title: &str| {
        let mut body = person(number);
        (body["case_id"], body["title"]) = (number.into(), title.into());
        ask("POST", "/api/contacts", &[key], &body.to_string())
    };
    let form = ("content-type", "application/x-www-form-urlencoded");
    vec![
        put(&[]),
        put(&[]),
        put(&[("if-match", &format!("\"{MARK}\""))]),
        put(&[("if-match", MARK)]),
        put(&[any]),
        patch("last_name", format!("{MARK} again").into()),
        patch("phone_no", MARK.into()),
        patch("title", json!([MARK])),
        patch("title", format!("{MARK}\n").into()),
        patch("nickname", MARK.into()),
        ask("PATCH", &contact, &[any], &whole.replace('}', "")),
        ask("PATCH", &contact, &[any, form], &format!("first_name={MARK}&phone_no={PHONE}")),
        ask("GET", &contact, &[], ""),
        ask("GET", &format!("{contact}?last_name={MARK}"), &[], ""),
        post(MARK),
        ask("DELETE", &contact, &[any], ""),
        post(MARK),
        post("another"),
        ask("GET", &format!("/api/cases/{number}/export"), &[], ""),
        ask("DELETE", &format!("/api/cases/{number}"), &[], ""),
        put(&[]),
    ]
}

/// What is private and what is open, with a planted token.
fn presented(planted: &Planted) -> Vec<Asked> {
    let case = CASES + 1;
    let contact = format!("/api/cases/{case}/contact");
    let token = json!({"token": planted.token, "case_id": case}).to_string();
    let ask = |method, path: &str, body: &str| {
        let path =
            if planted.query.is_empty() { path.to_owned() } else { format!("{path}?{}", planted.query) };
        (method, path, planted.headers.clone(), body.to_owned())
    };
    vec![
        ask("GET", &contact, ""),
        ask("PUT", &contact, &person(case).to_string()),
        ask("POST", "/api/contacts", &token),
        ask("GET", "/api/audit", ""),
        ask("DELETE", &format!("/api/cases/{case}"), ""),
        ask("GET", "/api/whcsites/1", ""),
        ask("GET", "/api/whcsites", ""),
        ask("GET", "/healthz", ""),
        ask("GET", "/nowhere", ""),
    ]
}

/// What became of requests.
#[derive(Default)]
struct Seen {
    problems: String,
    statuses: BTreeSet<u16>,
}

impl Seen {
    /// Asks, and keeps the answers that are problems.
    async fn ask(&mut self, client: &mut Client, requests: Vec<Asked>) {
        for (method, path, headers, body) in requests {
            let (status, answer) = client.ask(method, &path, &headers, &body).await;
            self.statuses.insert(status);
            if status >= 400 {
                assert!(answer.contains("\"request_id\""), "{method} {path} {status}: {answer}");
                self.problems += &answer;
                self.problems.push('\n');
            }
        }
    }
}

fn expect_none(what: &str, text: &str, planted: &[Planted]) {
    for mark in [MARK, PHONE] {
        let line = text.lines().find(|line| line.contains(mark));
        assert_eq!(line, None, "{what} has a personal value");
    }
    let found = planted.iter().find(|planted| planted.marks().any(|mark| text.contains(mark)));
    assert_eq!(found.map(|planted| planted.name), None, "{what} has a token");
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_and_personal_values_are_in_nothing_that_others_read() {
    let database = TestDatabase::alone().await;
    let admin = url(&database.config());
    assert!(run(&["import", "--embedded"], &[("DATABASE_URL", &admin)]).await.status.success());
    let (web, desk) = (database.member_of("whc_reader").await, database.member_of("whc_desk").await);
    let issuer = Issuer::new();
    let serving = Serving::ready(&[
        ("DATABASE_URL", &url(&web)),
        ("DATABASE_WRITE_URL", &url(&desk)),
        ("AUTH_KEYS", &issuer.public_key()),
        ("LIMIT_WRITES", "off"),
        ("RUST_LOG", "trace"),
    ]);
    let (planted, token) = (issuer.planted(), issuer.token("everybody"));
    assert!(planted.len() >= 20);
    let mut seen = Seen::default();
    for (version, half) in [(Version::HTTP_11, 0), (Version::HTTP_2, 1)] {
        let mut client = Client::connect(serving.address(), version).await;
        for number in (1..=CASES).filter(|number| number % 2 == half) {
            seen.ask(&mut client, work(&token, number)).await;
        }
        for planted in &planted {
            seen.ask(&mut client, presented(planted)).await;
        }
    }
    let mut client = Client::connect(serving.address(), Version::HTTP_11).await;
    let headers = [("authorization", format!("Bearer {token}"))];
    for f in ["json", "csv", "ndjson"] {
        let (status, audit) = client.ask("GET", &format!("/api/audit?limit=10000&f={f}"), &headers, "").await;
        assert!(status == 200 && audit.contains("everybody"), "{audit}");
        expect_none("the audit", &audit, &planted);
    }
    // A statement that fails has its parameters in the log of a server that is set up so; not at its defaults.
    database.execute("REVOKE INSERT ON whc.audit_event FROM whc_desk").await.unwrap();
    seen.ask(&mut client, work(&token, 1)).await;
    let expected = [200, 201, 204, 400, 401, 403, 404, 409, 412, 415, 422, 428, 500];
    assert_eq!(seen.statuses, BTreeSet::from(expected));
    expect_none("a problem", &seen.problems, &planted);
    let (_, metrics) = serving.get("/metrics");
    assert!(metrics.contains("whc_requests_total"), "{metrics}");
    expect_none("metrics", &metrics, &planted);

    serving.soon(|serving| serving.said(|line| line.contains("/metrics")) > 0);
    let log = serving.log();
    for target in ["whc_core::audit", "whc_core::request", "h2::codec"] {
        assert!(log.contains(target), "the log has no line of {target}");
    }
    assert!(log.lines().count() >= 10_000, "{} lines", log.lines().count());
    expect_none("the log", &log, &planted);
    if let Some(server) = database.server_log().await {
        assert!(server.contains("permission denied"), "the server's log is another one");
        expect_none("the server's log", &server, &planted);
    }
}
