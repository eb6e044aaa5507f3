//! How many requests a client may send.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Request, Response, StatusCode};
use serde_json::Value;
use whc_core::config::{LimitConfig, Variables};
use whc_core::testing::{MockClock, TestValkey};
use whc_core::web::{Body, ClientAddress, handle};
use whc_core::{App, Config, MemorySites};

const MAP: &str = "/api/whcsites?f=svg&limit=1";

fn limits(set: &[(&str, &str)]) -> whc_core::Result<LimitConfig> {
    let lookup = |name: &str| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
    Config::from_variables(&Variables::new(lookup)).map(|config| config.limits)
}

fn limited(set: &[(&str, &str)], clock: &Arc<MockClock>) -> App {
    let sites = Arc::new(MemorySites::embedded().unwrap());
    let clock = Arc::<MockClock>::clone(clock);
    let builder =
        App::builder(Arc::clone(&sites) as _).site_store(sites).clock(clock).without_authentication();
    builder.limits(limits(set).unwrap()).build()
}

async fn ask(app: &App, method: &str, path: &str, from: Option<&str>) -> Response<Body> {
    let request = Request::builder().method(method).uri(path).header("host", "localhost");
    let mut request = request.body(bytes::Bytes::new()).unwrap();
    if let Some(address) = from {
        request.extensions_mut().insert(ClientAddress(address.parse::<IpAddr>().unwrap()));
    }
    handle(app, request).await
}

/// How many of so many are let through.
async fn let_through(app: &App, (method, path): (&str, &str), from: &str, count: usize) -> usize {
    let mut passed = 0;
    for _ in 0..count {
        passed +=
            usize::from(ask(app, method, path, Some(from)).await.status() != StatusCode::TOO_MANY_REQUESTS);
    }
    passed
}

fn told<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

#[test]
fn rates_are_read_and_explained() {
    let config = limits(&[("LIMIT_READS", "600/minute"), ("LIMIT_WRITES", "off")]).unwrap();
    assert_eq!(config.reads.unwrap().to_string(), "600/minute");
    assert_eq!((config.writes, config.logins.unwrap().to_string().as_str()), (None, "5/minute"));
    assert_eq!(limits(&[]).unwrap(), LimitConfig::default());
    for wrong in ["60", "60/day", "0/minute", "-1/minute", "many/minute", "1000001/second", "/"] {
        let error = limits(&[("LIMIT_LOGINS", wrong)]).unwrap_err();
        let words = "LIMIT_LOGINS: a limit is off, or a rate like 60/minute";
        assert!(error.is_invalid() && error.to_string().starts_with(words), "{error}");
    }
}

#[tokio::test]
async fn a_client_has_its_share_to_the_request_and_gets_more_with_time() {
    let clock = Arc::new(MockClock::at(std::time::SystemTime::UNIX_EPOCH));
    let app = limited(&[("LIMIT_EXPENSIVE", "10/minute")], &clock);
    for _ in 0..10 {
        assert_eq!(ask(&app, "GET", MAP, Some("198.51.100.7")).await.status(), 200);
    }
    let refused = ask(&app, "GET", MAP, Some("198.51.100.7")).await;
    assert_eq!(refused.status(), 429);
    let headers = refused.headers().clone();
    assert_eq!(told(&headers, "retry-after"), "6");
    assert_eq!(told(&headers, "ratelimit-policy"), "\"expensive\";q=10;w=60");
    assert_eq!(told(&headers, "ratelimit"), "\"expensive\";r=0;t=60");
    assert_eq!(told(&headers, "cache-control"), "no-store");
    let problem: Value = serde_json::from_slice(&refused.into_body().into_bytes()).unwrap();
    assert_eq!(problem["code"], "too-many-requests");
    assert!(problem["detail"].as_str().unwrap().contains("10/minute"), "{problem}");

    assert_eq!(
        ask(&app, "GET", "/api/whcsites", Some("198.51.100.7")).await.status(),
        200,
        "reads are another class"
    );
    assert_eq!(ask(&app, "GET", MAP, Some("198.51.100.8")).await.status(), 200, "another client");
    assert_eq!(ask(&app, "GET", MAP, None).await.status(), 200, "nobody is known");
    clock.advance(Duration::from_millis(5999));
    assert_eq!(let_through(&app, ("GET", MAP), "198.51.100.7", 3).await, 0);
    clock.advance(Duration::from_millis(1));
    assert_eq!(let_through(&app, ("GET", MAP), "198.51.100.7", 3).await, 1);
    clock.advance(Duration::from_hours(1));
    assert_eq!(let_through(&app, ("GET", MAP), "198.51.100.7", 30).await, 10);
}

