//! Official files and the list compiled in, on their way into a database.

use std::path::PathBuf;

use whc_core::testing::TestDatabase;

use super::{Serving, run, sample, text, url};

#[tokio::test(flavor = "multi_thread")]
async fn import_is_seen_without_a_restart_and_is_idempotent() {
    let database = TestDatabase::new().await;
    let url = url(&database.config());
    let variables = [("DATABASE_URL", url.as_str())];
    let serving = Serving::start(&variables);
    serving.soon(|serving| serving.get("/readyz").1.contains("whc import"));
    assert_eq!(serving.get("/readyz").0, 503);
    assert_eq!(serving.get("/api/whcsites").0, 503);

    let file = sample("statistics.xlsx");
    let dry = run(&["import", "--dry-run", &file], &variables).await;
    assert!(text(&dry.stdout).contains("dry run: nothing was written"), "{}", text(&dry.stderr));
    assert_eq!(dry.status.code(), Some(3), "something would change");
    assert_eq!(serving.get("/api/whcsites").0, 503);

    let import = run(&["import", &file], &variables).await;
    assert!(import.status.success(), "{}", text(&import.stderr));
    serving.soon(|serving| serving.get("/api/whcsites").0 == 200);
    assert_eq!(serving.get("/readyz").0, 200);
    let again = run(&["import", &file], &variables).await;
    assert!(text(&again.stdout).contains("0 added, 0 changed"), "{}", text(&again.stdout));

    let dry = run(&["import", "--dry-run", &file], &variables).await;
    assert_eq!(dry.status.code(), Some(0), "{}", text(&dry.stdout));

    let cut = cut(&file);
    let refused = run(&["import", &cut.to_string_lossy()], &variables).await;
    std::fs::remove_file(&cut).unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("only the start of one"), "{}", text(&refused.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emptied_database_costs_readers_nothing() {
    let database = TestDatabase::new().await;
    let url = url(&database.config());
    let variables = [("DATABASE_URL", url.as_str())];
    assert!(run(&["import", "--embedded"], &variables).await.status.success());
    let serving = Serving::ready(&variables);
    database.execute("TRUNCATE whc.site CASCADE").await.unwrap();
    serving.soon(|serving| serving.get("/readyz").1.contains("1277 of 1277 sites are gone"));
    assert_eq!(serving.get("/readyz").0, 200);
    assert!(serving.get("/api/whcsites?limit=1").1.contains(r#""total":1273"#));
    assert!(run(&["import", "--embedded"], &variables).await.status.success());
    serving.soon(|serving| !serving.get("/readyz").1.contains("failure"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_compiled_in_fills_an_empty_database_and_touches_no_other() {
    let database = TestDatabase::new().await;
    let url = url(&database.config());
    let variables = [("DATABASE_URL", url.as_str())];
    for (arguments, said) in [
        (["import", "--embedded", "--dry-run"].as_slice(), "dry run: 1277 sites"),
        (&["import", "--embedded"], "1277 sites of the list compiled in written"),
        (&["import", "--embedded"], "nothing to write: there are 1277 sites already"),
    ] {
        let import = run(arguments, &variables).await;
        assert!(text(&import.stdout).contains(said), "{}{}", text(&import.stdout), text(&import.stderr));
    }
    let serving = Serving::ready(&variables);
    assert!(serving.get("/api/whcsites?limit=1").1.contains(r#""total":1273"#));
}

#[tokio::test]
async fn an_import_wants_either_a_file_or_the_list_compiled_in() {
    for arguments in [["import", "--dry-run"].as_slice(), &["import", "--embedded", "list.xml"]] {
        assert_eq!(run(arguments, &[]).await.status.code(), Some(2));
    }
}

/// The first half of a file, beside nothing else of ours.
fn cut(file: &str) -> PathBuf {
    let bytes = std::fs::read(file).unwrap();
    let cut = std::env::temp_dir().join(format!("whc-cut-{}.xlsx", std::process::id()));
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    cut
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_without_a_database_compares_with_the_embedded_list() {
    let file = sample("list-2026.xml");
    let refused = run(&["import", "--dry-run", &file], &[]).await;
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("the file lacks 1244 of 1248"), "{}", text(&refused.stderr));
    let dry =
        run(&["import", "--dry-run", "--allow-removals", "--accept-changes", "status", &file], &[]).await;
    assert!(text(&dry.stdout).contains("dry run: nothing was written"), "{}", text(&dry.stdout));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_explained_and_its_findings_are_written() {
    let file = sample("list-2026.xml");
    let place = std::env::temp_dir().join(format!("whc-findings-{}", std::process::id()));
    let [table, json] = ["csv", "json"].map(|kind| place.with_extension(kind));
    for report in [&table, &json] {
        let report = report.to_string_lossy();
        let removals = ["--allow-removals", "--accept-changes", "status"];
        let arguments =
            [&["import", "--dry-run", "--explain", "--report", &*report, &*file][..], &removals].concat();
        let said = run(&arguments, &[]).await;
        let said = format!("{}{}", text(&said.stdout), text(&said.stderr));
        for part in [
            "read as    xml, list of whc.unesco.org",
            "because    it is XML",
            "id_number",
            "ignored    http_url",
            "edition    2026",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
    let lines = std::fs::read_to_string(&table).unwrap();
    assert!(lines.starts_with("severity,row,site,field,found,done\n"), "{lines}");
    let findings: Vec<serde_json::Value> = serde_json::from_slice(&std::fs::read(&json).unwrap()).unwrap();
    assert_eq!(findings.len() + 1, lines.lines().count());
    assert!(findings.iter().all(|finding| finding["found"].is_string()), "{findings:?}");
    std::fs::remove_file(table).unwrap();
    std::fs::remove_file(json).unwrap();
}
