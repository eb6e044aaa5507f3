//! The question before many sites change, and what an exit status says.

use std::fs::File;
use std::process::Stdio;

use rustix::fs::{CWD, FileType, Mode, mknodat};
use whc_core::testing::TestDatabase;

use super::terminal::at_terminal;
use super::{run, sample, text, url, whc};

/// A database with the list compiled in.
async fn filled() -> TestDatabase {
    let database = TestDatabase::new().await;
    let import = run(&["import", "--embedded"], &[("DATABASE_URL", &url(&database.config()))]).await;
    assert!(import.status.success(), "{}", text(&import.stderr));
    database
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_asked_before_many_sites_change() {
    let database = filled().await;
    let url = url(&database.config());
    let variables = [("DATABASE_URL", url.as_str())];
    let file = sample("statistics.xlsx");
    let import = ["import", &file, "--allow-removals", "--accept-changes", "status"];
    // A number, a line, the end of the input.
    for answer in ["n\n", "\n", "yesterday\n", "\u{4}"] {
        let no = at_terminal(&import, &variables, answer).await;
        assert!(no.screen.contains("sites change. Write them? [y/N]"), "{no:?}");
        assert!(no.screen.contains("nothing was written, as answered; --yes writes"), "{answer:?}: {no:?}");
        assert_eq!((no.code, no.output.as_str()), (Some(1), ""), "{answer:?}");
    }
    let history = run(&["history", "--limit", "1"], &variables).await;
    assert!(!text(&history.stdout).contains("statistics.xlsx"), "{}", text(&history.stdout));

    let dry = at_terminal(&[&import[..], &["--dry-run"]].concat(), &variables, "n\n").await;
    assert!(!dry.screen.contains("[y/N]") && dry.code == Some(3), "a dry run asks nothing: {dry:?}");
    let yes = at_terminal(&import, &variables, "Y\n").await;
    assert_eq!(yes.code, Some(0), "{yes:?}");
    assert!(yes.output.contains("written in one transaction"), "{yes:?}");
    let few = at_terminal(&import, &variables, "n\n").await;
    assert!(!few.screen.contains("[y/N]") && few.code == Some(0), "nothing changes any more: {few:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_said_yes_before_or_has_no_terminal_is_not_asked() {
    let file = sample("statistics.xlsx");
    for yes in [true, false] {
        let database = filled().await;
        let url = url(&database.config());
        let variables = [("DATABASE_URL", url.as_str())];
        let import = ["import", &file, "--allow-removals", "--accept-changes", "status", "--yes"];
        let output = if yes {
            let done = at_terminal(&import, &variables, "n\n").await;
            assert!(!done.screen.contains("[y/N]"), "{done:?}");
            done.output
        } else {
            let done = run(&import[..5], &variables).await;
            assert!(!text(&done.stderr).contains("[y/N]"), "{}", text(&done.stderr));
            text(&done.stdout)
        };
        assert!(output.contains("written in one transaction"), "{output}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_exit_status_says_what_came_of_it() {
    let database = TestDatabase::new().await;
    let url = url(&database.config());
    let (here, nowhere) = (("DATABASE_URL", url.as_str()), ("DATABASE_URL", "postgres://me@127.0.0.1:1/whc"));
    let file = sample("statistics.xlsx");
    let is = |code: i32, variables: &'static str, arguments: &[&str]| {
        let variables = match variables {
            "here" => vec![here],
            "nowhere" => vec![nowhere],
            "wrong" => vec![here, ("RUST_LOG", "===")],
            _ => Vec::new(),
        };
        let arguments: Vec<_> =
            std::iter::once("import").chain(arguments.iter().copied()).map(str::to_owned).collect();
        async move {
            let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
            let ended = run(&arguments, &variables).await;
            let said = format!("{}{}", text(&ended.stdout), text(&ended.stderr));
            assert_eq!(ended.status.code(), Some(code), "{arguments:?}: {said}");
        }
    };
    is(2, "none", &[]).await;
    is(2, "none", &["--accept-changes", "colour", &file]).await;
    is(2, "none", &[&file]).await;
    is(2, "wrong", &[&file]).await;
    is(1, "nowhere", &[&file]).await;
    is(1, "here", &["/nowhere.xml"]).await;
    is(1, "here", &["--undo"]).await;
    is(3, "here", &["--embedded", "--dry-run"]).await;
    is(0, "here", &["--embedded"]).await;
    is(0, "here", &["--embedded", "--dry-run"]).await;
    is(1, "here", &[&file]).await;
    is(1, "here", &[&file, "--allow-removals"]).await;
    let removals = [&file, "--allow-removals", "--accept-changes", "status", "--dry-run"];
    is(3, "here", &removals).await;
    is(0, "here", &removals[..4]).await;
    is(0, "here", &removals).await;
    is(3, "here", &["--undo", "--dry-run"]).await;
    is(0, "here", &["--undo"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_cannot_be_written_stops_the_import_before_it_writes() {
    let database = filled().await;
    let url = url(&database.config());
    let variables = [("DATABASE_URL", url.as_str())];
    let file = sample("statistics.xlsx");
    let import = [
        "import",
        &file,
        "--allow-removals",
        "--accept-changes",
        "status",
        "--report",
        "/nowhere/findings.csv",
    ];
    let stopped = run(&import, &variables).await;
    assert_eq!(stopped.status.code(), Some(1));
    assert!(
        text(&stopped.stderr).contains("/nowhere/findings.csv cannot be written"),
        "{}",
        text(&stopped.stderr)
    );
    let history = run(&["history", "--limit", "1"], &variables).await;
    assert!(!text(&history.stdout).contains("statistics.xlsx"), "{}", text(&history.stdout));

    let report = std::env::temp_dir().join(format!("whc-refused-{}.csv", std::process::id()));
    let refused = run(&["import", &file, "--report", &report.to_string_lossy()], &variables).await;
    assert_eq!(refused.status.code(), Some(1));
    assert!(!report.exists(), "nothing is left of a file that was refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_no_end_is_not_read() {
    let pipe = std::env::temp_dir().join(format!("whc-pipe-{}", std::process::id()));
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    for endless in ["/dev/zero", &pipe.to_string_lossy(), "/tmp"] {
        let refused = run(&["import", "--dry-run", endless], &[]).await;
        assert_eq!(refused.status.code(), Some(1), "{endless}");
        assert!(text(&refused.stderr).contains("no regular file"), "{endless}: {}", text(&refused.stderr));
    }
    std::fs::remove_file(pipe).unwrap();
    let mut piped = whc(&["import", "--dry-run", "-"], &[]);
    let piped = piped.stdin(File::open("/dev/zero").unwrap()).output().unwrap();
    assert_eq!(piped.status.code(), Some(1));
    assert!(text(&piped.stderr).contains("more than the 64 MiB"), "{}", text(&piped.stderr));
}

/// The limit is of what is read, and not one byte less.
#[tokio::test(flavor = "multi_thread")]
async fn as_much_as_the_limit_is_read() {
    let file = std::env::temp_dir().join(format!("whc-limit-{}", std::process::id()));
    let most = u64::try_from(whc_core::import::MAX_BYTES).unwrap();
    for (length, said) in [(most, "neither text nor a workbook"), (most + 1, "more than the 64 MiB")] {
        // It takes no space: there is nothing but a length.
        File::create(&file).unwrap().set_len(length).unwrap();
        let name = file.to_string_lossy();
        for (argument, input) in [("-", Stdio::from(File::open(&file).unwrap())), (&*name, Stdio::null())] {
            let refused = whc(&["import", "--dry-run", argument], &[]).stdin(input).output().unwrap();
            assert_eq!(refused.status.code(), Some(1));
            assert!(text(&refused.stderr).contains(said), "{argument}: {}", text(&refused.stderr));
        }
    }
    std::fs::remove_file(file).unwrap();
    let empty = run(&["import", "--dry-run", "-"], &[]).await;
    assert!(text(&empty.stderr).contains("the file is empty"), "{}", text(&empty.stderr));
}
