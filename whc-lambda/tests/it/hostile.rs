//! Events as strangers would like them to be: each is answered with a problem, and the function goes on.

use serde_json::{Value, json};

use crate::support::{Asked, Door, Got, function, invoke, invoke_text};

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
        let well = Asked::get("/api/whcsites/1").event(Door::Rest);
        assert_eq!(invoke(&function, &well).await["statusCode"], 200, "after {shown}");
    }
}

const BASES: [Door; 3] = [Door::Rest, Door::Http, Door::BalancerOfSeveral];

#[derive(Default)]
struct Events(Vec<String>);

impl Events {
    fn add(&mut self, event: &Value) {
        self.0.push(event.to_string());
    }
}

fn events() -> Vec<String> {
    let mut events = Events::default();
    for door in BASES {
        let asked = Asked::get("/api/whcsites?limit=1");
        let base = || asked.event(door);
        // A host that is none, or several; a scheme that is none must not matter, with such a host.
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
            let mut event = base();
            for fields in ["headers", "multiValueHeaders"] {
                let value = if fields == "headers" { json!(host) } else { json!([host]) };
                if event[fields].is_object() {
                    event[fields]["host"] = value.clone();
                    event[fields]["x-forwarded-proto"] = value;
                }
            }
            events.add(&event);
        }
        let with = |name: &str, value: Value| {
            let mut event = base();
            event[name] = value;
            event
        };
        let header = |name: &str, value: Value| {
            let mut event = base();
            for fields in ["headers", "multiValueHeaders"] {
                if !event[fields].is_null() {
                    event[fields] = json!({ name: value });
                }
            }
            event
        };
        events.add(&header("x-huge", json!("x".repeat(20_000))));
        events.add(&header("x-many", json!(vec!["y"; 40_000])));
        events.add(&header("not a name", json!("x")));
        events.add(&header("", json!("x")));
        events.add(&header("x-deep", json!([[["x"]]])));
        events.add(&header("x-number", json!(7)));
        events.add(&header("x-object", json!({"a": {"b": "c"}})));
        events.add(&header("x-line", json!("a\nb")));
        let fields = if door == Door::Http { "headers" } else { "multiValueHeaders" };
        events.add(&with(fields, json!(["a", "b"])));
        events.add(&with(fields, json!("text")));
        events.add(&with("body", json!({"a": 1})));
        events.add(&with("isBase64Encoded", json!("yes")));
        let mut body = with("isBase64Encoded", json!(true));
        body["body"] = json!("not base64!");
        events.add(&body);
        let mut body = with("isBase64Encoded", json!(false));
        body["body"] = json!("x".repeat((1 << 20) + 1));
        events.add(&body);
        let path = if door == Door::Http { "rawPath" } else { "path" };
        let mut number = with(path, json!(7));
        number["requestContext"]["path"] = Value::Null;
        events.add(&number);
        let mut long = Asked::get(format!("/{}", "x".repeat(100_000))).event(door);
        long["resource"] = Value::Null;
        events.add(&long);
        events.add(&Asked::get(format!("/api/whcsites?q={}", "y".repeat(100_000))).event(door));
        events.add(&Asked::get(format!("/api/whcsites?{}", "limit=1&".repeat(1000))).event(door));
        events.add(&Asked { method: "\u{0}", ..asked.clone() }.event(door));
        events.add(&Asked { method: "GET / HTTP/1.1\r\n", ..asked.clone() }.event(door));
        events.add(&Asked { method: "", ..asked.clone() }.event(door));
        // Half of a character, which is valid JSON and no valid text.
        events.0.push(base().to_string().replace("test-1", "\\ud800"));
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
        events.0.push(base().to_string().replace("\"test-1\"", &deep));
    }
    events.0
}

#[tokio::test]
async fn null_is_nothing() {
    for door in BASES {
        let mut event = Asked::get("/healthz").event(door);
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
