//! `whc config`: what is in force, and where it comes from.

use whc_core::Result;
use whc_core::config::{ProviderConfig, Variables};
use whc_hyper::Config;

use super::flags::Given;
use super::{say, variable};

/// What stands for a secret.
const MASK: &str = "***";

/// The variables that are nothing else, beside the secrets of providers of logins.
const SECRETS: [&str; 5] =
    ["APPLE_PRIVATE_KEY", "DB_PASSWORD", "DB_WRITE_PASSWORD", "SECRET_KEY_BASE", "VALKEY_PASSWORD"];

pub(super) fn run(config: &Config, given: &Given, variables: &Variables<'_>) -> Result<()> {
    fixed(config, given, variables)?;
    of_providers(config, variables)
}

/// The variables that every service may have.
fn fixed(config: &Config, given: &Given, variables: &Variables<'_>) -> Result<()> {
    for known in variable::all() {
        let set = variables.text(known.name).map(|value| shown(config, known.name, value));
        let origin = match &set {
            Some(_) if given.iter().any(|flag| flag.variable == known.name) => "flag",
            Some(_) => "variable",
            None if known.default.is_empty() => "not set",
            None => "default",
        };
        line(known.name, set.as_deref().unwrap_or(&default(config, known)), origin)?;
    }
    Ok(())
}

/// Those of the providers of logins that this one names.
fn of_providers(config: &Config, variables: &Variables<'_>) -> Result<()> {
    let names = config.core.login.providers.iter().flat_map(ProviderConfig::variables);
    for name in names.filter(|name| !variable::all().any(|known| known.name == name)) {
        let set = variables.text(&name).map(|value| shown(config, &name, value));
        let origin = if set.is_some() { "variable" } else { "not set" };
        line(&name, set.as_deref().unwrap_or_default(), origin)?;
    }
    Ok(())
}

fn line(name: &str, value: &str, origin: &str) -> Result<()> {
    say(&format!("{:<50} # {origin}", format!("{name}={value}")))
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
        secret if SECRETS.contains(&secret) || secret.ends_with("_CLIENT_SECRET") => return MASK.to_owned(),
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
