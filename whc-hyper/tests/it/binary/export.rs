//! The list in a file, what changed, and an import taken back.

use whc_core::testing::TestDatabase;

use super::{run, sample, text, url};

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_whole_or_not_there() {
    let folder = std::env::temp_dir().join(format!("whc-export-{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("list.csv");
    let name = file.to_string_lossy().into_owned();
    let export = run(&["export", &name, "--language", "fr"], &[]).await;
    assert!(export.status.success(), "{}", text(&export.stderr));
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(written.starts_with("id,name,language,") && written.contains("Îles Galápagos"));
    assert_eq!(written.lines().count(), 1278, "every site, also those that left, and the header");

    let said = run(&["export", "--format", "csv", "--language", "fr"], &[]).await;
    assert_eq!(text(&said.stdout), written);
    let then =
        run(&["export", "-", "--format", "ndjson", "--as-of", "1978", "--status", "inscribed"], &[]).await;
    assert_eq!(text(&then.stdout).lines().count(), 12);

    for wrong in [&["--format", "pdf"][..], &["--fields", "nmae"], &["--status", "lost"]] {
        let refused = run(&[&["export", name.as_str()], wrong].concat(), &[]).await;
        assert!(!refused.status.success() && !refused.stderr.is_empty(), "{wrong:?}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), written, "{wrong:?}");
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing is left beside it");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_told_and_taken_back() {
    let database = TestDatabase::new().await;
    let url = url(&database.config());
    let variables = [("DATABASE_URL", url.as_str())];
    let refused = run(&["import", "--undo"], &variables).await;
    assert!(text(&refused.stderr).contains("no import to take back"), "{}", text(&refused.stderr));
    run(&["import", "--embedded"], &variables).await;
    let export = ["export", "--format", "ndjson", "--fields", "components,names"];
    let before = text(&run(&export, &variables).await.stdout);

    let import = run(
        &["import", &sample("statistics.xlsx"), "--yes", "--allow-removals", "--accept-changes", "status"],
        &variables,
    )
    .await;
    assert!(import.status.success(), "{}", text(&import.stderr));
    let history = text(&run(&["history", "--limit", "1"], &variables).await.stdout);
    assert!(history.contains("changed") && history.contains("(statistics.xlsx)"), "{history}");

    let dry = text(&run(&["import", "--undo", "--dry-run"], &variables).await.stdout);
    assert!(dry.contains("dry run") && dry.contains("statistics.xlsx"), "{dry}");
    let undo = run(&["import", "--undo"], &variables).await;
    let said = text(&undo.stdout);
    assert!(undo.status.success() && said.contains("0 values left"), "{said}{}", text(&undo.stderr));
    assert_eq!(text(&run(&export, &variables).await.stdout), before);
    let history = text(&run(&["history"], &variables).await.stdout);
    assert!(history.contains("(undo of statistics.xlsx)"), "{history}");
    let again = run(&["import", "--undo"], &variables).await;
    assert_eq!(again.status.code(), Some(1));
    let said = text(&again.stderr);
    assert!(
        said.contains("no import is left to take back: statistics.xlsx was taken back already"),
        "{said}"
    );
}
