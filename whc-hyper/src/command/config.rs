//! `whc config`: what is in force, and where it comes from.

use whc_core::Result;
use whc_core::config::Variables;
use whc_hyper::Config;

use super::flags::Given;
use super::{say, variable};

/// What stands for a secret.
const MASK: &str = "***";

/// The variables that are nothing else.
const SECRETS: [&str; 6] = [
    "APPLE_PRIVATE_KEY",
    "DB_PASSWORD",
    "DB_WRITE_PASSWORD",
    "GOOGLE_CLIENT_SECRET",
    "SECRET_KEY_BASE",
    "VALKEY_PASSWORD",
];

pub(super) fn run(config: &Config, given: &Given, variables: &Variables<'_>) -> Result<()> {
    for known in variable::all() {
        let set = variables.text(known.name).map(|value| shown(config, known.name, value));
        let origin = match &set {
            Some(_) if given.iter().any(|flag| flag.variable == known.name) => "flag",
            Some(_) => "variable",
            None if known.default.is_empty() => "not set",
            None => "default",
        };
        let setting = format!("{}={}", known.name, set.as_deref().unwrap_or(&default(config, known)));
        say(&format!("{setting:<50} # {origin}"))?;
    }
    Ok(())
}

/// The value, without what is secret in it.
fn shown(config: &Config, name: &str, value: String) -> String {
    if let ("VALKEY_URL" | "REDIS_HOST", Some(valkey)) = (name, &config.core.valkey) {
        let scheme = if valkey.tls { "rediss" } else { "redis" };
        return format!("{scheme}://{valkey}");
    }
    let database = match name {
        "DATABASE_URL" => config.core.database.as_ref(),
        "DATABASE_LISTEN_URL" => config.core.listen.as_ref(),
        "DATABASE_WRITE_URL" => config.core.write.as_ref(),
        secret if SECRETS.contains(&secret) => return MASK.to_owned(),
        // Somebody may have put the private one there.
        "AUTH_KEYS" if value.contains("-----BEGIN") => return MASK.to_owned(),
        _ => return value,
    };
    database.map_or(MASK.to_owned(), |database| format!("postgres://{database}"))
}

/// Some defaults hang on another value.
fn default(config: &Config, known: &variable::Variable) -> String {
    match known.name {
        "HOST" => config.server.listen.ip().to_string(),
        "MAX_CONNECTIONS_PER_ADDRESS" => config.server.max_connections_per_address.to_string(),
        _ => known.default.to_owned(),
    }
}
