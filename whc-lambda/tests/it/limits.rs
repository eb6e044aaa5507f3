//! Whose request an event is: of the client that AWS saw, whatever the client wrote into headers.

use serde_json::{Value, json};

use crate::support::{Asked, EVENT_SOURCES, EventSource, invoke, limited};

/// An event of the client at this address, who says that it is somebody else.
fn event(source: EventSource, address: &str, said: &str) -> Value {
    let asked = Asked::get("/api/whcsites?f=svg&limit=1");
    let forwarded = format!("{said}, {address}");
    match source {
        EventSource::Rest => {
            let mut event = asked.with("x-forwarded-for", said).event(source);
            event["requestContext"]["identity"] = json!({"sourceIp": address});
            event
        }
        EventSource::Http | EventSource::Url => {
            let mut event = asked.with("x-forwarded-for", said).event(source);
            event["requestContext"]["http"]["sourceIp"] = address.into();
            event
        }
        EventSource::Balancer | EventSource::BalancerOfSeveral => {
            asked.with("x-forwarded-for", forwarded).event(source)
        }
    }
}

#[tokio::test]
async fn a_client_has_its_share_whatever_it_says() {
    for source in EVENT_SOURCES {
        let function = limited(&[("LIMIT_EXPENSIVE", "2/minute")]);
        let ask = async |address: &str, said: &str| {
            let reply = invoke(&function, &event(source, address, said)).await;
            reply["statusCode"].as_u64().unwrap()
        };
        for (address, said, status) in [
            ("198.51.100.7", "203.0.113.1", 200),
            ("198.51.100.7", "203.0.113.2", 200),
            ("198.51.100.7", "203.0.113.3", 429),
            ("2001:db8::1", "198.51.100.7", 200),
            ("unknown", "198.51.100.7", 200),
        ] {
            assert_eq!(ask(address, said).await, status, "{source:?} {address} {said}");
        }
    }
}

#[tokio::test]
async fn whom_nobody_can_tell_has_no_limit() {
    let function = limited(&[("LIMIT_EXPENSIVE", "1/hour")]);
    for event in [
        json!({"httpMethod": "GET", "path": "/api/openapi.json", "requestContext": {"identity": {"sourceIp": 7}}}),
        json!({"httpMethod": "GET", "path": "/api/openapi.json", "requestContext": {"elb": {}}}),
        json!({"rawPath": "/api/openapi.json", "requestContext": {"http": {"method": "GET"}}}),
    ] {
        for _ in 0..3 {
            assert_eq!(invoke(&function, &event).await["statusCode"], 200, "{event}");
        }
    }
}
