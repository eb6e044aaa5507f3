//! `whc healthcheck`: whether the server of this container answers.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use whc_core::{Config, Result};

/// Less than the shortest timeout an orchestrator would give the command.
const TIMEOUT: Duration = Duration::from_secs(2);

pub(super) async fn run(config: &Config) -> Result<ExitCode> {
    whc_hyper::healthcheck(reachable(config.server.listen), TIMEOUT).await?;
    Ok(ExitCode::SUCCESS)
}

/// A server that listens on every address is asked on the loopback one.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}
