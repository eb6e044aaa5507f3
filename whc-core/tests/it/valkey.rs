//! Valkey: how it is configured, reached and done without, and what is kept there.

mod answers;
mod configuration;
mod connection;
mod outage;
mod sessions;
mod snapshots;

use std::sync::Arc;

use whc_core::config::{SecretKeys, ValkeyConfig};
use whc_core::testing::CuttableProxy;
use whc_core::{App, MemorySites, Valkey};

/// A secret as operators make one.
pub(crate) const SECRET: &str = "5f2b0c9d7e1a48366f2b0c9d7e1a48365f2b0c9d7e1a48366f2b0c9d7e1a4836";

pub(crate) fn valkey(config: &ValkeyConfig) -> Valkey {
    Valkey::new(config, &SecretKeys::parse(SECRET).unwrap()).unwrap()
}

/// A process of a service over the list compiled in, with this Valkey.
pub(crate) fn process(valkey: &Valkey) -> App {
    App::builder(Arc::new(MemorySites::embedded().unwrap())).valkey(valkey).unwrap().build()
}

/// The same server behind a proxy of the test's own.
pub(crate) async fn behind_proxy(mut config: ValkeyConfig) -> (ValkeyConfig, CuttableProxy) {
    let proxy = CuttableProxy::new(&config.host, config.port).await;
    config.host = proxy.address().ip().to_string();
    config.port = proxy.address().port();
    (config, proxy)
}
