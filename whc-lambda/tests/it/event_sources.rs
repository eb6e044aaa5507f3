//! The particulars of each event source: prefixes of paths, shapes of replies, limits.

use serde_json::{Value, json};

use crate::support::{Asked, EVENT_SOURCES, EventSource, Got, function, invoke};

async fn next_link(variables: &[(&str, &str)], event: &Value) -> String {
    let got = Got::from_reply(&invoke(&function(variables), event).await);
    assert_eq!(got.status, 200, "{:?}", got.body);
    got.json()["links"]["next"].as_str().unwrap().to_owned()
}

/// A REST API: where its `path`, its own view of the path and its route are given.
fn rest(path: &str, whole: &str, route: &str, parameters: &Value) -> Value {
    json!({
        "resource": route, "path": path, "httpMethod": "GET", "queryStringParameters": {"limit": "1"},
        "pathParameters": parameters, "requestContext": {"stage": "prod", "path": whole},
    })
}

fn http(path: &str, stage: &str, route: &str, parameters: &Value) -> Value {
    json!({
        "version": "2.0", "routeKey": route, "rawPath": path, "rawQueryString": "limit=1", "pathParameters": parameters,
        "requestContext": {"stage": stage, "http": {"method": "GET", "path": path}},
    })
}

#[tokio::test]
async fn links_have_what_the_gateway_put_before_the_path() {
    let (list, proxy) = ("/api/whcsites", json!({"proxy": "api/whcsites"}));
    let below = json!({"rest": "whcsites"});
    for (event, prefix) in [
        // The address of the gateway: its stage. A domain: its base path, of any length, or none.
        (rest(list, "/prod/api/whcsites", "/{proxy+}", &proxy), "/prod"),
        (rest("/whc/api/whcsites", "/whc/api/whcsites", "/{proxy+}", &proxy), "/whc"),
        (rest("/a/b/api/whcsites", "/a/b/api/whcsites", "/{proxy+}", &proxy), "/a/b"),
        (rest(list, list, "/{proxy+}", &proxy), ""),
        (rest(list, "/prod/api/whcsites", "/api/whcsites", &Value::Null), "/prod"),
        (rest(list, "/prod/api/whcsites", "/api/{rest+}", &below), "/prod"),
        // The button "Test" of the console sends the template as the path, and no parameters.
        (rest(list, "/{proxy+}", "/{proxy+}", &proxy), ""),
        (rest(list, "/prod/api/whcsites", "/{proxy+}", &Value::Null), "/prod"),
        (rest(list, "/{proxy+}", "/{proxy+}", &Value::Null), ""),
        (http("/prod/api/whcsites", "prod", "ANY /{proxy+}", &proxy), "/prod"),
        (http("/whc/api/whcsites", "prod", "ANY /{proxy+}", &proxy), "/whc"),
        (http("/prod/api/whcsites", "prod", "$default", &Value::Null), "/prod"),
        (http(list, "$default", "$default", &Value::Null), ""),
        (http(list, "$default", "GET /api/{rest+}", &below), ""),
        (http("/api/api/whcsites", "api", "ANY /{proxy+}", &proxy), "/api"),
        (http("/h\u{e9}ritage/api/whcsites", "x", "ANY /{proxy+}", &proxy), "/h%C3%A9ritage"),
    ] {
        assert_eq!(
            next_link(&[], &event).await,
            format!("{prefix}/api/whcsites?limit=1&offset=1"),
            "{event}"
        );
    }
}

#[tokio::test]
async fn the_operator_knows_best_where_clients_come_in() {
    let variables = [("PUBLIC_URL", "https://heritage.example/whc")];
    let expected = "https://heritage.example/whc/api/whcsites?limit=1&offset=1";
    for (source, path) in [
        (EventSource::Balancer, "/whc/api/whcsites"),
        (EventSource::Url, "/whc/api/whcsites"),
        (EventSource::Balancer, "/api/whcsites"),
    ] {
        let event = Asked::get(format!("{path}?limit=1")).event(source);
        assert_eq!(next_link(&variables, &event).await, expected, "{event}");
    }
    let event = http("/prod/api/whcsites", "prod", "$default", &Value::Null);
    assert_eq!(next_link(&variables, &event).await, expected);
}

