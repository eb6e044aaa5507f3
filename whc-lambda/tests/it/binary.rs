//! The binary as Lambda runs it: events from a runtime API, sleep between them, SIGTERM in the end.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::time::timeout;
use whc_core::config::DatabaseConfig;
use whc_core::testing::TestDatabase;
use whc_core::{MemorySites, PostgresSites, Site, SiteQuery, SiteRepository as _, SiteStore as _};

use crate::runtime_api::{Outcome, RuntimeApi};
use crate::support::{Asked, EVENT_SOURCES, EventSource, Got};

/// Longer than anything here may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running function, ended with the test.
struct Sandbox {
    api: RuntimeApi,
    child: Child,
    log: Arc<Mutex<Vec<String>>>,
}

impl Sandbox {
    /// Starts the function and waits for the end of its init.
    async fn start(variables: &[(&str, &str)]) -> Self {
        let api = RuntimeApi::start().await;
        let mut child = Command::new(env!("CARGO_BIN_EXE_whc-lambda"))
            .env_clear()
            .env("AWS_LAMBDA_RUNTIME_API", api.address().to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "whc")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
            .envs(variables.iter().copied())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let log = Arc::new(Mutex::new(Vec::new()));
        let written = Arc::clone(&log);
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| written.lock().unwrap().push(line));
        });
        let sandbox = Self { api, child, log };
        timeout(PATIENCE, sandbox.api.registered()).await.expect("an extension");
        timeout(PATIENCE, sandbox.api.ready()).await.expect("the end of init");
        sandbox
    }

    async fn invoke(&self, event: &Value) -> Outcome {
        timeout(PATIENCE, self.api.invoke(event.to_string())).await.expect("an answer in time")
    }

    async fn ask(&self, asked: &Asked, source: EventSource) -> Got {
        let outcome = self.invoke(&asked.event(source)).await;
        assert!(!outcome.failed, "{:?}", outcome.body);
        Got::from_reply(&serde_json::from_slice(&outcome.body).unwrap())
    }

    async fn get(&self, target: &str) -> Got {
        self.ask(&Asked::get(target), EventSource::Http).await
    }

    fn signal(&self, name: &str) {
        let kill = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(kill.unwrap().success());
    }

    fn log(&self) -> String {
        self.log.lock().unwrap().join("\n")
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_invocations_an_error_and_an_end_in_order() {
    let mut sandbox = Sandbox::start(&[("AWS_LAMBDA_LOG_FORMAT", "JSON")]).await;
    let targets = ["/api/whcsites/1", "/api/whcsites?limit=5", "/healthz", "/api/whcsites?q=temple&limit=1"];
    for number in 0..1000 {
        let (target, source) = (targets[number % targets.len()], EVENT_SOURCES[number % EVENT_SOURCES.len()]);
        let got = sandbox.ask(&Asked::get(target), source).await;
        assert_eq!(got.status, 200, "{target} through {source:?}");
    }
    for no_request in [
        "{}",
        "[]",
        "null",
        "\"\"",
        "7",
        r#"{"Records":[]}"#,
        "{\"",
        "",
        "\u{ff}\0",
        r#"{"requestContext":7}"#,
    ] {
        let outcome = sandbox.api.invoke(no_request.to_owned()).await;
        assert!(outcome.failed, "{no_request}: {:?}", outcome.body);
        let error: Value = serde_json::from_slice(&outcome.body).unwrap();
        assert!(error["errorMessage"].is_string(), "{error}");
    }
    assert!(sandbox.api.invoke(&b"\xff\xfe{}"[..]).await.failed);
    assert_eq!(sandbox.get("/api/whcsites/1").await.status, 200);

    sandbox.signal("TERM");
    let status = tokio::task::block_in_place(|| sandbox.child.wait().unwrap());
    assert!(status.success(), "{status}");
    tokio::time::sleep(Duration::from_millis(100)).await;
    let log = sandbox.log();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let request = lines.iter().find(|line| line["message"] == "request").expect("a line for a request");
    assert_eq!(request["span"]["aws_request_id"], "invocation-0", "{request}");
    assert_eq!(request["span"]["trace"], "Root=1-invocation-0", "{request}");
    assert_eq!(lines.last().unwrap()["message"], "the sandbox ends");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_without_a_name_has_that_of_its_invocation() {
    let sandbox = Sandbox::start(&[]).await;
    let mut asked = Asked::get("/nowhere");
    asked.headers.clear();
    for (number, source) in EVENT_SOURCES.into_iter().enumerate() {
        let got = sandbox.ask(&asked, source).await;
        assert_eq!(got.headers["x-request-id"], format!("invocation-{number}"));
        assert_eq!(got.json()["request_id"], format!("invocation-{number}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_can_be_streamed() {
    let sandbox = Sandbox::start(&[("LAMBDA_INVOKE_MODE", "response_stream")]).await;
    let outcome =
        sandbox.invoke(&Asked::get("/api/downloads/whcsites.geojson").event(EventSource::Url)).await;
    assert!(!outcome.failed);
    assert_eq!(outcome.headers["lambda-runtime-function-response-mode"], "streaming");
    assert_eq!(outcome.headers["content-type"], "application/vnd.awslambda.http-integration-response");
    let split = outcome.body.windows(8).position(|window| window == [0; 8]).unwrap();
    let prelude: Value = serde_json::from_slice(&outcome.body[..split]).unwrap();
    assert_eq!(prelude["statusCode"], 200);
    assert_eq!(prelude["headers"]["content-type"], "application/geo+json");
    let body = &outcome.body[split + 8..];
    assert_eq!(prelude["headers"]["content-length"], body.len().to_string());
    let features: Value = serde_json::from_slice(body).unwrap();
    assert_eq!(features["features"].as_array().unwrap().len(), 1273);
    // A load balancer does not support streams.
    assert_eq!(sandbox.ask(&Asked::get("/healthz"), EventSource::Balancer).await.body, "OK");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_fails_when_the_database_restarts_in_its_sleep() {
    let database = TestDatabase::new().await;
    let store = PostgresSites::new(&database.config()).unwrap();
    let list = MemorySites::embedded().unwrap().list(&SiteQuery::ALL).await.unwrap();
    let sites: Vec<_> = list.items.iter().map(|site| Site::clone(site)).collect();
    store.revise(&mut |_| Ok(sites[1..].to_vec())).await.unwrap();
    let (first, url) = (sites[0].id, url(&database.config()));
    let sandbox = Sandbox::start(&[("DATABASE_URL", &url), ("SNAPSHOT_POLL_SECONDS", "0.05")]).await;
    let one = format!("/api/whcsites/{first}");
    for _ in 0..20 {
        assert_eq!(sandbox.get("/api/whcsites?limit=1").await.json()["meta"]["total"], 1272);
    }
    assert_eq!(sandbox.get(&one).await.status, 404);

    sandbox.signal("STOP");
    let restart = async {
        database.restart().await;
        store.revise(&mut |_| Ok(vec![sites[0].clone()])).await.unwrap();
    };
    tokio::join!(restart, tokio::time::sleep(sleep()));
    sandbox.signal("CONT");

    let mut asked = 0;
    // The first check may find a dead connection, which is then replaced.
    while sandbox.get(&one).await.status != 200 {
        assert_eq!(sandbox.get("/api/whcsites?limit=1").await.status, 200);
        tokio::time::sleep(Duration::from_millis(60)).await;
        asked += 1;
        assert!(asked < 20, "the new site is not seen: {}", sandbox.log());
    }
    for _ in 0..100 {
        assert_eq!(sandbox.get("/api/whcsites?limit=1").await.json()["meta"]["total"], 1273);
    }
    assert!(!sandbox.log().contains("ERROR"), "{}", sandbox.log());
}

/// How long the sandbox is frozen.
fn sleep() -> Duration {
    Duration::from_secs(10)
}

fn url(config: &DatabaseConfig) -> String {
    let password = config.password.as_ref().map_or("", |secret| secret.reveal());
    format!("postgres://{}:{password}@{}:{}/{}", config.user, config.host, config.port, config.name)
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_of_lambda_it_says_where_it_belongs() {
    let output = Command::new(env!("CARGO_BIN_EXE_whc-lambda")).env_clear().output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("AWS_LAMBDA_RUNTIME_API") && text.contains("cargo lambda watch"), "{text}");
}
