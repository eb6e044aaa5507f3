//! One function: how it starts, and what that costs.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use std::{fs::File, net::TcpListener};

use super::Result;
use super::runtime_api::{now, serve};

/// Invocations after each cold start.
const INVOCATIONS: usize = 300;

/// A program and how it is set up.
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) program: PathBuf,
    pub(super) variables: Vec<(&'static str, String)>,
    /// What its log must say, which tells that it did what is measured.
    pub(super) says: Option<&'static str>,
}

/// A cold start and what came after it.
pub(super) struct Run {
    /// From the start of the process to its request for the first event.
    pub(super) init: Duration,
    pub(super) first: Duration,
    pub(super) hot: Duration,
    /// In MB.
    pub(super) resident: f64,
}

impl Run {
    /// From the start of the process to its first answer.
    pub(super) fn ready(&self) -> Duration {
        self.init + self.first
    }
}

impl Function {
    /// Starts it, has it answer, and ends it.
    pub(super) fn start(&self) -> Result<Run> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?.to_string();
        let (sender, heard) = mpsc::channel();
        std::thread::spawn(move || serve(&listener, &sender));
        let log = std::env::temp_dir().join(format!("whc-cold-start-{}.log", std::process::id()));
        let began = now();
        let child = Command::new(&self.program)
            .env_clear()
            .env("AWS_LAMBDA_RUNTIME_API", address)
            .env("AWS_LAMBDA_FUNCTION_NAME", "function")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
            // Nothing of every request.
            .env("RUST_LOG", "warn,whc_core::repository=info")
            .envs(self.variables.iter().map(|(name, value)| (*name, value)))
            .stderr(Stdio::from(File::create(&log)?))
            .spawn()
            .map_err(|error| format!("{}: {error}; see the top of main.rs", self.program.display()))?;
        let child = Ended(child);
        let mut next = heard.recv()?;
        let init = next.at - began;
        let mut took = Vec::with_capacity(INVOCATIONS);
        for _ in 0..=INVOCATIONS {
            let began = now();
            next.event.ok_or("an answer to no event")?.send(())?;
            took.push(heard.recv()?.at - began);
            next = heard.recv()?;
        }
        let first = took.remove(0);
        took.sort_unstable();
        let said = std::fs::read_to_string(&log)?;
        std::fs::remove_file(log)?;
        if self.says.is_some_and(|words| !said.contains(words)) {
            return Err(format!("{} did something else: {said}", self.name).into());
        }
        Ok(Run { init, first, hot: took[INVOCATIONS / 2], resident: resident(&child.0)? })
    }
}

/// A process that ends with its measurement.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The resident memory of a process in MB.
fn resident(child: &Child) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(super::megabytes(kilobytes * 1024))
}