#[tokio::test]
async fn a_probe_of_a_load_balancer_needs_no_host() {
    let probe = json!({
        "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/whc/1"}},
        "httpMethod": "GET", "path": "/healthz", "queryStringParameters": {},
        "headers": {"user-agent": "ELB-HealthChecker/2.0"}, "body": "", "isBase64Encoded": false,
    });
    let reply = invoke(&function(&[]), &probe).await;
    assert_eq!((&reply["statusCode"], &reply["body"]), (&json!(200), &json!("OK")));
    assert_eq!(reply["statusDescription"], "200 OK");
    for root in ["/prod", "/prod/"] {
        let event = rest("/", root, "/", &Value::Null);
        let got = Got::from_reply(&invoke(&function(&[]), &event).await);
        // That of the first page, which is no list.
        assert!(got.json()["detail"].as_str().unwrap().starts_with("there is no parameter limit"), "{got:?}");
    }
}

/// Members that are present and null, as some libraries write events.
#[tokio::test]
async fn what_an_event_source_leaves_empty_says_nothing() {
    let mut event = http("/prod/api/countries", "prod", "$default", &Value::Null);
    event["requestContext"]["http"]["method"] = json!("POST");
    for (name, value) in [("httpMethod", json!("GET")), ("path", json!("/")), ("resource", Value::Null)] {
        event[name] = value;
    }
    assert_eq!(invoke(&function(&[]), &event).await["statusCode"], 405);
}

#[tokio::test]
async fn each_event_source_gets_the_shape_it_wants() {
    for source in EVENT_SOURCES {
        let function = function(&[]);
        let several = matches!(source, EventSource::Rest | EventSource::BalancerOfSeveral);
        let shape = |reply: &Value| {
            assert_eq!(reply["multiValueHeaders"].is_object(), several, "{source:?}");
            assert_eq!(reply["headers"].is_object(), !several, "{source:?}");
            assert_eq!(
                reply["statusDescription"].is_string(),
                matches!(source, EventSource::Balancer | EventSource::BalancerOfSeveral)
            );
        };
        for format in ["json", "geojson", "csv", "ndjson", "geojsonseq"] {
            let list = Asked::get(format!("/api/whcsites?limit=20&f={format}"));
            let reply = invoke(&function, &list.event(source)).await;
            shape(&reply);
            assert_eq!(reply["isBase64Encoded"], false, "{format} through {source:?}");
            for encoding in ["br", "gzip", "zstd"] {
                let reply =
                    invoke(&function, &list.clone().with("accept-encoding", encoding).event(source)).await;
                assert_eq!(reply["isBase64Encoded"], true, "{format} in {encoding} through {source:?}");
            }
        }
        shape(&invoke(&function, &Asked::get("/nowhere").event(source)).await);
    }
}

#[tokio::test]
async fn no_answer_is_longer_than_its_event_source_takes() {
    let function = function(&[]);
    let mut cut = 0;
    for format in ["json", "geojson", "csv", "ndjson", "geojsonseq"] {
        for language in ["en", "ar", "ru"] {
            for target in [
                format!("/api/whcsites?limit=2000&f={format}&lang={language}"),
                format!("/api/downloads/whcsites.{format}?lang={language}"),
            ] {
                let event = Asked::get(&target).event(EventSource::Balancer);
                let reply = invoke(&function, &event).await;
                assert!(reply.to_string().len() < 1_000_000, "{target}");
                let got = Got::from_reply(&reply);
                let whole = !got.headers.get("link").is_some_and(|link| link.contains("rel=\"next\""));
                assert!(
                    got.status == 200 || (got.is_problem() && got.status == 406),
                    "{target}: {}",
                    got.status
                );
                cut += usize::from(got.status == 200 && !whole);
                // Compressed, and through every other source, all of it passes.
                let compressed =
                    Asked::get(&target).with("accept-encoding", "gzip").event(EventSource::Balancer);
                let compressed = Got::from_reply(&invoke(&function, &compressed).await);
                assert_eq!(
                    (compressed.status, compressed.headers.contains_key("link")),
                    (200, false),
                    "{target}"
                );
                let gateway =
                    Got::from_reply(&invoke(&function, &Asked::get(&target).event(EventSource::Http)).await);
                assert_eq!((gateway.status, gateway.headers.contains_key("link")), (200, false), "{target}");
            }
        }
    }
    assert!(cut > 0, "no page had to be cut down");
}

#[tokio::test]
async fn cookies_come_in_a_place_of_their_own() {
    let mut event = http("/healthz", "$default", "$default", &Value::Null);
    event["cookies"] = json!(["a=b", "c=d"]);
    assert_eq!(invoke(&function(&[]), &event).await["statusCode"], 200);
    event["cookies"] = json!(["a=b\n"]);
    assert_eq!(invoke(&function(&[]), &event).await["statusCode"], 400);
}
