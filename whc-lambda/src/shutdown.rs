//! The shutdown of a sandbox, which Lambda announces only to functions with an extension.

use lambda_runtime_api_client::body::Body;
use lambda_runtime_api_client::{BoxError, Client, build_request};
use tokio::signal::unix::{SignalKind, signal};

const REGISTER: &str = "/2020-01-01/extension/register";
const NEXT: &str = "/2020-01-01/extension/event/next";
const ID: &str = "lambda-extension-identifier";

/// Registers an extension within this process without events, so that Lambda sends SIGTERM before SIGKILL, and ends the
/// process in order then. Without an extension API, as in some emulators, all else works.
pub async fn listen() {
    if let Err(error) = register().await {
        tracing::debug!(error, "no extension: the sandbox will end without a word");
    }
}

async fn register() -> Result<(), BoxError> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::spawn(async move {
        terminate.recv().await;
        // The log is not buffered; this is its last line.
        tracing::info!("the sandbox ends");
        std::process::exit(0);
    });
    let client = Client::builder().build()?;
    let request = build_request().method("POST").uri(REGISTER).header("lambda-extension-name", "whc-lambda");
    let response = client.call(request.body(Body::from(r#"{"events":[]}"#))?).await?;
    let id = response.headers().get(ID).ok_or("no extension identifier")?.clone();
    // This request gets no response; but init ends only when every extension has sent it.
    let next = client.call(build_request().uri(NEXT).header(ID, id).body(Body::empty())?);
    tokio::spawn(async move { next.await.map(drop) });
    Ok(())
}
