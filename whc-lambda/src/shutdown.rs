//! The end of a sandbox: it is told in advance only where an extension is registered.

use lambda_runtime_api_client::body::Body;
use lambda_runtime_api_client::{BoxError, Client, build_request};
use tokio::signal::unix::{SignalKind, signal};

const REGISTER: &str = "/2020-01-01/extension/register";
const NEXT: &str = "/2020-01-01/extension/event/next";
const ID: &str = "lambda-extension-identifier";

/// Registers an extension within this process that wants no event, so that SIGTERM comes before SIGKILL, and has the
/// process end in order then. Without an extension API, as in some emulators, everything else works.
pub async fn listen() {
    if let Err(error) = register().await {
        tracing::debug!(error, "no extension: the sandbox will end without a word");
    }
}

async fn register() -> Result<(), BoxError> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::spawn(async move {
        terminate.recv().await;
        // Lines are written as they come; this is the last one.
        tracing::info!("the sandbox ends");
        std::process::exit(0);
    });
    let client = Client::builder().build()?;
    let request = build_request().method("POST").uri(REGISTER).header("lambda-extension-name", "whc-lambda");
    let response = client.call(request.body(Body::from(r#"{"events":[]}"#))?).await?;
    let id = response.headers().get(ID).ok_or("no extension identifier")?.clone();
    // Answered never; but init is over only when every extension has asked.
    let next = client.call(build_request().uri(NEXT).header(ID, id).body(Body::empty())?);
    tokio::spawn(async move { next.await.map(drop) });
    Ok(())
}
