//! Who may do what with the tables of contacts and the audit.

use whc_core::testing::{TestDatabase, execute};
use whc_core::{ContactRepository, PostgresContacts, PostgresSites, SiteRepository, SiteStore};

use super::{caller, case, events, named, trace};

const TABLES: [&str; 3] = ["case_contact", "audit_event", "idempotency"];

#[tokio::test]
async fn contacts_belong_to_the_desk_alone() {
    let database = TestDatabase::new().await;
    for role in ["whc_reader", "whc_writer"] {
        for table in TABLES {
            for statement in [
                format!("SELECT FROM whc.{table}"),
                format!("INSERT INTO whc.{table} DEFAULT VALUES"),
                format!("UPDATE whc.{table} SET at = at"),
                format!("DELETE FROM whc.{table}"),
            ] {
                refused(&database, role, &statement.replace("SET at = at", set(table))).await;
            }
        }
        refused(&database, role, "SELECT whc.keyed_hash('x')").await;
        let store = PostgresContacts::new(&database.member_of(role).await).unwrap();
        let error = store.get(&caller().case_access(case(1)).unwrap()).await.unwrap_err();
        assert!(error.to_string().contains("whc_desk"), "{}", error.report());
    }
    for statement in [
        "SELECT FROM whc.hash_key",
        "UPDATE whc.audit_event SET actor = 'me'",
        "DELETE FROM whc.audit_event",
        "TRUNCATE whc.audit_event",
        "ALTER TABLE whc.audit_event DISABLE TRIGGER ALL",
        "TRUNCATE whc.case_contact",
        "DROP TABLE whc.idempotency",
    ] {
        refused(&database, "whc_desk", statement).await;
    }
    execute(&database.config(), "SET ROLE whc_desk; SELECT whc.keyed_hash('x')").await.unwrap();
}

/// A column to set that is there.
fn set(table: &str) -> &'static str {
    if table == "case_contact" { "SET title = title" } else { "SET at = at" }
}

async fn refused(database: &TestDatabase, role: &str, statement: &str) {
    let error = database.execute(&format!("SET ROLE {role}; {statement}")).await.unwrap_err();
    let report = error.report();
    let expected = ["permission denied", "must be owner"].iter().any(|words| report.contains(words));
    assert!(expected, "{statement} as {role}: {report}");
}

/// Not even its owner, nor a superuser who replicates, alters it in passing.
#[tokio::test]
async fn what_the_audit_says_stays() {
    let database = TestDatabase::new().await;
    let store = PostgresContacts::new(&database.config()).unwrap();
    let access = caller().case_access(case(1)).unwrap();
    store.put(&access, named("Ada"), None, &trace()).await.unwrap();
    let before = events(&store).await;
    for role in ["SET ROLE whc_owner", "SET session_replication_role = replica"] {
        for statement in [
            "UPDATE whc.audit_event SET actor = 'me'",
            "DELETE FROM whc.audit_event",
            "TRUNCATE whc.audit_event",
            "DELETE FROM whc.audit_event WHERE false",
        ] {
            let error = database.execute(&format!("{role}; {statement}")).await.unwrap_err();
            assert!(error.report().contains("audit_event is only added to"), "{}", error.report());
        }
    }
    assert_eq!(events(&store).await, before);
    assert_eq!(before.len(), 1);
}

/// What contacts need is beside the sites, and moves nothing of them.
#[tokio::test]
async fn a_contact_moves_nothing_of_the_sites() {
    let database = TestDatabase::new().await;
    let sites = PostgresSites::new(&database.member_of("whc_writer").await).unwrap();
    sites.revise(&mut |_| Ok(whc_core::testing::conformance::fixture())).await.unwrap();
    let version = sites.version().await.unwrap();
    let store = PostgresContacts::new(&database.member_of("whc_desk").await).unwrap();
    store.ready().await.unwrap();
    let access = caller().case_access(case(1)).unwrap();
    store.put(&access, named("Ada"), None, &trace()).await.unwrap();
    assert_eq!(sites.version().await.unwrap(), version);
}
