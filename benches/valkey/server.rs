//! A Valkey of this measurement, and what can happen to it.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::sleep;
use whc_core::testing::CuttableProxy;

use super::Result;

/// The programs that will do, the first of which is taken.
const PROGRAMS: [&str; 2] = ["valkey-server", "redis-server"];
/// How much later everything arrives at a slow one, and comes back: ten times what a reader waits.
const SLOW: Duration = Duration::from_millis(50);

/// How a Valkey is.
#[derive(Clone, Copy)]
pub(super) enum State {
    Up,
    /// The process is gone, and its port is closed.
    Killed,
    /// It was stopped: it takes connections and never answers.
    Paused,
    Slow,
}

impl State {
    pub(super) const ALL: [Self; 4] = [Self::Up, Self::Killed, Self::Paused, Self::Slow];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Killed => "killed",
            Self::Paused => "paused",
            Self::Slow => "slow",
        }
    }
}

/// A process behind a proxy, ended with this value.
pub(super) struct Server {
    process: Child,
    port: u16,
    proxy: CuttableProxy,
}

impl Server {
    pub(super) async fn start() -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let process = spawn(port)?;
        let proxy = CuttableProxy::new("127.0.0.1", port).await;
        let server = Self { process, port, proxy };
        server.until_it_listens().await?;
        Ok(server)
    }

    /// Where instances reach it.
    pub(super) fn address(&self) -> SocketAddr {
        self.proxy.address()
    }

    pub(super) async fn enter(&mut self, state: State) -> Result<()> {
        match state {
            State::Up => {}
            State::Killed => {
                self.process.kill()?;
                self.process.wait()?;
                self.proxy.cut().await;
            }
            State::Paused => self.signal("STOP")?,
            State::Slow => self.proxy.slow_down(SLOW),
        }
        Ok(())
    }

    /// Ends a state.
    pub(super) async fn recover(&mut self, state: State) -> Result<()> {
        match state {
            State::Up => {}
            State::Killed => {
                self.process = spawn(self.port)?;
                self.until_it_listens().await?;
                self.proxy.restore().await;
            }
            State::Paused => self.signal("CONT")?,
            State::Slow => self.proxy.slow_down(Duration::ZERO),
        }
        Ok(())
    }

    async fn until_it_listens(&self) -> Result<()> {
        for _ in 0..500 {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).await.is_ok() {
                return Ok(());
            }
            sleep(Duration::from_millis(10)).await;
        }
        Err("Valkey does not listen".into())
    }

    fn signal(&self, name: &str) -> Result<()> {
        let kill = format!("kill -{name} {}", self.process.id());
        let done = Command::new("sh").args(["-c", &kill]).status()?;
        if done.success() { Ok(()) } else { Err(format!("{kill}: {done}").into()) }
    }
}

/// Starts one that keeps nothing.
fn spawn(port: u16) -> Result<Child> {
    let start = |program| {
        let mut command = Command::new(program);
        command.args([
            "--save",
            "",
            "--appendonly",
            "no",
            "--bind",
            "127.0.0.1",
            "--port",
            &port.to_string(),
        ]);
        command.args(["--maxmemory", "256mb", "--maxmemory-policy", "allkeys-lru"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
    };
    let mut tried = PROGRAMS.into_iter().map(start);
    Ok(tried
        .find_map(std::io::Result::ok)
        .ok_or_else(|| format!("there is none of {}", PROGRAMS.join(", ")))?)
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
