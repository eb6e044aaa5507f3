//! Hostile events: each is answered with a problem, and the function goes on.

use serde_json::{Value, json};

use crate::support::{Asked, EventSource, Got, function, invoke, invoke_text};

#[tokio::test]
async fn whatever_a_stranger_sends_is_a_problem_of_theirs() {
    let function = function(&[]);
    let events = events();
    assert!(events.len() >= 50, "{} events", events.len());
    for event in events {
        let shown: String = event.chars().take(300).collect();
        let reply = invoke_text(&function, &event).await.unwrap_or_else(|error| panic!("{error}: {shown}"));
        let got = Got::from_reply(&reply);
        assert!((400..500).contains(&got.status) && got.is_problem(), "{} for {shown}", got.status);
        let well = Asked::get("/api/whcsites/1").event(EventSource::Rest);
        assert_eq!(invoke(&function, &well).await["statusCode"], 200, "after {shown}");
    }
}

const BASES: [EventSource; 3] = [EventSource::Rest, EventSource::Http, EventSource::BalancerOfSeveral];

#[derive(Default)]
struct Events(Vec<String>);

fn events() -> Vec<String> {
    let mut events = Events::default();
    for source in BASES {
        events.hosts(source);
        events.headers(source);
        events.bodies(source);
        events.lines(source);
        events.texts(source);
    }
    events.0
}

fn base(source: EventSource) -> Value {
    Asked::get("/api/whcsites?limit=1").event(source)
}

/// The member with the headers of a source.
fn fields(source: EventSource) -> &'static str {
    if source == EventSource::Http { "headers" } else { "multiValueHeaders" }
}

impl Events {
    fn add(&mut self, event: &Value) {
        self.0.push(event.to_string());
    }

    fn with(&mut self, source: EventSource, changes: &[(&str, Value)]) {
        let mut event = base(source);
        for (name, value) in changes {
            event[name] = value.clone();
        }
        self.add(&event);
    }

    /// An invalid host, with a valid or an invalid scheme.
    fn hosts(&mut self, source: EventSource) {
        for host in [
            "a b",
            "a/../b",
            "user@host",
            "[::1 ]",
            "\u{0}",
            "h\u{f6}st",
            "a\r\nx: y",
            "<script>",
            "%%%\\",
            "?",
        ] {
            let value = if source == EventSource::Http { json!(host) } else { json!([host]) };
            let headers = json!({"host": value, "x-forwarded-proto": value});
            self.with(source, &[(fields(source), headers)]);
        }
        if source != EventSource::Http {
            self.with(source, &[(fields(source), json!({"host": ["a", "b"]}))]);
        }
    }

    fn headers(&mut self, source: EventSource) {
        for (name, value) in [
            ("x-huge", json!("x".repeat(20_000))),
            ("x-many", json!(vec!["y"; 40_000])),
            ("not a name", json!("x")),
            ("", json!("x")),
            ("x-deep", json!([[["x"]]])),
            ("x-number", json!(7)),
            ("x-object", json!({"a": {"b": "c"}})),
            ("x-line", json!("a\nb")),
        ] {
            self.with(source, &[(fields(source), json!({ name: value }))]);
        }
        self.with(source, &[(fields(source), json!(["a", "b"]))]);
        self.with(source, &[(fields(source), json!("text"))]);
        self.with(source, &[("cookies", json!("text"))]);
    }

    fn bodies(&mut self, source: EventSource) {
        self.with(source, &[("body", json!({"a": 1}))]);
        self.with(source, &[("isBase64Encoded", json!("yes"))]);
        self.with(source, &[("isBase64Encoded", json!(true)), ("body", json!("not base64!"))]);
        self.with(source, &[("isBase64Encoded", json!(false)), ("body", json!("x".repeat((1 << 20) + 1)))]);
    }

    /// Methods, paths and queries.
    fn lines(&mut self, source: EventSource) {
        for method in ["\u{0}", "GET / HTTP/1.1\r\n", ""] {
            self.add(&Asked { method, ..Asked::get("/api/whcsites") }.event(source));
        }
        for target in [
            format!("/{}", "x".repeat(100_000)),
            format!("/api/whcsites?q={}", "y".repeat(100_000)),
            format!("/api/whcsites?{}", "limit=1&".repeat(1000)),
        ] {
            self.add(&Asked::get(target).event(source));
        }
        let mut number = base(source);
        number[if source == EventSource::Http { "rawPath" } else { "path" }] = json!(7);
        number["requestContext"]["path"] = Value::Null;
        self.add(&number);
    }

    /// Half of a character, which is valid JSON and no valid text; and something very deep.
    fn texts(&mut self, source: EventSource) {
        let event = base(source).to_string();
        self.0.push(event.replace("test-1", "\\ud800"));
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
        self.0.push(event.replace("\"test-1\"", &deep));
    }
}

#[tokio::test]
async fn every_refusal_has_an_id() {
    for source in BASES {
        let named = if source == EventSource::Http { json!("test-1") } else { json!(["test-1"]) };
        for (member, value, id) in [
            ("body", json!("x".repeat((1 << 20) + 1)), "test-1"),
            ("body", json!({"a": 1}), "test-1"),
            (fields(source), json!("text"), "of the invocation"),
            (fields(source), json!({"x-request-id": named, "not a name": named}), "of the invocation"),
        ] {
            let mut event = base(source);
            event[member] = value;
            let payload = serde_json::from_str(&event.to_string()).unwrap();
            let mut context = lambda_runtime::Context::default();
            "of-the-invocation".clone_into(&mut context.request_id);
            let answer =
                function(&[]).invoke(lambda_runtime::LambdaEvent::new(payload, context)).await.unwrap();
            let lambda_runtime::FunctionResponse::BufferedResponse(reply) = answer else {
                panic!("streamed")
            };
            let reply = serde_json::to_value(&reply).unwrap();
            let id = id.replace(' ', "-");
            let header = reply["headers"]
                .get("x-request-id")
                .unwrap_or(&reply["multiValueHeaders"]["x-request-id"][0]);
            assert_eq!(header, &*id, "{reply}");
            let problem: Value = serde_json::from_str(reply["body"].as_str().unwrap()).unwrap();
            assert_eq!(problem["request_id"], *id, "{problem}");
        }
    }
}

#[tokio::test]
async fn null_is_nothing() {
    for source in BASES {
        let mut event = Asked::get("/healthz").event(source);
        for (name, value) in event.as_object_mut().unwrap() {
            if !["requestContext", "httpMethod", "path", "rawPath", "resource", "pathParameters"]
                .contains(&name.as_str())
            {
                *value = Value::Null;
            }
        }
        assert_eq!(invoke(&function(&[]), &event).await["statusCode"], 200, "{event}");
    }
}
