//! Programs of the schema before marks: they work on, and cannot undo what they do not know of.

use whc_core::testing::{TestDatabase, execute};
use whc_core::{ChangeQuery, PostgresSites, SiteRepository, SiteStore};

use super::{bare, corrected, put, record, year};

/// What a program of V0004 sends to change a site, but for its parameters.
fn import(inscribed: u16, wikidata: u32, changed: &str) -> String {
    format!(
        "BEGIN ISOLATION LEVEL READ COMMITTED;
        SELECT whc.lock_dataset_version();
        INSERT INTO whc.site (id, category, inscribed, criteria_complete, in_danger, in_danger_since, status, left_list,
            superseded_by, transboundary, longitude, latitude, area_hectares, wikidata)
        SELECT * FROM unnest('{{1}}'::int[], '{{Cultural}}'::text[], '{{{inscribed}}}'::smallint[], '{{true}}'::bool[],
            '{{false}}'::bool[], '{{NULL}}'::smallint[], '{{inscribed}}'::text[], '{{NULL}}'::smallint[],
            '{{NULL}}'::int[], '{{false}}'::bool[], '{{NULL}}'::float8[], '{{NULL}}'::float8[], '{{NULL}}'::float8[],
            '{{{wikidata}}}'::bigint[])
        ON CONFLICT (id) DO UPDATE SET inscribed = excluded.inscribed, wikidata = excluded.wikidata;
        DELETE FROM whc.site_text WHERE site_id = ANY ('{{1}}');
        INSERT INTO whc.site_text (site_id, language, name)
        SELECT * FROM unnest('{{1}}'::int[], '{{en}}'::text[], '{{Site 1}}'::text[]);
        DELETE FROM whc.site_criterion WHERE site_id = ANY ('{{1}}');
        INSERT INTO whc.site_change (site_id, kind, fields, name, source)
        SELECT site_id, kind, string_to_array(fields, ' '), name, 'old.xml'
        FROM unnest('{{1}}'::int[], '{{changed}}'::text[], '{{{changed}}}'::text[], '{{Site 1}}'::text[])
            AS change (site_id, kind, fields, name);
        COMMIT"
    )
}

#[tokio::test]
async fn they_change_what_no_curator_has_set_and_nothing_else() {
    let database = TestDatabase::new().await;
    let store = PostgresSites::new(&database.config()).unwrap();
    let writer = database.member_of("whc_writer").await;
    store.revise(&mut |_| Ok(vec![bare(1)])).await.unwrap();
    let before = corrected(&store, 1, |site| site.inscribed = year(1979)).await;

    execute(&writer, &import(1979, 5, "wikidata")).await.unwrap();
    let after = record(&store, 1).await;
    assert_eq!(after.site.wikidata.map(whc_core::WikidataId::get), Some(5));
    assert_eq!((after.site.inscribed, &after.curated), (year(1979), &before.curated));
    assert_ne!(after.revision, before.revision);

    let version = store.version().await.unwrap();
    let error = execute(&writer, &import(1978, 6, "wikidata date_inscribed")).await.unwrap_err();
    let report = error.report();
    for part in ["site 1: a curator has set date_inscribed", "too old to know", "schema version 5 or later"] {
        assert!(report.contains(part), "{report}");
    }
    assert_eq!(record(&store, 1).await, after);
    assert_eq!(store.version().await.unwrap(), version);
    let told = store.changes(&ChangeQuery::LATEST).await.unwrap();
    assert_eq!(told.items[0].fields, ["wikidata"], "the last that happened");
}

/// The statements of contacts do not know the new columns either.
#[tokio::test]
async fn their_contacts_and_audit_are_written_as_before() {
    let database = TestDatabase::new().await;
    let desk = database.member_of("whc_desk").await;
    let store = PostgresSites::new(&desk).unwrap();
    put(&store, bare(1), None).await;
    let statements = "INSERT INTO whc.audit_event
            (at, issuer, actor, action, subject_kind, subject_id, request_id, fields)
        VALUES (now(), NULL, '42', 'create', 'case', 7, 'r', '{title}');
        INSERT INTO whc.idempotency (id, body, case_id, status, location, version, at)
        VALUES (whc.keyed_hash('a'), whc.keyed_hash('b'), 7, 201, '/api/cases/7/contact', 'v', now())
        ON CONFLICT (id) DO UPDATE SET (body, case_id, status, location, version, at)
            = ROW (excluded.body, excluded.case_id, excluded.status, excluded.location, excluded.version, excluded.at)";
    execute(&desk, statements).await.unwrap();
    let values = "UPDATE whc.audit_event SET changed = '[]'";
    assert!(database.execute(values).await.unwrap_err().report().contains("only added to"));
    let values =
        "INSERT INTO whc.audit_event (at, actor, action, subject_kind, subject_id, request_id, changed)
        VALUES (now(), '42', 'create', 'case', 7, 'r', '[]')";
    assert!(database.execute(values).await.is_err(), "of a case no value is kept");
}
