//! Sites in PostgreSQL: nothing is lost, rights hold, outages are short.

use std::time::{Duration, Instant};

use whc_core::config::DatabaseConfig;
use whc_core::testing::{CuttableProxy, TestDatabase, execute};
use whc_core::{
    KnownSites, MemorySites, Names, PostgresSites, Site, SiteId, SiteQuery, SiteRepository, SiteStore,
    Version,
};

#[tokio::test]
async fn the_embedded_list_survives_the_round_trip() {
    let embedded = MemorySites::embedded().unwrap().list(&SiteQuery::ALL).await.unwrap();
    let database = TestDatabase::new().await;
    let sites = PostgresSites::new(&database.config()).unwrap();
    let facts = || embedded.items.iter().map(|site| Site::clone(site)).collect::<Vec<_>>();
    let started = now();
    assert_eq!(sites.revise(&mut |_| Ok(facts())).await.unwrap(), embedded.items.len());
    let written = started.elapsed();
    let started = now();
    let found = sites.list(&SiteQuery::ALL).await.unwrap();
    let read = started.elapsed();
    assert!(found == embedded, "the list from the database differs");
    let started = now();
    assert!(sites.get(SiteId::new(1133).unwrap()).await.unwrap().is_some());
    let one = started.elapsed();
    let limits = [written, read, one].map(|time| time < Duration::from_secs(5));
    assert_eq!(limits, [true; 3], "wrote all in {written:?}, read all in {read:?}, read one in {one:?}");
}

#[tokio::test]
async fn an_outage_fails_fast_and_passes() {
    let database = TestDatabase::new().await;
    let direct = database.config();
    let mut proxy = CuttableProxy::new(&direct.host, direct.port).await;
    let sites = PostgresSites::new(&through(&proxy, direct)).unwrap();
    sites.ready().await.unwrap();
    for _ in 0..2 {
        proxy.cut().await;
        for _ in 0..3 {
            let started = now();
            let error = sites.version().await.unwrap_err();
            assert!(error.is_unavailable(), "{}", error.report());
            assert!(started.elapsed() < Duration::from_secs(3));
        }
        let error = sites.revise(&mut |_| Ok(vec![site(1, "Lost")])).await.unwrap_err();
        assert!(error.is_unavailable(), "{}", error.report());
        proxy.restore().await;
        sites.version().await.unwrap();
        assert_eq!(sites.get(SiteId::new(1).unwrap()).await.unwrap(), None);
    }
}

#[tokio::test]
async fn connections_that_died_idle_go_unnoticed() {
    let database = TestDatabase::new().await;
    let sites = PostgresSites::new(&database.config()).unwrap();
    let all = tokio::join!(sites.version(), sites.version(), sites.version());
    all.0.and(all.1).and(all.2).unwrap();
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
        WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()";
    database.execute(others).await.unwrap();
    sites.version().await.unwrap();
    database.execute(others).await.unwrap();
    assert_eq!(sites.revise(&mut |_| Ok(vec![site(1, "Written")])).await.unwrap(), 1);
}

/// As after a failover: the old writer still answers, but is read-only.
#[tokio::test]
async fn a_connection_that_turned_read_only_is_replaced() {
    let database = TestDatabase::new().await;
    let sites = PostgresSites::new(&database.config()).unwrap();
    sites.version().await.unwrap();
    let turn =
        "CREATE TABLE public.old AS SELECT pid FROM pg_stat_activity WHERE datname = current_database();
        CREATE FUNCTION public.turn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF EXISTS (SELECT FROM public.old WHERE pid = pg_backend_pid()) THEN
                RAISE EXCEPTION USING ERRCODE = '25006';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER turn BEFORE INSERT ON whc.site FOR EACH ROW EXECUTE FUNCTION public.turn()";
    database.execute(turn).await.unwrap();
    let mut add = |_: &KnownSites<'_>| Ok(vec![site(1, "Added")]);
    let error = sites.revise(&mut add).await.unwrap_err();
    assert!(error.is_unavailable(), "{}", error.report());
    assert_eq!(sites.revise(&mut add).await.unwrap(), 1);
}

#[tokio::test]
async fn a_server_that_does_not_speak_is_given_up() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!(
        "postgres://whc:secret@127.0.0.1:{}/whc?connect_timeout=0.2",
        silent.local_addr().unwrap().port()
    );
    let sites = PostgresSites::new(&DatabaseConfig::from_url(&url).unwrap()).unwrap();
    let started = now();
    let error = sites.ready().await.unwrap_err();
    assert!(error.is_unavailable() && started.elapsed() < Duration::from_secs(1), "{}", error.report());
    assert!(!error.report().contains("secret"));
}

#[tokio::test]
async fn a_slow_answer_is_not_waited_for() {
    let database = TestDatabase::new().await;
    let mut config = database.config();
    config.query_timeout = Duration::from_millis(200);
    let sites = PostgresSites::new(&config).unwrap();
    let slow = "BEGIN; LOCK TABLE whc.dataset_version; SELECT pg_sleep(1); COMMIT";
    let (lock, ()) = tokio::join!(database.execute(slow), async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        let error = sites.version().await.unwrap_err();
        assert!(error.is_unavailable(), "{}", error.report());
    });
    lock.unwrap();
    sites.version().await.unwrap();
}

