//! The variables `whc` reads, in a few words each: for the help, for `whc config`, and to tell slips.

use std::fmt::Write as _;

/// A variable of the environment.
pub(super) struct Variable {
    pub(super) name: &'static str,
    meaning: &'static str,
    /// What counts where it is not set; empty for nothing.
    pub(super) default: &'static str,
}

const fn variable(name: &'static str, meaning: &'static str, default: &'static str) -> Variable {
    Variable { name, meaning, default }
}

/// Where to listen and to ask.
pub(super) static ADDRESS: [Variable; 2] =
    [variable("HOST", "IP address to listen on", "0.0.0.0"), variable("PORT", "port to listen on", "4000")];

/// The rest of the server, its answers and its snapshot.
pub(super) static SERVER: [Variable; 17] = [
    variable("PUBLIC_URL", "where clients reach the service, a URL or a path", ""),
    variable("CORS_ORIGINS", "whose pages may read what is private, and change it", ""),
    variable("SECURITY_CONTACT", "whom to tell of a weakness: mailto:, tel: or https:", ""),
    variable("CACHE_BYTES", "memory for answers that were written before", "16777216"),
    variable("SERVER_TIMING", "true: answers tell how long they took", "false"),
    variable("MAX_CONNECTIONS", "connections open at once", "1024"),
    variable("MAX_CONNECTIONS_PER_ADDRESS", "how many of them from one address", "256"),
    variable("TRUSTED_PROXIES", "networks that this share does not bind", "127.0.0.0/8, ::1"),
    variable("MAX_BODY_BYTES", "greatest request body", "1048576"),
    variable("HEADER_TIMEOUT_SECONDS", "to the end of a request's header", "10"),
    variable("BODY_TIMEOUT_SECONDS", "from there to the end of its body", "30"),
    variable("KEEP_ALIVE_SECONDS", "how long a connection may idle", "75"),
    variable("SHUTDOWN_DELAY_SECONDS", "after SIGTERM: still answering all, not ready", "5"),
    variable("SHUTDOWN_TIMEOUT_SECONDS", "then: to finish running requests", "20"),
    variable("SNAPSHOT_POLL_SECONDS", "how often the database is asked for changes", "1"),
    variable("SNAPSHOT_START", "without a database: wait, fail or embedded", "wait"),
    variable("SNAPSHOT_MAX_LOSS_PERCENT", "a change that loses more sites is not followed", "50"),
];

/// The database and how to log in.
pub(super) static DATABASE: [Variable; 21] = [
    variable("DATABASE_URL", "postgres://user:password@host:5432/name?sslmode=…", ""),
    variable("DATABASE_LISTEN_URL", "a direct way to the same, to hear of changes", ""),
    variable("DB_HOST", "instead of the URL: the server", ""),
    variable("DB_PORT", "its port", "5432"),
    variable("DB_NAME", "the database", ""),
    variable("DB_USER", "the user", ""),
    variable("DB_PASSWORD", "the password", ""),
    variable("DB_PASSWORD_FILE", "a file with the password", ""),
    variable("DB_SECRET_ARN", "a secret of AWS with user and password", ""),
    variable("DB_IAM_AUTH", "true: log in with tokens of RDS", "false"),
    variable("DB_SSLMODE", "disable, prefer, require, verify-ca, verify-full", "prefer"),
    variable("DB_SSLROOTCERT", "PEM file of authorities to trust", ""),
    variable("DB_POOL_SIZE", "connections kept at most", "8"),
    variable("DB_CONNECT_TIMEOUT_SECONDS", "waiting for a connection", "2"),
    variable("DB_QUERY_TIMEOUT_SECONDS", "waiting for an answer to a read", "5"),
    variable("DATABASE_WRITE_URL", "another login, for contacts, the audit and changes of sites", ""),
    variable("DB_WRITE_USER", "instead of the URL: its user", ""),
    variable("DB_WRITE_PASSWORD", "its password", ""),
    variable("DB_WRITE_PASSWORD_FILE", "a file with its password", ""),
    variable("DB_WRITE_SECRET_ARN", "a secret of AWS with its user and password", ""),
    variable("DB_WRITE_POOL_SIZE", "its connections [as DB_POOL_SIZE]", ""),
];

