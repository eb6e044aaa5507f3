//! Brings a database to the schema of this program, and says whether it is there.

mod history;
mod session;

use std::fmt;
use std::ops::RangeInclusive;
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
pub const SCHEMA_VERSIONS: RangeInclusive<i32> = OLDEST_SCHEMA..=3;

/// The migrations, in the order they are applied. A test compares them with the folder.
const FILES: &[(&str, &str)] = &[
    ("V0001__sites", include_str!("../../../migrations/V0001__sites.sql")),
    ("V0002__history", include_str!("../../../migrations/V0002__history.sql")),
    ("V0003__compatibility", include_str!("../../../migrations/V0003__compatibility.sql")),
];

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
    /// Incompatible, if the database is newer than this program or was migrated with other files.
    pub async fn check(&self) -> Result<SchemaStatus> {
        let mut session = Session::open(&self.config).await?;
        let history = session.history().await?;
        let pending = pending(&known()?, &history)?;
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
        session.lock(self.patience).await?;
        let known = known()?;
        if pending(&known, &session.history().await?)?.is_empty() {
            return Ok(SchemaStatus::complete(&known, Vec::new()));
        }
        session.prepare(&self.config).await?;
        let applied = session.run(&runner(&known)).await?;
        Ok(SchemaStatus::complete(&known, applied))
    }
}

impl SchemaStatus {
    fn complete(known: &[Migration], applied: Vec<String>) -> Self {
        Self { version: known.last().map(Migration::version), applied, pending: Vec::new() }
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
    let (oldest, newest) = SCHEMA_VERSIONS.into_inner();
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

fn known() -> Result<Vec<Migration>> {
    FILES
        .iter()
        .map(|(name, sql)| Migration::unapplied(name, sql))
        .collect::<Result<_, _>>()
        .map_err(|error| Error::internal("a migration is misnamed").with_source(error))
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
    use super::{FILES, SCHEMA_VERSIONS, known};

    #[test]
    fn every_file_of_the_folder_is_listed_in_order() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| name.strip_suffix(".sql").map(str::to_owned))
            .filter(|name| name.starts_with('V'))
            .collect();
        files.sort();
        assert_eq!(FILES.iter().map(|(name, _)| *name).collect::<Vec<_>>(), files);
        assert_eq!(known().unwrap().last().unwrap().version(), *SCHEMA_VERSIONS.end());
    }
}
