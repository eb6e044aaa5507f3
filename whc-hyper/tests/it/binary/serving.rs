//! A running `whc serve`, and clients of it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
#[cfg(target_os = "linux")]
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{text, whc};

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

    /// The same, and it has its sites: it listens before it has, where its database takes time.
    pub(crate) fn ready(variables: &[(&str, &str)]) -> Self {
        let serving = Self::start(variables);
        serving.soon(|serving| serving.get("/readyz").0 == 200);
        serving
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
