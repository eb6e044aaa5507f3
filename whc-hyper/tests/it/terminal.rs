//! What a person at a terminal types and reads.

use crate::binary::{Serving, run, text, whc};

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_does_not_wait_for_load_balancers() {
    let serving = Serving::start(&[("SHUTDOWN_DELAY_SECONDS", "3600")]);
    serving.signal("INT");
    assert!(tokio::task::spawn_blocking(|| serving.end()).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn flags_win_over_variables() {
    let variables = [("HOST", "nowhere"), ("PORT", "none"), ("PUBLIC_URL", "/variable")];
    let flags = ["--host", "127.0.0.1", "--port", "0", "--public-url", "/flag"];
    for command in [[].as_slice(), &["serve"]] {
        let serving = Serving::start_with(&[command, &flags].concat(), &variables);
        assert!(serving.get("/api/whcsites?limit=1").1.contains("/flag/api/whcsites"));
    }
    let database = run(&["migrate", "--check", "--database-url", "postgres://me@127.0.0.1:1/whc"], &[]).await;
    assert!(text(&database.stderr).contains("cannot be reached"), "{}", text(&database.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn help_shows_flags_and_variables_of_a_command() {
    for (command, shown, hidden) in [
        ("serve", ["--database-url", "--port", "SHUTDOWN_DELAY_SECONDS"], "--dry-run"),
        ("import", ["--database-url", "--dry-run", "DB_SSLMODE"], "SHUTDOWN"),
        ("healthcheck", ["--host", "--port", "HOST"], "DATABASE_URL"),
        ("config", ["--database-url", "--port", "LOG_FORMAT"], "--dry-run"),
    ] {
        let help = text(&run(&[command, "--help"], &[]).await.stdout);
        assert!(shown.iter().all(|word| help.contains(word)) && !help.contains(hidden), "{command}: {help}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn config_shows_what_is_in_force_and_no_secret() {
    let url = "postgres://web:hunter2@db/whc?sslmode=disable";
    let variables = [("DATABASE_URL", url), ("SNAPSHOT_START", "embedded"), ("MAX_CONNECTIONS", "100")];
    let shown = run(&["config", "--port", "8080"], &variables).await;
    let (shown, log) = (text(&shown.stdout), text(&shown.stderr));
    let line = |name: &str| {
        let line = shown.lines().find(|line| line.starts_with(&format!("{name}=")));
        line.unwrap_or_else(|| panic!("{name}: {shown}{log}"))
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(line("PORT"), "PORT=8080 # flag");
    assert_eq!(line("SNAPSHOT_START"), "SNAPSHOT_START=embedded # variable");
    assert_eq!(line("HOST"), "HOST=0.0.0.0 # default");
    assert_eq!(line("MAX_CONNECTIONS_PER_ADDRESS"), "MAX_CONNECTIONS_PER_ADDRESS=25 # default");
    assert_eq!(line("DATABASE_URL"), "DATABASE_URL=postgres://web@db:5432/whc # variable");
    let parts = [("DB_HOST", "db"), ("DB_NAME", "whc"), ("DB_USER", "web"), ("DB_PASSWORD", "hunter2")];
    let parts = text(&run(&["config"], &parts).await.stdout);
    assert!(parts.contains("DB_PASSWORD=***"), "{parts}");
    assert!(![shown, log, parts].iter().any(|said| said.contains("hunter2")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_in_a_name_is_a_warning() {
    let slip = run(&["config"], &[("DATABSE_URL", "postgres://web:hunter2@db/whc")]).await;
    assert!(slip.status.success());
    let log = text(&slip.stderr);
    assert!(log.contains("DATABSE_URL") && log.contains("is it DATABASE_URL?"), "{log}");
    assert!(!log.contains("hunter2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_that_is_none_is_a_wrong_configuration() {
    let wrong = run(&[], &[("RUST_LOG", "===")]).await;
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("RUST_LOG must be"), "{}", text(&wrong.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_a_setting_names_and_that_is_not_there_is_a_wrong_configuration() {
    let (database, valkey) = (("DB_HOST", "127.0.0.1"), ("VALKEY_HOST", "127.0.0.1"));
    let (name, user) = (("DB_NAME", "whc"), ("DB_USER", "web"));
    let apple = [("APPLE_CLIENT_ID", "a"), ("APPLE_TEAM_ID", "a"), ("APPLE_KEY_ID", "a")];
    let (garbage, file) = (("APPLE_PRIVATE_KEY", "garbage"), ("APPLE_PRIVATE_KEY_FILE", "/nope.p8"));
    let google = [("GOOGLE_CLIENT_ID", "a"), ("GOOGLE_CLIENT_SECRET_FILE", "/nope")];
    let roots = ("DB_SSLROOTCERT", "/nope.pem");
    for (command, variables) in [
        ("serve", [("AUTH_KEYS", "/nope.pem")].as_slice()),
        ("serve", &[apple[0], apple[1], apple[2], garbage]),
        ("serve", &[apple[0], apple[1], apple[2], file]),
        ("serve", &google),
        ("serve", &[("SECRET_KEY_BASE_FILE", "/nope")]),
        ("serve", &[database, name, user, roots]),
        ("migrate", &[database, name, user, roots]),
        ("serve", &[valkey, ("VALKEY_SSLROOTCERT", "/nope.pem")]),
    ] {
        let wrong = run(&[command], variables).await;
        let said = text(&wrong.stderr);
        assert_eq!(wrong.status.code(), Some(2), "{said}");
        let of_file = "No such file or directory (os error 2)";
        let expected = usize::from(!variables.contains(&garbage));
        assert_eq!(said.matches(of_file).count(), expected, "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_of_providers_are_listed_without_their_secrets() {
    let set = [
        ("OIDC_PROVIDERS", "our-own"),
        ("OIDC_OUR_OWN_ISSUER", "https://own.example"),
        ("OIDC_OUR_OWN_CLIENT_ID", "whc"),
        ("OIDC_OUR_OWN_CLIENT_SECRET", "hunter2"),
    ];
    let shown = text(&run(&["config"], &set).await.stdout);
    assert!(shown.contains("OIDC_OUR_OWN_ISSUER=https://own.example"), "{shown}");
    assert!(shown.contains("OIDC_OUR_OWN_CLIENT_SECRET=***"), "{shown}");
    assert!(shown.contains("OIDC_OUR_OWN_GROUPS= "), "{shown}");
    assert!(!shown.contains("hunter2"));
    let unnamed = run(&["config"], &set[1..]).await;
    assert_eq!(unnamed.status.code(), Some(2));
    assert!(text(&unnamed.stderr).contains("OIDC_PROVIDERS=our-own"), "{}", text(&unnamed.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_by_the_name_that_was_typed() {
    for (arguments, variables, told) in [
        (["--port", "http"].as_slice(), [("PORT", "0")].as_slice(), "whc: --port must be a port"),
        (&["--host", "localhost"], &[], "whc: --host must be an IP address"),
        (&["--public-url", "ftp://a"], &[("PUBLIC_URL", "/a")], "whc: --public-url must be a URL"),
        (
            &["--database-url", "mysql://me:hunter2@a/b"],
            &[],
            "whc: --database-url: a database URL is written",
        ),
        (&[], &[("PORT", "http")], "whc: PORT must be a port"),
        (&["--port", "0"], &[("PUBLIC_URL", "ftp://a")], "whc: PUBLIC_URL must be a URL"),
    ] {
        for command in [[].as_slice(), &["serve"], &["config"]] {
            let wrong = run(&[command, arguments].concat(), variables).await;
            let said = text(&wrong.stderr);
            assert!(said.starts_with(told) && !said.contains("hunter2"), "{said}");
            assert_eq!(wrong.status.code(), Some(2));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_written_is_a_failure_and_a_closed_pipe_is_none() {
    for arguments in [["config"].as_slice(), &["--help"], &["serve", "--help"], &["--version"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let failed = whc(arguments, &[]).stdout(full).output().unwrap();
        assert_eq!(failed.status.code(), Some(1), "{arguments:?}");
        assert!(text(&failed.stderr).contains("standard output cannot be written"), "{arguments:?}");
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let closed = whc(arguments, &[]).stdout(writer).output().unwrap();
        assert_eq!(closed.status.code(), Some(0), "{arguments:?}: {}", text(&closed.stderr));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_listens_on_any_port() {
    let unclear = run(&["healthcheck"], &[("PORT", "0")]).await;
    assert_eq!(unclear.status.code(), Some(1));
    assert!(text(&unclear.stderr).contains("set PORT or --port"), "{}", text(&unclear.stderr));
}