/// How much one client may ask for.
pub(super) static LIMITS: [Variable; 4] = [
    variable("LIMIT_READS", "questions from one client: off, or as 600/minute", "off"),
    variable("LIMIT_EXPENSIVE", "maps and downloads from one", "120/minute"),
    variable("LIMIT_WRITES", "changes by one", "60/minute"),
    variable("LIMIT_LOGINS", "logins by one", "5/minute"),
];

/// What processes share.
pub(super) static VALKEY: [Variable; 16] = [
    variable("VALKEY_URL", "rediss://user:password@host:6379", ""),
    variable("REDIS_HOST", "the same", ""),
    variable("VALKEY_HOST", "instead of the URL: the server", ""),
    variable("VALKEY_PORT", "its port", "6379"),
    variable("VALKEY_USER", "the user", ""),
    variable("VALKEY_PASSWORD", "the password", ""),
    variable("VALKEY_PASSWORD_FILE", "a file with the password", ""),
    variable("VALKEY_SECRET_ARN", "a secret of AWS with user and password", ""),
    variable("VALKEY_SSL", "false: not encrypted", "true"),
    variable("VALKEY_SSLROOTCERT", "PEM file of authorities to trust", ""),
    variable("VALKEY_PREFIX", "what all keys begin with", "whc"),
    variable("VALKEY_TIMEOUT_SECONDS", "waiting for an answer that is needed", "0.5"),
    variable("VALKEY_CACHE_TIMEOUT_SECONDS", "waiting for one that is not", "0.005"),
    variable("VALKEY_IAM_AUTH", "true: log in with tokens of ElastiCache", "false"),
    variable("VALKEY_CLUSTER_ID", "the cache that tokens are for", ""),
    variable("REQUIRE_IAM_AUTH", "true: logins with tokens only", "false"),
];

/// Whose tokens count.
pub(super) static AUTH: [Variable; 9] = [
    variable("AUTH_KEYS", "public keys of tokens: PEM files, or the PEM itself", ""),
    variable("AUTH_JWKS_URL", "where the issuer publishes its keys", ""),
    variable("AUTH_ISSUER", "the issuer that tokens must name (iss)", ""),
    variable("AUTH_AUDIENCE", "what tokens must be for (aud)", ""),
    variable("AUTH_ALGORITHMS", "signatures that count", "RS256, PS256, ES256, EdDSA"),
    variable("AUTH_DEFAULT_SCOPES", "scopes of a token without the claim", ""),
    variable("DISABLE_AUTH", "true: for development, who sends no token may do all", "false"),
    variable("DISABLE_AUTH_ANYWHERE", "true: in a container too, where HOST is not loopback", "false"),
    variable("WHC_ENV", "production: DISABLE_AUTH is refused", ""),
];

/// Who logs in with a browser.
pub(super) static LOGIN: [Variable; 22] = [
    variable("OIDC_PROVIDERS", "providers of logins; each has OIDC_NAME_ISSUER and more", ""),
    variable("GOOGLE_CLIENT_ID", "what Google knows this service by", ""),
    variable("GOOGLE_CLIENT_SECRET", "the proof of it", ""),
    variable("GOOGLE_CLIENT_SECRET_FILE", "a file with it", ""),
    variable("GOOGLE_SCOPES", "what Google is asked to say of people", "openid email profile"),
    variable("GOOGLE_GROUPS", "scopes by group: curators=sites:write; *=audit:read", ""),
    variable("GOOGLE_GROUPS_CLAIM", "the claim that has the groups", "groups"),
    variable("APPLE_CLIENT_ID", "what Apple knows this service by", ""),
    variable("APPLE_TEAM_ID", "whose it is", ""),
    variable("APPLE_KEY_ID", "the id of the key", ""),
    variable("APPLE_PRIVATE_KEY", "the key in PEM", ""),
    variable("APPLE_PRIVATE_KEY_FILE", "a file with it", ""),
    variable("APPLE_SCOPES", "what Apple is asked to say of people", "openid email name"),
    variable("APPLE_GROUPS", "scopes by group", ""),
    variable("APPLE_GROUPS_CLAIM", "the claim that has the groups", "groups"),
    variable("AUTH_SUCCESS_REDIRECT", "where a login ends", "/account"),
    variable("AUTH_FAILURE_REDIRECT", "where one ends that failed", ""),
    variable("AUTH_LOGOUT_REDIRECT", "where a logout ends", "/"),
    variable("SECRET_KEY_BASE", "what keys are derived from, 64 letters or more", ""),
    variable("SECRET_KEY_BASE_FILE", "a file with it", ""),
    variable("SESSION_IDLE_SECONDS", "how long a login lasts without any use", "43200"),
    variable("SESSION_LIFETIME_SECONDS", "how long it lasts whatever its use", "604800"),
];
/// How the log looks.
pub(super) static LOG: [Variable; 2] = [
    variable("LOG_FORMAT", "text or json", "text"),
    variable("RUST_LOG", "what is logged: info,whc_core=debug", "info"),
];

