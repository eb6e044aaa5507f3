//! A database with the schema of this version, for as long as standard input is open. `.ci/openapi` runs it.
//!
//! It writes the URL of the database to standard output. The server behind it is the one that tests use.

use std::io::Write as _;

use whc_core::config::{DatabaseConfig, Secret};
use whc_core::testing::TestDatabase;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let database = TestDatabase::new().await;
    let DatabaseConfig { user, password, host, port, name, .. } = database.config();
    let password = password.as_ref().map_or("", Secret::reveal);
    writeln!(std::io::stdout(), "postgres://{user}:{password}@{host}:{port}/{name}")?;
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).map(drop)
}
