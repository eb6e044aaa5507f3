//! A database with the list, and a Valkey for its snapshot, both encrypted as a cloud has them.

use std::path::Path;

use whc_core::config::DatabaseConfig;
use whc_core::site::embedded;
use whc_core::testing::{TestDatabase, TestValkey};
use whc_core::{PostgresSites, SiteStore as _};

use super::Result;
use super::function::Function;

/// What a log says of a start that read no list from the database.
const SHARED: &str = "the sites came from Valkey";

/// What a log says of a start that has the list.
const SERVING: &str = "serving a new snapshot";

/// Both.
pub(super) struct Stores {
    _database: TestDatabase,
    reader: DatabaseConfig,
    valkey: TestValkey,
}

impl Stores {
    pub(super) async fn start() -> Result<Self> {
        let (database, valkey) = (TestDatabase::managed().await, TestValkey::protected().await);
        let sites = embedded()?;
        PostgresSites::new(&database.config())?.revise(&mut |_| Ok(sites.clone())).await?;
        let reader = database.member_of("whc_reader").await;
        Ok(Self { _database: database, reader, valkey })
    }

    /// The function without Valkey and with it.
    pub(super) fn functions(&self, program: &Path) -> [Function; 2] {
        let without = self.of_database();
        let with = [without.clone(), self.of_valkey()].concat();
        [("PostgreSQL", without, SERVING), ("PostgreSQL and Valkey", with, SHARED)].map(
            |(name, variables, says)| Function {
                name,
                program: program.to_owned(),
                variables,
                says: Some(says),
            },
        )
    }

    fn of_database(&self) -> Vec<(&'static str, String)> {
        let config = &self.reader;
        let authority = config.root_certificates.as_deref().unwrap_or(Path::new("")).display().to_string();
        vec![
            ("DB_HOST", config.host.clone()),
            ("DB_PORT", config.port.to_string()),
            ("DB_NAME", config.name.clone()),
            ("DB_USER", config.user.clone()),
            ("DB_PASSWORD", revealed(config.password.as_ref())),
            ("DB_SSLMODE", "verify-full".to_owned()),
            ("DB_SSLROOTCERT", authority),
        ]
    }

    fn of_valkey(&self) -> Vec<(&'static str, String)> {
        let config = self.valkey.config();
        let authority = config.root_certificates.as_deref().unwrap_or(Path::new("")).display().to_string();
        vec![
            ("VALKEY_HOST", config.host.clone()),
            ("VALKEY_PORT", config.port.to_string()),
            ("VALKEY_USER", config.user.clone()),
            ("VALKEY_PASSWORD", revealed(config.password.as_ref())),
            ("VALKEY_SSLROOTCERT", authority),
            ("VALKEY_PREFIX", config.prefix.clone()),
            // On a machine that is busy nobody gives up.
            ("VALKEY_TIMEOUT_SECONDS", "5".to_owned()),
            ("SECRET_KEY_BASE", "5f2b0c9d7e1a4836".repeat(4)),
        ]
    }
}

fn revealed(password: Option<&whc_core::config::Secret>) -> String {
    password.map(|secret| secret.reveal().to_owned()).unwrap_or_default()
}
