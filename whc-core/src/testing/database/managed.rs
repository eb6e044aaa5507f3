//! What a cloud makes of a server: no connection without encryption, and an administrator who is no superuser.

use postgres_protocol::escape::escape_literal;

use crate::config::{DatabaseConfig, Secret, TlsMode};
use crate::error::Result;
use crate::repository::execute;
use crate::testing::Authority;

/// Takes every connection that is encrypted, and no other.
const RULES: &str = "hostssl all all all scram-sha-256";

/// What `rds_superuser` may: make databases and users, and end the sessions of others.
const MASTER: &str =
    "CREATE ROLE master LOGIN CREATEDB CREATEROLE PASSWORD 'master'; GRANT pg_signal_backend TO master";

/// Has a server that is ours alone do as a cloud's does. Tells how the master user reaches it, a moment later.
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

/// Has the server write into a file beside its data, wherever it runs. It takes no key that others could read.
fn write(text: &str, file: &str) -> String {
    let lines = format!("unnest(string_to_array({}, E'\\n'))", escape_literal(text));
    format!("COPY (SELECT {lines}) TO PROGRAM 'umask 077; cat {file}'")
}
