//! Brings a database to the schema of this program, and says whether it is there.

mod history;
mod session;

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::LazyLock;
use std::time::Duration;

use refinery::{Migration, Runner};

use self::history::pending;
use self::session::Session;
use super::columns::OLDEST_SCHEMA;
use super::pool::Pool;
use crate::config::DatabaseConfig;
use crate::error::{Error, Result};

/// The schema versions this program runs on: the greatest is what its own migrations lead to, the smallest the oldest
/// that has everything its statements mention. It runs on later ones too that say they still serve it.
pub static SCHEMA_VERSIONS: LazyLock<RangeInclusive<i32>> =
    LazyLock::new(|| OLDEST_SCHEMA..=KNOWN.last().map_or(0, Migration::version));

/// The migrations, in the order they are applied.
static KNOWN: LazyLock<Vec<Migration>> =
    LazyLock::new(|| folder::migrations::runner().get_migrations().clone());

/// The files of the folder. A file that comes is seen when this crate is compiled next, for whatever reason.
mod folder {
    refinery::embed_migrations!("migrations");
}

/// The table that remembers which of them were applied.
const HISTORY: &str = "whc.schema_history";

/// The migrations of one database.
///
/// ```no_run
/// # async fn example(config: whc_core::config::DatabaseConfig) -> whc_core::Result<()> {
/// let applied = whc_core::Migrations::new(&config).apply().await?;
/// assert!(applied.pending.is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Migrations {
    config: DatabaseConfig,
    patience: Duration,
}

/// Where a database stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SchemaStatus {
    /// The version of its schema; `None` before the first migration.
    pub version: Option<i32>,
    /// The migrations just applied, `V1__sites`, in order.
    pub applied: Vec<String>,
    /// The migrations still to apply, in order.
    pub pending: Vec<String>,
}

impl Migrations {
    /// The migrations of this database, applied by the user the configuration names.
    #[must_use]
    pub fn new(config: &DatabaseConfig) -> Self {
        Self { config: config.clone(), patience: Duration::from_mins(1) }
    }

    /// How long to wait for another migration of the same database. One minute.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Says where the database stands and changes nothing.
    ///
    /// # Errors
    /// Incompatible, if the database is newer than this program or was migrated with other files; refused, if it is not
    /// in UTF-8.
    pub async fn check(&self) -> Result<SchemaStatus> {
        let mut session = Session::open(&self.config).await?;
        session.check_encoding(&self.config).await?;
        let history = session.history().await?;
        let pending = pending(&KNOWN, &history)?;
        Ok(SchemaStatus {
            version: history.last().map(Migration::version),
            applied: Vec::new(),
            pending: pending.iter().map(Migration::to_string).collect(),
        })
    }

    /// Applies what is pending, each migration in a transaction of its own. Of two at once the second waits.
    ///
    /// # Errors
    /// Besides those of [`check`](Self::check): refused, if the user lacks a right, with what to grant; unavailable,
    /// if another migration or a busy table keeps it waiting too long. Migrations before the failing one stay.
    pub async fn apply(&self) -> Result<SchemaStatus> {
        let mut session = Session::open(&self.config).await?;
        session.check_encoding(&self.config).await?;
        session.lock(self.patience).await?;
        if pending(&KNOWN, &session.history().await?)?.is_empty() {
            return Ok(SchemaStatus::complete(Vec::new()));
        }
        session.prepare(&self.config).await?;
        let applied = session.run(&runner(&KNOWN)).await?;
        Ok(SchemaStatus::complete(applied))
    }
}

impl SchemaStatus {
    fn complete(applied: Vec<String>) -> Self {
        Self { version: KNOWN.last().map(Migration::version), applied, pending: Vec::new() }
    }
}

impl fmt::Display for SchemaStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.version {
            None => f.write_str("no schema yet")?,
            Some(version) => write!(f, "schema version {version}")?,
        }
        for (what, names) in [("applied", &self.applied), ("pending", &self.pending)] {
            if !names.is_empty() {
                write!(f, ", {what}: {}", names.join(", "))?;
            }
        }
        Ok(())
    }
}

