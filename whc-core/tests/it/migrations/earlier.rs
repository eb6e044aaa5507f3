//! An earlier program on this schema: what it says to the database is still understood, and still allowed.

use whc_core::testing::TestDatabase;

const STATEMENTS: &str = include_str!("without_contacts.sql");

/// Statements of an earlier program. Each is planned and its rights are checked, none is run.
fn attempts() -> Vec<String> {
    let recorded = STATEMENTS.split("\n\n").filter(|recorded| recorded.starts_with("-- whc_"));
    let attempt = |recorded: &str| {
        let (about, statement) = recorded.split_once('\n').unwrap();
        let (role, types) = about.trim_start_matches("-- ").split_once(' ').unwrap();
        let count = types.split(',').filter(|name| name.len() > 2).count();
        let values = vec!["NULL"; count].join(", ");
        let (types, values) = if count == 0 {
            (String::new(), String::new())
        } else {
            (types.to_owned(), format!("({values})"))
        };
        format!(
            "SET ROLE {role}; PREPARE earlier {types} AS {statement}; EXPLAIN EXECUTE earlier {values}; DEALLOCATE earlier;"
        )
    };
    recorded.map(attempt).collect()
}

#[tokio::test]
async fn a_program_without_contacts_works_on() {
    let (database, attempts) = (TestDatabase::new().await, attempts());
    assert!(attempts.len() >= 20);
    database.execute(&attempts.concat()).await.unwrap();
    // By this it knows that it may.
    database.execute("SELECT 1 / (oldest_program <= 3)::integer FROM whc.compatibility").await.unwrap();
}

#[tokio::test]
async fn a_schema_that_takes_something_away_is_noticed() {
    let database = TestDatabase::new().await;
    for change in [
        "ALTER TABLE whc.site RENAME COLUMN wikidata TO item",
        "ALTER TABLE whc.site_change DROP COLUMN source",
        "REVOKE SELECT ON whc.site_danger FROM whc_reader",
        "REVOKE INSERT ON whc.site_text FROM whc_writer",
        "REVOKE EXECUTE ON FUNCTION whc.renew_statistics() FROM whc_writer",
    ] {
        let change = format!("BEGIN; {change}; {}", attempts().concat());
        assert!(database.execute(&change).await.is_err(), "{change:.80}");
    }
}
