//! The binary `whc` as an operator meets it: environment in, exit status, text and sockets out.

#[cfg(unix)]
mod asking;
mod export;
mod import;
mod serving;
mod start;
#[cfg(unix)]
mod terminal;

use std::path::Path;
use std::process::{Command, Output, Stdio};

use whc_core::config::DatabaseConfig;

pub(crate) use self::serving::Serving;

pub(crate) fn whc(arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whc"));
    command.args(arguments).env_clear().env("RUST_LOG", "info").envs(variables.iter().copied());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs a command to its end on a blocking thread: the proxy to its database may run in this process.
pub(crate) async fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = whc(arguments, variables);
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub(crate) fn url(config: &DatabaseConfig) -> String {
    let password = config.password.as_ref().map_or("", |secret| secret.reveal());
    if config.is_socket() {
        return format!("postgres:///{}?host={}&user={}", config.name, config.host, config.user);
    }
    format!("postgres://{}:{password}@{}:{}/{}", config.user, config.host, config.port, config.name)
}

pub(crate) fn sample(name: &str) -> String {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../whc-core/tests/it/import/samples");
    samples.join(name).to_string_lossy().into_owned()
}