/// Whether the schema is one this program runs on.
pub(super) async fn ready(pool: &Pool) -> Result<()> {
    let rows = pool.query(&format!("SELECT max(version) AS version FROM {HISTORY}"), &[]).await?;
    let version = rows.first().and_then(|row| row.try_get::<_, Option<i32>>("version").ok().flatten());
    let (oldest, newest) = (*SCHEMA_VERSIONS.start(), *SCHEMA_VERSIONS.end());
    let runs_on = format!("this program runs on {oldest} to {newest}");
    match version {
        Some(version) if SCHEMA_VERSIONS.contains(&version) => Ok(()),
        Some(version) if version > newest && serves(pool, newest).await? => Ok(()),
        Some(version) if version > newest => Err(Error::incompatible(format!(
            "the database has schema version {version}, {runs_on}: deploy a newer program"
        ))),
        Some(version) => Err(Error::incompatible(format!(
            "the database has schema version {version}, {runs_on}: run `whc migrate`"
        ))),
        None => {
            Err(Error::incompatible(format!("the database has no schema yet, {runs_on}: run `whc migrate`")))
        }
    }
}

fn runner(known: &[Migration]) -> Runner {
    let mut runner = Runner::new(known);
    runner.set_migration_table_name(HISTORY);
    runner
}

/// Whether a schema from later than this program says that it still serves programs that know it up to `newest`.
async fn serves(pool: &Pool, newest: i32) -> Result<bool> {
    let rows = pool.query("SELECT oldest_program FROM whc.compatibility", &[]).await?;
    Ok(rows.first().and_then(|row| row.try_get(0).ok()).is_some_and(|oldest: i32| oldest <= newest))
}

#[cfg(test)]
mod tests {
    use refinery::Migration;

    use super::{KNOWN, Pool, SCHEMA_VERSIONS, Session, runner, serves};
    use crate::repository::{PostgresContacts, PostgresSites, SiteRepository, SiteStore};
    use crate::site::{SiteQuery, embedded};
    use crate::testing::{TestDatabase, conformance};

    #[test]
    fn every_file_of_the_folder_is_known_in_order() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
        let files = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.strip_suffix(".sql").is_some_and(|name| name != "roles"))
            .count();
        let versions: Vec<_> = KNOWN.iter().map(Migration::version).collect();
        let expected: Vec<_> = (1..).take(files).collect();
        assert_eq!(versions, expected, "misnamed, or compiled before a file came: touch migrations.rs");
    }

    /// A migration that contracts raises the bound, and takes the versions it no longer serves from this test.
    #[tokio::test]
    async fn programs_of_earlier_schemas_are_still_served() {
        let database = TestDatabase::new().await;
        for group in ["whc_reader", "whc_writer", "whc_desk"] {
            let pool = Pool::new(&database.member_of(group).await).unwrap();
            for newest in 2..=*SCHEMA_VERSIONS.end() {
                assert!(serves(&pool, newest).await.unwrap(), "{newest} as {group}");
            }
            assert!(!serves(&pool, 1).await.unwrap());
        }
    }

    #[tokio::test]
    async fn the_oldest_schema_has_what_statements_mention() {
        let database = TestDatabase::empty().await;
        let mut session = Session::open(&database.config()).await.unwrap();
        session.prepare(&database.config()).await.unwrap();
        let old = KNOWN.partition_point(|migration| migration.version() <= *SCHEMA_VERSIONS.start());
        session.run(&runner(&KNOWN[..old])).await.unwrap();

        let sites = PostgresSites::new(&database.config()).unwrap();
        sites.ready().await.unwrap();
        let embedded = embedded().unwrap();
        sites.revise(&mut |_| Ok(embedded[..10].to_vec())).await.unwrap();
        assert_eq!(sites.list(&SiteQuery::ALL).await.unwrap().total, 10);
        conformance::check_contacts(&PostgresContacts::new(&database.config()).unwrap()).await;
    }
}