#[tokio::test]
async fn a_host_with_ipv6_is_one_client_and_one_of_ipv4_is_itself_however_it_is_written() {
    let clock = Arc::new(MockClock::at(std::time::SystemTime::UNIX_EPOCH));
    let app = limited(&[("LIMIT_EXPENSIVE", "2/minute")], &clock);
    for (addresses, expected) in [
        (["2001:db8:1:2::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:ffff::9"], 2),
        (["2001:db8:1:3::1", "2001:db8:1:4::1", "2001:db8:1:5::1"], 3),
        (["198.51.100.7", "::ffff:198.51.100.7", "198.51.100.7"], 2),
    ] {
        let mut passed = 0;
        for address in addresses {
            passed += let_through(&app, ("GET", MAP), address, 1).await;
        }
        assert_eq!(passed, expected, "{addresses:?}");
    }
}

#[tokio::test]
async fn changes_count_for_who_makes_them_from_wherever() {
    let clock = Arc::new(MockClock::at(std::time::SystemTime::UNIX_EPOCH));
    let app = limited(&[("LIMIT_WRITES", "3/minute"), ("LIMIT_EXPENSIVE", "off")], &clock);
    let remove = ("DELETE", "/api/whcsites/1");
    assert_eq!(let_through(&app, remove, "198.51.100.1", 1).await, 1);
    let second = ask(&app, remove.0, remove.1, Some("198.51.100.2")).await;
    assert_ne!(second.status(), 429);
    assert_eq!(let_through(&app, remove, "198.51.100.3", 1).await, 1);
    let refused = ask(&app, remove.0, remove.1, Some("198.51.100.4")).await;
    assert_eq!(
        (refused.status(), told(refused.headers(), "ratelimit-policy")),
        (StatusCode::TOO_MANY_REQUESTS, "\"writes\";q=3;w=60")
    );
    for _ in 0..20 {
        assert_eq!(ask(&app, "GET", "/healthz", Some("198.51.100.4")).await.status(), 200);
        assert_eq!(ask(&app, "GET", MAP, Some("198.51.100.4")).await.status(), 200, "off");
    }
}

/// What a client sends changes nothing: the address comes from the adapter alone.
#[tokio::test]
async fn no_header_makes_somebody_another_client() {
    let clock = Arc::new(MockClock::at(std::time::SystemTime::UNIX_EPOCH));
    let app = limited(&[("LIMIT_EXPENSIVE", "2/minute")], &clock);
    let mut passed = 0;
    for number in 0..10 {
        let other = format!("203.0.113.{number}");
        let request =
            Request::get(MAP).header("x-forwarded-for", &other).header("forwarded", format!("for={other}"));
        let mut request = request.header("x-real-ip", &other).body(bytes::Bytes::new()).unwrap();
        request.extensions_mut().insert(ClientAddress("198.51.100.7".parse().unwrap()));
        passed += usize::from(handle(&app, request).await.status() == 200);
    }
    assert_eq!(passed, 2);
}

#[tokio::test]
async fn two_processes_share_a_limit_and_each_has_its_own_without_valkey() {
    let server = TestValkey::new().await;
    let (config, mut proxy) = crate::valkey::behind_proxy(server.config()).await;
    let process = async || {
        let valkey = crate::valkey::valkey(&config);
        valkey.ready().await.unwrap();
        let sites = Arc::new(MemorySites::embedded().unwrap());
        let limits = limits(&[("LIMIT_EXPENSIVE", "100/hour")]).unwrap();
        App::builder(sites).limits(limits).valkey(&valkey).unwrap().build()
    };
    let (one, other) = (process().await, process().await);
    let mut passed = 0;
    for _ in 0..100 {
        passed += let_through(&one, ("GET", MAP), "198.51.100.7", 1).await;
        passed += let_through(&other, ("GET", MAP), "198.51.100.7", 1).await;
    }
    assert!((100..=102).contains(&passed), "{passed} of 200");
    let refused = ask(&one, "GET", MAP, Some("198.51.100.7")).await;
    let wait: u64 = told(refused.headers(), "retry-after").parse().unwrap();
    assert!((1..=36).contains(&wait), "{wait}");
    proxy.cut().await;
    assert!(let_through(&one, ("GET", MAP), "198.51.100.7", 200).await >= 100, "by what it knows itself");
    assert_eq!(let_through(&one, ("GET", MAP), "198.51.100.7", 200).await, 0);
}
