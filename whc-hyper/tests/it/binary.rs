//! The binary `whc` as an operator meets it: environment in, exit status, text and sockets out.

mod import;
mod serving;
mod start;

use std::path::Path;
use std::process::{Command, Output, Stdio};

use whc_core::config::DatabaseConfig;

pub(crate) use self::serving::Serving;

pub(crate) fn whc(arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whc"));
    command.args(arguments).env_clear().env("RUST_LOG", "info").envs(variables.iter().copied());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs a command to its end on a blocking thread: the proxy to its database may run in this process.
pub(crate) async fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = whc(arguments, variables);
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub(crate) fn url(config: &DatabaseConfig) -> String {
    let password = config.password.as_ref().map_or("", |secret| secret.reveal());
    if config.is_socket() {
        return format!("postgres:///{}?host={}&user={}", config.name, config.host, config.user);
    }
    format!("postgres://{}:{password}@{}:{}/{}", config.user, config.host, config.port, config.name)
}

pub(crate) fn sample(name: &str) -> String {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../whc-core/tests/it/import/samples");
    samples.join(name).to_string_lossy().into_owned()
}
<<<<<<< HEAD
=======

/// A `whc serve` on a port of its own, ended with the test.
pub(crate) struct Serving {
    child: Child,
    port: u16,
    /// What it says before it listens.
    pub(crate) greeting: String,
    /// What it says, line by line.
    log: Arc<Mutex<Vec<String>>>,
}

impl Serving {
    pub(crate) fn start(variables: &[(&str, &str)]) -> Self {
        Self::start_with(&[], &[&[("HOST", "127.0.0.1"), ("PORT", "0")], variables].concat())
    }

    /// With these arguments and variables and no others.
    pub(crate) fn start_with(arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut child = whc(arguments, variables).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (mut greeting, mut said) = (String::new(), Vec::new());
        let port = loop {
            let line = lines.next().expect("it ended before it listened").unwrap();
            greeting.push_str(&line);
            said.push(line.clone());
            if let Some((_, rest)) = line.split_once("listening on http://127.0.0.1:") {
                break rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap();
            }
        };
        // Reads on, since a full pipe would block the log.
        let log = Arc::new(Mutex::new(said));
        let kept = Arc::clone(&log);
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| kept.lock().unwrap().push(line));
        });
        Self { child, port, greeting, log }
    }

    /// The same with a log that cannot be read for the port; the kernel knows it too.
    #[cfg(target_os = "linux")]
    pub(crate) fn start_with_log(mut command: Command, log: Stdio) -> Self {
        command.env("RUST_LOG", "info").env("HOST", "127.0.0.1").env("PORT", "0");
        let mut child = command.stderr(log).stdout(Stdio::null()).spawn().unwrap();
        let port = listening_port(&mut child);
        Self { child, port, greeting: String::new(), log: Arc::default() }
    }

    /// A connection for many requests.
    pub(crate) fn connect(&self) -> KeptAlive {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_nodelay(true).unwrap();
        KeptAlive(BufReader::new(stream))
    }

    /// Waits for its end.
    pub(crate) fn end(mut self) -> bool {
        self.child.wait().unwrap().success()
    }

    pub(crate) fn address(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.port))
    }

    /// Status and body of a GET.
    pub(crate) fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    /// How many lines of the log are so.
    pub(crate) fn said(&self, so: impl Fn(&str) -> bool) -> usize {
        self.log.lock().unwrap().iter().filter(|line| so(line)).count()
    }

    /// All that it has said.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().join("\n")
    }

    /// Waits for a condition, ten seconds at most: machines are busy.
    pub(crate) fn soon(&self, so: impl Fn(&Self) -> bool) {
        for _ in 0..200 {
            if so(self) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("not within ten seconds; /readyz says {:?}", self.get("/readyz"));
    }

    pub(crate) fn signal(&self, name: &str) {
        // The shell's own: slim images have no program of that name.
        let kill = format!("kill -{name} {}", self.child.id());
        let kill = Command::new("sh").args(["-c", &kill]).status().unwrap();
        assert!(kill.success());
    }
}

/// A connection for many requests.
pub(crate) struct KeptAlive(BufReader<TcpStream>);

impl KeptAlive {
    /// Status and body of a GET by a client with a long name.
    pub(crate) fn get(&mut self, path: &str) -> (u16, String) {
        let agent = "x".repeat(256);
        let request = format!("GET {path} HTTP/1.1\r\nhost: test\r\nuser-agent: {agent}\r\n\r\n");
        self.0.get_mut().write_all(request.as_bytes()).unwrap();
        let mut head = Vec::new();
        while !head.ends_with(&["\r\n".to_owned()]) {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "closed after {head:?}");
            head.push(line);
        }
        let length = head.iter().find_map(|line| line.strip_prefix("content-length: "));
        let mut body = vec![0; length.map_or(0, |length| length.trim().parse().unwrap())];
        self.0.read_exact(&mut body).unwrap();
        (head[0].split(' ').nth(1).unwrap().parse().unwrap(), text(&body))
    }
}

