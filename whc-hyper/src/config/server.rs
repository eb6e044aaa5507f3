//! How the server listens, what it endures and how it stops.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use whc_core::Result;
use whc_core::config::{DEFAULT_MAX_BODY_BYTES, DevelopmentConfig, Variables};

use super::Network;

/// How the server listens, what it endures and how it stops.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServerConfig {
    /// `HOST` and `PORT`: the address to listen on; 0.0.0.0 and 4000. With `DISABLE_AUTH` 127.0.0.1, unless
    /// `DISABLE_AUTH_ANYWHERE` is set too.
    pub listen: SocketAddr,
    /// `MAX_CONNECTIONS`: connections open at once; for one more the longest idle one is closed. Where none is idle, more
    /// wait in the backlog of the listener. 1024.
    pub max_connections: usize,
    /// `MAX_CONNECTIONS_PER_ADDRESS`: how many of them may come from one address, or one network `/64` of IPv6; for one
    /// more the longest idle one from there is closed. A quarter of all, 256.
    pub max_connections_per_address: usize,
    /// `TRUSTED_PROXIES`: networks whose connections carry the requests of many clients, and have no such limit. This
    /// machine's own addresses.
    pub trusted_proxies: Vec<Network>,
    /// `MAX_BODY_BYTES`: the greatest request body; more is answered with 413. 1 MiB.
    pub max_body_bytes: usize,
    /// `HEADER_TIMEOUT_SECONDS`: from the first byte of a request to the end of its header; from the accept on for the
    /// first request of a connection. 10 s.
    pub header_timeout: Duration,
    /// `BODY_TIMEOUT_SECONDS`: from the end of the header to the end of the body. 30 s.
    pub body_timeout: Duration,
    /// `KEEP_ALIVE_SECONDS`: how long a connection may idle between requests. 75 s, longer than the 60 s of a load
    /// balancer, which must be the one to close.
    pub keep_alive: Duration,
    /// `SHUTDOWN_DELAY_SECONDS`: after the stop signal, how long `/readyz` says no while requests are still accepted,
    /// so that load balancers can turn away. 5 s.
    pub shutdown_delay: Duration,
    /// `SHUTDOWN_TIMEOUT_SECONDS`: after the delay, how long running requests may take to finish. 20 s.
    pub shutdown_timeout: Duration,
}

/// One address may have the whole divided by this.
const SHARE: usize = 4;

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), 4000),
            max_connections: 1024,
            max_connections_per_address: 1024 / SHARE,
            trusted_proxies: loopback(),
            max_body_bytes: DEFAULT_MAX_BODY_BYTES,
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(30),
            keep_alive: Duration::from_secs(75),
            shutdown_delay: Duration::from_secs(5),
            shutdown_timeout: Duration::from_secs(20),
        }
    }
}

impl ServerConfig {
    /// Reads these variables.
    ///
    /// # Errors
    /// Names the first variable that cannot be understood, its value and what would be right.
    pub fn from_variables(variables: &Variables<'_>) -> Result<Self> {
        let default = Self::default();
        let host = variables.parse("HOST", "an IP address such as 0.0.0.0")?;
        let host = host.map_or_else(|| default_host(variables), Ok)?;
        let port = variables.parse("PORT", "a port from 0 to 65535")?.unwrap_or(default.listen.port());
        let max_connections = variables.count("MAX_CONNECTIONS")?.unwrap_or(default.max_connections);
        let share = variables.count("MAX_CONNECTIONS_PER_ADDRESS")?;
        Ok(Self {
            listen: SocketAddr::new(host, port),
            max_connections,
            max_connections_per_address: share.unwrap_or(max_connections.div_ceil(SHARE)),
            trusted_proxies: trusted_proxies(variables)?.unwrap_or(default.trusted_proxies),
            max_body_bytes: variables.count("MAX_BODY_BYTES")?.unwrap_or(default.max_body_bytes),
            header_timeout: variables.seconds("HEADER_TIMEOUT_SECONDS")?.unwrap_or(default.header_timeout),
            body_timeout: variables.seconds("BODY_TIMEOUT_SECONDS")?.unwrap_or(default.body_timeout),
            keep_alive: variables.seconds("KEEP_ALIVE_SECONDS")?.unwrap_or(default.keep_alive),
            shutdown_delay: variables.seconds("SHUTDOWN_DELAY_SECONDS")?.unwrap_or(default.shutdown_delay),
            shutdown_timeout: variables
                .seconds("SHUTDOWN_TIMEOUT_SECONDS")?
                .unwrap_or(default.shutdown_timeout),
        })
    }
}

/// All addresses of the machine, unless whoever reaches the server may do everything.
fn default_host(variables: &Variables<'_>) -> Result<IpAddr> {
    let development = DevelopmentConfig::from_variables(variables)?;
    let closed = development.disable_auth && !development.disable_auth_anywhere;
    Ok(if closed { Ipv4Addr::LOCALHOST.into() } else { Ipv4Addr::UNSPECIFIED.into() })
}

fn loopback() -> Vec<Network> {
    Network::parse_list("127.0.0.0/8, ::1").unwrap_or_default()
}

fn trusted_proxies(variables: &Variables<'_>) -> Result<Option<Vec<Network>>> {
    let networks = variables.text("TRUSTED_PROXIES").map(|text| Network::parse_list(&text)).transpose();
    networks.map_err(|error| error.within("TRUSTED_PROXIES"))
}
