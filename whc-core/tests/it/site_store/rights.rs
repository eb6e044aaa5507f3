//! Who may do what with sites and their marks.

use whc_core::testing::TestDatabase;
use whc_core::{IfMatch, PostgresContacts, PostgresSites, Site, SiteRepository, SiteStore};

use super::{bare, corrected, curator, events, fields, id, put, record, trace};

async fn refused(database: &TestDatabase, role: &str, statement: &str) {
    let error = database.execute(&format!("SET ROLE {role}; {statement}")).await.unwrap_err();
    assert!(error.report().contains("permission denied"), "{statement} as {role}: {}", error.report());
}

/// The desk puts sites, and does nothing else with them.
#[tokio::test]
async fn the_desk_puts_single_sites_and_erases_none() {
    let database = TestDatabase::new().await;
    let desk = database.member_of("whc_desk").await;
    let store = PostgresSites::new(&desk).unwrap();
    store.ready().await.unwrap();
    for site in whc_core::testing::conformance::fixture() {
        put(&store, site.clone(), None).await;
        assert_eq!(*record(&store, site.id.get()).await.site, site);
    }
    let after = corrected(&store, 1, |site| site.wikidata = None).await;
    let edited =
        whc_core::repository::Edited::from(Site::clone(&after.site)).handing_back(fields("wikidata"));
    put(&store, edited, Some(&IfMatch::Any)).await;
    let told = events(&PostgresContacts::new(&desk).unwrap(), 1).await;
    let told: Vec<_> =
        told.iter().skip(1).map(|event| (event.action.name(), event.fields.join(" "))).collect();
    assert_eq!(told, [("update", "wikidata".to_owned()), ("update", "curated".to_owned())]);

    for statement in [
        "DELETE FROM whc.site",
        "TRUNCATE whc.site CASCADE",
        "UPDATE whc.site_change SET reason = 'another'",
        "DELETE FROM whc.site_change",
        "UPDATE whc.site_curated SET since = now()",
        "UPDATE whc.dataset_version SET number = 7",
        "SELECT whc.move_version()",
        "SELECT whc.renew_statistics()",
    ] {
        refused(&database, "whc_desk", statement).await;
    }
}

#[tokio::test]
async fn who_imports_marks_nothing_and_who_reads_changes_nothing() {
    let database = TestDatabase::new().await;
    for (role, statement) in [
        ("whc_writer", "INSERT INTO whc.site_curated VALUES (1, 'danger')"),
        ("whc_writer", "UPDATE whc.site_change SET reason = 'another'"),
        ("whc_reader", "DELETE FROM whc.site_curated"),
        ("whc_reader", "UPDATE whc.site SET revision = 1"),
    ] {
        refused(&database, role, statement).await;
    }
    for role in ["whc_reader", "whc_writer"] {
        let store = PostgresSites::new(&database.member_of(role).await).unwrap();
        let trace = trace();
        let put = whc_core::repository::SitePut::new(id(1), None, &trace);
        let error = store.put(&curator(), &put, &mut |_| Ok(bare(1).into())).await.unwrap_err();
        assert!(error.to_string().contains("whc_desk"), "{}", error.report());
        assert_eq!(store.record(id(1)).await.unwrap(), None);
    }
}

/// A part that is changed by hand moves the revision of its site, and of no other.
#[tokio::test]
async fn changes_by_hand_move_the_revision() {
    let database = TestDatabase::new().await;
    let store = PostgresSites::new(&database.config()).unwrap();
    store.revise(&mut |_| Ok(whc_core::testing::conformance::fixture())).await.unwrap();
    let (mut one, other) = (record(&store, 1).await, record(&store, 2).await);
    for statement in [
        "UPDATE whc.site SET inscribed = 1999 WHERE id = 1",
        "UPDATE whc.site_text SET name = 'Other' WHERE site_id = 1 AND language = 'fr'",
        "DELETE FROM whc.site_component WHERE site_id = 1",
        "INSERT INTO whc.site_extension VALUES (1, 77, 2001)",
        "INSERT INTO whc.site_curated VALUES (1, 'danger')",
        "INSERT INTO whc.site_curated VALUES (1, 'a_field_of_tomorrow')",
    ] {
        database.execute(statement).await.unwrap();
        let now = record(&store, 1).await;
        assert_ne!(now.revision, one.revision, "{statement}");
        one = now;
    }
    assert_eq!(one.curated, fields("danger"), "what a later program marks is not known here");
    assert_eq!(record(&store, 2).await, other);
    let edited = whc_core::repository::Edited::from(Site::clone(&one.site)).handing_back(fields("danger"));
    put(&store, edited, Some(&IfMatch::Any)).await;
    let left = "DO $$ BEGIN ASSERT (SELECT array_agg(field) = '{a_field_of_tomorrow}' FROM whc.site_curated); END $$";
    database.execute(left).await.unwrap();
    database.execute("TRUNCATE whc.site_danger").await.unwrap();
    assert_ne!(record(&store, 2).await.revision, other.revision);
    database.execute("UPDATE whc.site SET inscribed = 1999 WHERE false").await.unwrap();
}
