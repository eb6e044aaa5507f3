//! A server in a process of its own, and what it has used.

use std::process::{Child, Command};
use std::time::Duration;

use tokio::net::TcpStream;

use super::Result;

/// A server in a process of its own, ended with this value.
pub(super) struct Server {
    process: Child,
    pub(super) port: u16,
}

impl Server {
    pub(super) async fn start(command: &mut Command, port: u16) -> Result<Self> {
        let server = Self { process: command.spawn()?, port };
        for _ in 0..500 {
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Ok(server);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Err(format!("{command:?} does not listen").into())
    }

    /// User and system time so far, from `/proc`, which counts in hundredths of a second.
    pub(super) fn cpu_seconds(&mut self) -> Result<(f64, f64)> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let seconds = |at: usize| -> Result<f64> {
            Ok(fields.get(at).ok_or("an unknown form of /proc")?.parse::<f64>()? / 100.0)
        };
        Ok((seconds(11)?, seconds(12)?))
    }

    /// Memory in use, in KB.
    pub(super) fn resident(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        Ok(line.ok_or("an unknown form of /proc")?.trim_matches(|c: char| !c.is_ascii_digit()).parse()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