/// All of them.
pub(super) fn all() -> impl Iterator<Item = &'static Variable> {
    ADDRESS
        .iter()
        .chain(&SERVER)
        .chain(&AUTH)
        .chain(&LOGIN)
        .chain(&DATABASE)
        .chain(&LIMITS)
        .chain(&VALKEY)
        .chain(&LOG)
}

/// The end of a command's help.
pub(super) fn help(groups: &[&'static [Variable]]) -> String {
    let mut text = "Variables (docs/CONFIGURATION.md has all about them; a flag wins):\n".to_owned();
    for Variable { name, meaning, default } in groups.iter().copied().flatten() {
        let default = if default.is_empty() { String::new() } else { format!(" [{default}]") };
        // Writing into a string cannot fail.
        let _ = writeln!(text, "  {name:<30}{meaning}{default}");
    }
    text.trim_end().to_owned()
}

/// The variable that this name of another one is most probably a slip of: one letter too many, too few, wrong or
/// swapped. Of short names others are too often one letter away.
pub(super) fn slip_of(name: &str) -> Option<&'static str> {
    let near = |known: &&Variable| known.name.len() > 5 && strsim::damerau_levenshtein(known.name, name) == 1;
    if all().any(|known| known.name == name) { None } else { all().find(near).map(|known| known.name) }
}

#[cfg(test)]
mod tests {
    use whc_core::config::Variables;
    use whc_hyper::Config;

    use super::{all, slip_of};

    #[test]
    fn every_variable_is_here() {
        for source in [
            include_str!("../config/server.rs"),
            include_str!("../../../whc-core/src/config/auth.rs"),
            include_str!("../../../whc-core/src/config/development.rs"),
            include_str!("../../../whc-core/src/config/database.rs"),
            include_str!("../../../whc-core/src/config/database_write.rs"),
            include_str!("../../../whc-core/src/config/login.rs"),
            include_str!("../../../whc-core/src/config/secret_keys.rs"),
            include_str!("../../../whc-core/src/config/session.rs"),
            include_str!("../../../whc-core/src/config/snapshot.rs"),
            include_str!("../../../whc-core/src/config/limits.rs"),
            include_str!("../../../whc-core/src/config/valkey.rs"),
            include_str!("../../../whc-core/src/config/web.rs"),
        ] {
            let names = source.split('"').filter(|word| {
                word.len() > 3 && word.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_')
            });
            for name in names {
                assert!(all().any(|variable| variable.name == name), "{name}");
            }
        }
    }

    #[test]
    fn defaults_are_what_counts_without_them() {
        // Where only these are set, what they are parts of is missing.
        let of_parts =
            |name: &str| ["DB_", "VALKEY_", "GOOGLE_", "APPLE_"].iter().any(|start| name.starts_with(start));
        let lookup = |name: &str| {
            let known = all().find(|variable| variable.name == name && !of_parts(name));
            known.map(|variable| variable.default.to_owned())
        };
        assert_eq!(Config::from_variables(&Variables::new(lookup)).unwrap(), Config::default());
    }

    #[test]
    fn slips_are_told_and_other_names_left_alone() {
        for (name, known) in
            [("DATABSE_URL", "DATABASE_URL"), ("DATABASE_ULR", "DATABASE_URL"), ("RUST_LOGS", "RUST_LOG")]
        {
            assert_eq!(slip_of(name), Some(known));
        }
        for name in ["DATABASE_URL", "HOSTS", "POST", "HOSTNAME", "PATH", "RUST_BACKTRACE", "PGDATABASE"] {
            assert_eq!(slip_of(name), None, "{name}");
        }
    }
}
