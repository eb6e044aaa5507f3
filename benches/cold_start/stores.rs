//! A database with the list, and a Valkey for its snapshot, both encrypted as a cloud has them, here and a millisecond away.

use std::path::Path;
use std::time::Duration;

use whc_core::config::DatabaseConfig;
use whc_core::site::embedded;
use whc_core::testing::{CuttableProxy, TestDatabase, TestValkey};
use whc_core::{PostgresSites, SiteStore as _};

use super::Result;
use super::function::Function;

/// How much later everything arrives, in each direction, between zones of a region.
const DISTANCE: Duration = Duration::from_millis(1);

/// What a log says of a start that read no list from the database.
const SHARED: &str = "the sites came from Valkey";

/// Both, with a longer way to each.
pub(super) struct Stores {
    _database: TestDatabase,
    reader: DatabaseConfig,
    valkey: TestValkey,
    far: [CuttableProxy; 2],
}

impl Stores {
    pub(super) async fn start() -> Result<Self> {
        let (database, valkey) = (TestDatabase::managed().await, TestValkey::protected().await);
        let sites = embedded()?;
        PostgresSites::new(&database.config())?.revise(&mut |_| Ok(sites.clone())).await?;
        let (reader, cache) = (database.member_of("whc_reader").await, valkey.config());
        let far = [
            CuttableProxy::new(&reader.host, reader.port).await,
            CuttableProxy::new(&cache.host, cache.port).await,
        ];
        for proxy in &far {
            proxy.slow_down(DISTANCE);
        }
        Ok(Self { _database: database, reader, valkey, far })
    }

    /// The function without Valkey and with it, for each distance.
    pub(super) fn functions(&self, program: &Path) -> Vec<Function> {
        let [database, cache] =
            self.far.each_ref().map(|proxy| ("127.0.0.1".to_owned(), proxy.address().port()));
        let valkey = self.valkey.config();
        let near = [(self.reader.host.clone(), self.reader.port), (valkey.host.clone(), valkey.port)];
        let mut functions = Vec::new();
        for (names, [database, cache]) in [
            (["PostgreSQL", "PostgreSQL and Valkey"], near),
            (["PostgreSQL, 1 ms away", "PostgreSQL and Valkey, 1 ms away"], [database, cache]),
        ] {
            let without = self.of_database(database);
            let with = [without.clone(), self.of_valkey(cache)].concat();
            for (name, variables, says) in
                [(names[0], without, "serving from PostgreSQL"), (names[1], with, SHARED)]
            {
                functions.push(Function { name, program: program.to_owned(), variables, says: Some(says) });
            }
        }
        functions
    }

    fn of_database(&self, (host, port): (String, u16)) -> Vec<(&'static str, String)> {
        let config = &self.reader;
        let authority = config.root_certificates.as_deref().unwrap_or(Path::new("")).display().to_string();
        vec![
            ("DB_HOST", host),
            ("DB_PORT", port.to_string()),
            ("DB_NAME", config.name.clone()),
            ("DB_USER", config.user.clone()),
            ("DB_PASSWORD", revealed(config.password.as_ref())),
            ("DB_SSLMODE", "verify-full".to_owned()),
            ("DB_SSLROOTCERT", authority),
        ]
    }

    fn of_valkey(&self, (host, port): (String, u16)) -> Vec<(&'static str, String)> {
        let config = self.valkey.config();
        let authority = config.root_certificates.as_deref().unwrap_or(Path::new("")).display().to_string();
        vec![
            ("VALKEY_HOST", host),
            ("VALKEY_PORT", port.to_string()),
            ("VALKEY_USER", config.user.clone()),
            ("VALKEY_PASSWORD", revealed(config.password.as_ref())),
            ("VALKEY_SSLROOTCERT", authority),
            ("VALKEY_PREFIX", config.prefix.clone()),
            ("SECRET_KEY_BASE", "5f2b0c9d7e1a4836".repeat(4)),
        ]
    }
}

fn revealed(password: Option<&whc_core::config::Secret>) -> String {
    password.map(|secret| secret.reveal().to_owned()).unwrap_or_default()
}
