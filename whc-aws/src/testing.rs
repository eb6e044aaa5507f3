//! Secrets Manager, ECS and ElastiCache in memory, over HTTP, for tests: the actions that this workspace uses.

#![expect(clippy::expect_used, clippy::missing_panics_doc, reason = "a test fails by panicking")]

mod actions;
mod query;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::Builder;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// AWS in memory. Gone with the runtime it was started on.
#[derive(Debug)]
pub struct FakeAws {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    secrets: BTreeMap<String, FakeSecret>,
    /// When tasks of the service were replaced.
    deployments: Vec<u32>,
    calls: Vec<String>,
    /// The passwords of users of caches.
    passwords: BTreeMap<String, Vec<String>>,
    refused: BTreeSet<String>,
    lost: BTreeSet<String>,
    /// Moves with every action.
    now: u32,
}

#[derive(Debug)]
struct FakeSecret {
    rotates: bool,
    versions: BTreeMap<String, FakeVersion>,
    changed: u32,
}

#[derive(Debug, Default)]
struct FakeVersion {
    value: Option<String>,
    stages: BTreeSet<String>,
}

impl FakeAws {
    /// An AWS with nothing in it.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State { deployments: vec![0], ..State::default() }));
        let served = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&served);
                let service = service_fn(move |request| answer(Arc::clone(&state), request));
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        Self { address, state }
    }

    /// Where it is, as `AWS_ENDPOINT_URL` has it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How clients of AWS reach it.
    #[must_use]
    pub fn settings(&self) -> SdkConfig {
        let credentials = Credentials::new("test", "test", None, None, "test");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .endpoint_url(self.url())
            .http_client(Builder::new().build_http())
            .region(Region::new("eu-central-1"))
            .build()
    }

    /// Puts a secret there that is rotated, with this value in version `first`, which is current.
    pub fn add(&self, name: &str, value: &str) {
        let stages = BTreeSet::from(["AWSCURRENT".to_owned()]);
        let first = FakeVersion { value: Some(value.to_owned()), stages };
        let versions = BTreeMap::from([("first".to_owned(), first)]);
        let secret = FakeSecret { rotates: true, versions, changed: 0 };
        self.state().secrets.insert(name.to_owned(), secret);
    }

    /// Begins a rotation as Secrets Manager does: with a pending version that has no value yet.
    pub fn begin(&self, name: &str, version: &str) {
        self.secret(name, |secret| secret.attach(version, "AWSPENDING"));
    }

    /// Turns the rotation of a secret off.
    pub fn turn_off(&self, name: &str) {
        self.secret(name, |secret| secret.rotates = false);
    }

    /// The value of a secret at a stage.
    #[must_use]
    pub fn value(&self, name: &str, stage: &str) -> Option<String> {
        self.secret(name, |secret| {
            let mut versions = secret.versions.values();
            versions.find(|version| version.stages.contains(stage)).and_then(|version| version.value.clone())
        })
    }

    /// The stages of a version.
    #[must_use]
    pub fn stages(&self, name: &str, version: &str) -> Vec<String> {
        self.secret(name, |secret| {
            secret.versions.get(version).into_iter().flat_map(|version| version.stages.clone()).collect()
        })
    }

    /// Refuses an action, such as `UpdateService`, from now on; or no longer.
    pub fn refuse(&self, action: &str, whether: bool) {
        let refused = &mut self.state().refused;
        if whether {
            refused.insert(action.to_owned())
        } else {
            refused.remove(action)
        };
    }

    /// Performs the next call of an action, but reports a failure to the client.
    pub fn lose(&self, action: &str) {
        self.state().lost.insert(action.to_owned());
    }

    /// The passwords of a user of a cache, as `ModifyUser` has set them last.
    #[must_use]
    pub fn passwords(&self, user: &str) -> Vec<String> {
        self.state().passwords.get(user).cloned().unwrap_or_default()
    }

    /// How often an action was called.
    #[must_use]
    pub fn count(&self, action: &str) -> usize {
        self.state().calls.iter().filter(|call| *call == action).count()
    }

    fn secret<T>(&self, name: &str, work: impl FnOnce(&mut FakeSecret) -> T) -> T {
        work(self.state().secrets.get_mut(name).expect("a secret that was added"))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("a state")
    }
}

impl FakeSecret {
    /// A stage belongs to one version at most.
    fn attach(&mut self, version: &str, stage: &str) {
        for other in self.versions.values_mut() {
            other.stages.remove(stage);
        }
        self.versions.entry(version.to_owned()).or_default().stages.insert(stage.to_owned());
    }
}

async fn answer(
    state: Arc<Mutex<State>>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let target = request.headers().get("x-amz-target").and_then(|target| target.to_str().ok());
    let action = target.and_then(|target| target.split('.').next_back()).unwrap_or_default().to_owned();
    let is_query = target.is_none();
    let body = request.into_body().collect().await.expect("a body").to_bytes();
    if is_query {
        return Ok(query::answer(&mut state.lock().expect("a state"), &body));
    }
    let input = serde_json::from_slice(&body).expect("JSON");
    let (status, output) = match actions::act(&mut state.lock().expect("a state"), &action, &input) {
        Ok(output) => (200, output),
        Err(kind) => (400, serde_json::json!({"__type": kind, "message": format!("{action} says no")})),
    };
    let response = Response::builder().status(status).header("content-type", "application/x-amz-json-1.1");
    Ok(response.body(Bytes::from(output.to_string()).into()).expect("a response"))
}