/// The port a process listens on, as the kernel tells: the one listening socket of `net/tcp` among its files.
#[cfg(target_os = "linux")]
fn listening_port(child: &mut Child) -> u16 {
    let folder = format!("/proc/{}", child.id());
    for _ in 0..400 {
        assert_eq!(child.try_wait().unwrap(), None, "it ended before it listened");
        let files = std::fs::read_dir(format!("{folder}/fd")).into_iter().flatten().flatten();
        let sockets: Vec<_> = files.filter_map(|file| std::fs::read_link(file.path()).ok()).collect();
        let table = std::fs::read_to_string(format!("{folder}/net/tcp")).unwrap_or_default();
        for columns in table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>()) {
            let socket = PathBuf::from(format!("socket:[{}]", columns[9]));
            // 0A is LISTEN.
            if columns[3] == "0A" && sockets.contains(&socket) {
                return u16::from_str_radix(columns[1].split_once(':').unwrap().1, 16).unwrap();
            }
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    panic!("it does not listen");
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_serves_the_embedded_list_without_any_configuration() {
    let serving = Serving::start(&[]);
    assert!(serving.greeting.contains("no database is configured"), "{}", serving.greeting);
    assert!(serving.get("/api/whcsites/1").1.contains("Galápagos Islands"));
    assert!(serving.get("/api/whcsites?limit=2000").1.contains(r#""returned":1273"#));

    let port = serving.port.to_string();
    assert!(run(&["healthcheck"], &[("PORT", &port)]).await.status.success());
    drop(serving);
    let unhealthy = run(&["healthcheck"], &[("PORT", &port)]).await;
    assert_eq!(unhealthy.status.code(), Some(1));
    assert!(text(&unhealthy.stderr).contains("no healthy server"), "{}", text(&unhealthy.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stops_in_order_when_told_to() {
    let mut serving = Serving::start(&[("SHUTDOWN_DELAY_SECONDS", "1")]);
    assert_eq!(serving.get("/readyz").0, 200);
    serving.signal("TERM");
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!((serving.get("/readyz").0, serving.get("/api/whcsites/1").0), (503, 200));
    assert!(serving.child.wait().unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_configuration_ends_the_start_and_shows_no_secret() {
    let wrong = run(&[], &[("PORT", "http")]).await;
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("PORT must be a port"), "{}", text(&wrong.stderr));
    let wrong = run(&["migrate"], &[("DATABASE_URL", "postgres://me:hunter2@db:port/whc")]).await;
    assert_eq!(wrong.status.code(), Some(2));
    assert!(!text(&wrong.stderr).contains("hunter2"));
    let missing = run(&["import", "file.xml"], &[]).await;
    assert!(text(&missing.stderr).contains("DATABASE_URL"), "{}", text(&missing.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn migrate_checks_applies_and_checks_again() {
    let database = TestDatabase::empty().await;
    let url = url(&database.config());
    let variables = [("DATABASE_URL", url.as_str())];
    let check = run(&["migrate", "--check"], &variables).await;
    assert_eq!(check.status.code(), Some(3), "{}", text(&check.stderr));
    assert!(text(&check.stdout).contains("pending"));

    let serving = Serving::start(&variables);
    let (status, body) = serving.get("/readyz");
    assert!(status == 503 && body.contains("whc migrate"), "{body}");

    let (one, other) = tokio::join!(run(&["migrate"], &variables), run(&["migrate"], &variables));
    assert!(one.status.success() && other.status.success(), "{}{}", text(&one.stderr), text(&other.stderr));
    assert_eq!(run(&["migrate", "--check"], &variables).await.status.code(), Some(0));
    serving.soon(|serving| serving.get("/readyz").1.contains("whc import"));

    database
        .execute(
            "INSERT INTO whc.schema_history SELECT 99, 'later', applied_on, checksum FROM whc.schema_history LIMIT 1",
        )
        .await
        .unwrap();
    let refused = run(&["migrate"], &variables).await;
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("newer"), "{}", text(&refused.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn import_is_seen_without_a_restart_and_is_idempotent() {
    let database = TestDatabase::new().await;
    let url = url(&database.config());
    let variables = [("DATABASE_URL", url.as_str())];
    let serving = Serving::start(&variables);
    let (status, body) = serving.get("/readyz");
    assert!(status == 503 && body.contains("whc import"), "{body}");
    assert_eq!(serving.get("/api/whcsites").0, 503);

    let file = sample("statistics.xlsx");
    let dry = run(&["import", "--dry-run", &file], &variables).await;
    assert!(text(&dry.stdout).contains("dry run: nothing was written"), "{}", text(&dry.stderr));
    assert_eq!(serving.get("/api/whcsites").0, 503);

    let import = run(&["import", &file], &variables).await;
    assert!(import.status.success(), "{}", text(&import.stderr));
    serving.soon(|serving| serving.get("/api/whcsites").0 == 200);
    assert_eq!(serving.get("/readyz").0, 200);
    let again = run(&["import", &file], &variables).await;
    assert!(text(&again.stdout).contains("0 added, 0 changed"), "{}", text(&again.stdout));

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
    let serving = Serving::start(&variables);
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
    let serving = Serving::start(&variables);
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
    let dry = run(&["import", "--dry-run", "--allow-removals", &file], &[]).await;
    assert!(text(&dry.stdout).contains("dry run: nothing was written"), "{}", text(&dry.stdout));
}
>>>>>>> evidence