#[tokio::test]
async fn each_role_may_do_its_part_only() {
    let database = TestDatabase::new().await;
    let reader = database.member_of("whc_reader").await;
    let writer = database.member_of("whc_writer").await;
    let add = |name: &'static str| move |_: &KnownSites<'_>| Ok(vec![site(1, name)]);

    let reading = PostgresSites::new(&reader).unwrap();
    let writing = PostgresSites::new(&writer).unwrap();
    writing.revise(&mut add("Written")).await.unwrap();
    for sites in [&reading, &writing] {
        sites.ready().await.unwrap();
        assert_eq!(sites.list(&SiteQuery::ALL).await.unwrap().total, 1);
    }
    let error = reading.revise(&mut add("Refused")).await.unwrap_err();
    assert!(error.to_string().contains("whc_writer"), "{}", error.report());

    for statement in [
        "UPDATE whc.dataset_version SET number = 1",
        "SELECT FROM whc.dataset_version FOR UPDATE",
        "DELETE FROM whc.schema_history",
        "TRUNCATE whc.site CASCADE",
        "DROP TABLE whc.site",
        "ALTER TABLE whc.site DISABLE TRIGGER ALL",
        "CREATE TABLE whc.mine ()",
        "SELECT whc.move_dataset_version()",
    ] {
        for user in [&reader, &writer] {
            let report = run(user, statement).await.unwrap_err();
            assert!(report.contains("permission denied") || report.contains("must be owner"), "{report}");
        }
    }
}

#[tokio::test]
async fn the_version_moves_once_a_transaction_and_only_with_the_data() {
    let database = TestDatabase::new().await;
    let sites = PostgresSites::new(&database.config()).unwrap();
    sites.revise(&mut |_| Ok(vec![site(1, "One"), site(2, "Two")])).await.unwrap();
    let mut last = number(&sites.version().await.unwrap());
    for (statement, moves) in [
        (
            "UPDATE whc.site SET inscribed = 1999 WHERE id = 1; UPDATE whc.site SET inscribed = 2000 WHERE id = 2",
            1,
        ),
        ("UPDATE whc.site SET inscribed = 1999 WHERE id = 3", 0),
        ("INSERT INTO whc.site_region VALUES (1, 'AFR'), (2, 'AFR')", 1),
        ("BEGIN; DELETE FROM whc.site_region; ROLLBACK", 0),
        (
            "BEGIN; DELETE FROM whc.site_region; SAVEPOINT a; DELETE FROM whc.site_text; ROLLBACK TO a; COMMIT",
            1,
        ),
        ("DELETE FROM whc.site WHERE id = 2", 1),
        ("TRUNCATE whc.site_extension", 1),
    ] {
        database.execute(statement).await.unwrap();
        let number = number(&sites.version().await.unwrap());
        assert_eq!(number - last, moves, "{statement}");
        last = number;
    }
}

#[tokio::test]
async fn the_database_itself_refuses_what_a_site_cannot_be() {
    let database = TestDatabase::new().await;
    let sites = PostgresSites::new(&database.config()).unwrap();
    sites.revise(&mut |_| Ok(vec![site(1, "One")])).await.unwrap();
    for statement in [
        "INSERT INTO whc.site (id, category, inscribed) VALUES (2, 'Cultural', 1978)",
        "DELETE FROM whc.site_text WHERE site_id = 1",
        "UPDATE whc.site_text SET name = ''",
        "UPDATE whc.site SET inscribed = 1900",
        "UPDATE whc.site SET longitude = 'NaN', latitude = 0",
        "UPDATE whc.site SET longitude = 1",
        "UPDATE whc.site SET area_hectares = 0",
        "UPDATE whc.site SET status = 'delisted'",
        "INSERT INTO whc.site_state VALUES (1, 0, 'it', 'Italy')",
        "INSERT INTO whc.site_danger VALUES (1, 2000, 1999)",
    ] {
        let error = database.execute(statement).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the database does not take this data",
            "{statement}: {}",
            error.report()
        );
    }
    let error = sites.revise(&mut |_| Ok(vec![site(1, "zero \0 byte")])).await.unwrap_err();
    assert!(error.is_invalid() && error.to_string().contains("site 1"), "{error}");
}

#[tokio::test]
async fn a_failure_says_what_to_do() {
    let database = TestDatabase::new().await;
    let mut wrong = database.config();
    wrong.password = None;
    assert!(run(&wrong, "").await.unwrap_err().contains("password"));
    let mut wrong = database.config();
    wrong.name = "nowhere".to_owned();
    assert!(run(&wrong, "").await.unwrap_err().contains("no database of this name"));
    let mut wrong = database.config();
    wrong.root_certificates = Some("/nowhere.pem".into());
    wrong.tls = "verify-full".parse().unwrap();
    let error = PostgresSites::new(&wrong).unwrap_err();
    assert!(error.is_invalid() && error.to_string().contains("/nowhere.pem"), "{error}");
}

/// What the database reports when this user runs this statement.
async fn run(user: &DatabaseConfig, statement: &str) -> Result<(), String> {
    execute(user, statement).await.map_err(|error| error.report())
}

fn through(proxy: &CuttableProxy, mut config: DatabaseConfig) -> DatabaseConfig {
    config.host = proxy.address().ip().to_string();
    config.port = proxy.address().port();
    config
}

fn site(id: u32, name: &str) -> Site {
    let names = Names::new(name).unwrap();
    Site::new(SiteId::new(id).unwrap(), names, "Cultural".parse().unwrap(), "1978".parse().unwrap())
}

fn number(version: &Version) -> i64 {
    version.as_str().rsplit('-').next().unwrap().parse().unwrap()
}

#[expect(clippy::disallowed_methods, reason = "a test measures real time")]
fn now() -> Instant {
    Instant::now()
}
