//! A server as a cloud manages it: encrypted connections only, and an administrator who is no superuser.

use postgres_protocol::escape::escape_literal;

use crate::config::{DatabaseConfig, Secret, TlsMode};
use crate::error::Result;
use crate::repository::execute;
use crate::testing::Authority;

/// Accepts encrypted connections only.
const RULES: &str = "hostssl all all all scram-sha-256";

/// The rights of `rds_superuser`: to make databases and users, and to end the sessions of others.
const MASTER: &str =
    "CREATE ROLE master LOGIN CREATEDB CREATEROLE PASSWORD 'master'; GRANT pg_signal_backend TO master";

/// Makes a server of our own behave as a cloud's. Returns the configuration of the master user, valid shortly after.
pub(super) async fn manage(superuser: &DatabaseConfig, authority: &Authority) -> Result<DatabaseConfig> {
    let (certificate, key) = authority.certify(&superuser.host);
    for statement in [
        MASTER,
        &write(&certificate, "> server.crt"),
        &write(&key, "> server.key"),
        &write(RULES, "> pg_hba.conf"),
        &write("ssl = on", ">> postgresql.conf"),
        "SELECT pg_reload_conf()",
    ] {
        execute(superuser, statement).await?;
    }
    Ok(DatabaseConfig {
        user: "master".to_owned(),
        password: Some(Secret::new("master")),
        tls: TlsMode::Require,
        root_certificates: Some(authority.file().to_owned()),
        ..superuser.clone()
    })
}

/// Makes the server write a file beside its data, wherever it runs: it accepts no key that other users can read.
fn write(text: &str, file: &str) -> String {
    let lines = format!("unnest(string_to_array({}, E'\\n'))", escape_literal(text));
    format!("COPY (SELECT {lines}) TO PROGRAM 'umask 077; cat {file}'")
}
