//! Migrations: repeatable, safe to run concurrently, refused with a reason where they do not fit.

mod earlier;

use std::time::Duration;

use whc_core::config::DatabaseConfig;
use whc_core::testing::{TestDatabase, execute};
use whc_core::{Migrations, PostgresSites, SCHEMA_VERSIONS, SiteRepository};

#[tokio::test]
async fn checking_changes_nothing() {
    let database = TestDatabase::empty().await;
    let migrations = Migrations::new(&database.config());
    let before = migrations.check().await.unwrap();
    assert_eq!((before.version, before.pending.first().unwrap().as_str()), (None, "V1__sites"));
    database.execute("CREATE SCHEMA whc").await.expect("no schema was made by checking");
    database.execute("DROP SCHEMA whc").await.unwrap();

    let applied = migrations.apply().await.unwrap();
    assert_eq!((&applied.applied, applied.pending.len()), (&before.pending, 0));
    let after = migrations.check().await.unwrap();
    assert_eq!((after.version, after.pending.len()), (Some(*SCHEMA_VERSIONS.end()), 0));
    assert_eq!(migrations.apply().await.unwrap().applied, Vec::<String>::new());
}

#[tokio::test]
async fn two_at_once_apply_each_migration_once() {
    let (one, other) = (TestDatabase::empty().await, TestDatabase::empty().await);
    let apply = |database: &TestDatabase| {
        let migrations = Migrations::new(&database.config());
        async move { migrations.apply().await.unwrap().applied.len() }
    };
    let (first, second, elsewhere) = tokio::join!(apply(&one), apply(&one), apply(&other));
    assert_eq!(first + second, elsewhere);
    assert!(first == 0 || second == 0);
}

#[tokio::test]
async fn waiting_for_another_migration_ends() {
    let database = TestDatabase::empty().await;
    let lock = "SELECT pg_advisory_lock(8604236079017060210); SELECT pg_sleep(1)";
    let (lock, ()) = tokio::join!(database.execute(lock), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let migrations = Migrations::new(&database.config()).patience(Duration::from_millis(50));
        let error = migrations.apply().await.unwrap_err();
        assert!(
            error.is_unavailable() && error.to_string().contains("another migration"),
            "{}",
            error.report()
        );
    });
    lock.unwrap();
    Migrations::new(&database.config()).apply().await.unwrap();
}

#[tokio::test]
async fn a_database_that_lacks_letters_is_refused() {
    let database = TestDatabase::empty().await;
    let mut config = database.config();
    config.name.push_str("_latin");
    let name = config.name.clone();
    let create =
        format!("CREATE DATABASE {name} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
    database.execute(&create).await.unwrap();
    let migrations = Migrations::new(&config);
    for error in [migrations.check().await.unwrap_err(), migrations.apply().await.unwrap_err()] {
        assert!(error.is_refused() && error.to_string().contains("ENCODING 'UTF8'"), "{}", error.report());
    }
    database.execute(&format!("DROP DATABASE {name}")).await.unwrap();
}

#[tokio::test]
async fn a_database_of_another_version_is_refused() {
    let database = TestDatabase::empty().await;
    let sites = PostgresSites::new(&database.config()).unwrap();
    let migrations = Migrations::new(&database.config());
    let says = async |words: &str| {
        let error = sites.ready().await.unwrap_err();
        assert!(error.is_incompatible() && error.to_string().contains(words), "{}", error.report());
    };
    says("whc migrate").await;

    migrations.apply().await.unwrap();
    sites.ready().await.unwrap();

    let later = "INSERT INTO whc.schema_history VALUES (999, 'later', '2030-01-01T00:00:00Z', '1')";
    database.execute(later).await.unwrap();
    sites.ready().await.unwrap();
    database.execute("UPDATE whc.compatibility SET oldest_program = 999").await.unwrap();
    let (oldest, newest) = (SCHEMA_VERSIONS.start(), SCHEMA_VERSIONS.end());
    says(&format!("schema version 999, this program runs on {oldest} to {newest}: deploy a newer")).await;
    for error in [migrations.check().await.unwrap_err(), migrations.apply().await.unwrap_err()] {
        assert!(error.is_incompatible() && error.to_string().contains("newer program"), "{}", error.report());
    }

    database.execute("DELETE FROM whc.schema_history").await.unwrap();
    says("no schema yet").await;
    let edited = "INSERT INTO whc.schema_history VALUES (1, 'sites', '2030-01-01T00:00:00Z', '1')";
    database.execute(edited).await.unwrap();
    let error = migrations.apply().await.unwrap_err();
    assert!(error.is_incompatible() && error.to_string().contains("other contents"), "{}", error.report());
}

#[tokio::test]
async fn a_user_without_the_rights_learns_which() {
    let database = TestDatabase::empty().await;
    // The roles are there: other tests share the server, and this makes sure.
    Migrations::new(&TestDatabase::empty().await.config()).apply().await.unwrap();
    let deployer = database.stranger().await;
    let DatabaseConfig { name, user, .. } = &deployer;
    let migrations = Migrations::new(&deployer);

    let error = migrations.apply().await.unwrap_err();
    assert!(error.is_refused() && error.to_string().contains("GRANT whc_owner"), "{}", error.report());
    database.execute(&format!("GRANT whc_owner TO {user}")).await.unwrap();
    let error = migrations.apply().await.unwrap_err();
    assert!(
        error.is_refused() && error.to_string().contains("GRANT CREATE ON DATABASE"),
        "{}",
        error.report()
    );
    database.execute(&format!("GRANT CREATE ON DATABASE {name} TO {user}")).await.unwrap();
    migrations.apply().await.unwrap();
    execute(&deployer, "SET ROLE whc_owner; SELECT FROM whc.site").await.unwrap();
}
