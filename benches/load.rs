//! Measure what requests cost: CPU time of `whc` per request, in the program and in the kernel, beside a bare hyper server
//! that sends bodies of the same size without looking at the request. The two run alternately, and of each the cheapest
//! run counts, since whatever else the machine does can only add to it.
//!
//! ```text
//! cargo build --release -p whc-hyper
//! cargo build --release -p benches --bin bare_hyper
//! cargo run --release -p benches --bin load
//! ```
#![expect(clippy::print_stdout, reason = "a measurement tells what it found")]

use std::error::Error;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::Instant;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const CONNECTIONS: u64 = 64;
const RUN: Duration = Duration::from_secs(2);
const RUNS: usize = 3;
const WHC_PORT: u16 = 4701;
const BARE_PORT: u16 = 4702;

/// The requests to send, in this order, with their header.
struct Workload {
    name: &'static str,
    paths: Vec<String>,
    header: String,
}

/// Every kind of request to measure, with values the service itself lists.
async fn workloads(port: u16) -> Result<Vec<Workload>> {
    let column = |text: String| -> Vec<String> {
        text.lines().skip(1).filter_map(|line| Some(line.split(',').next()?.to_owned())).collect()
    };
    let ids = column(fetch(port, "/api/whcsites?fields=id&limit=10000&f=csv").await?.1);
    let countries = column(fetch(port, "/api/countries?f=csv").await?.1);
    let categories = ["Cultural", "Natural", "Mixed"];
    let pairs = countries.iter().flat_map(|country| categories.map(|category| (country, category)));
    let whole = |format: &str| vec![format!("/api/whcsites?limit=10000&f={format}")];
    let (etag, _) = fetch(port, &whole("json")[0]).await?;
    let load = |name, paths: Vec<String>, header: &str| Workload {
        name,
        paths: in_no_order(&paths),
        header: header.to_owned(),
    };
    let unmodified = format!("if-none-match: {etag}\r\n");
    let shows: Vec<_> = ids.iter().map(|id| format!("/api/whcsites/{id}")).collect();
    let pages = (0..ids.len() - 100).map(|offset| format!("/api/whcsites?offset={offset}")).collect();
    let filters =
        pairs.map(|(country, category)| format!("/api/whcsites?country={country}&category={category}"));
    Ok(vec![
        load("show by id", shows.clone(), ""),
        load("page of 100", pages, ""),
        load("country and category", filters.collect(), ""),
        load("whole list, GeoJSON", whole("geojson"), ""),
        load("whole list, gzip", whole("json"), "accept-encoding: gzip\r\n"),
        load("show by id, 304", shows, "if-none-match: *\r\n"),
        load("whole list, 304", whole("json"), &unmodified),
    ])
}

/// The same, each once and none near its neighbour: by multiples of a prime.
fn in_no_order(items: &[String]) -> Vec<String> {
    let count = items.len();
    (0..count).map(|place| items[place * 7919 % count].clone()).collect()
}

/// What a run of requests did.
#[derive(Default)]
struct Tally {
    requests: AtomicU64,
    bytes: AtomicU64,
}

#[tokio::main]
async fn main() -> Result<()> {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/release");
    let mut command = Command::new(target.join("whc"));
    command.env("RUST_LOG", "off").env("PORT", WHC_PORT.to_string());
    let mut server = Server::start(&mut command, WHC_PORT).await?;
    println!(
        "| work | requests | bytes | whc, µs | in the program | bare hyper, µs | in the program | ratio |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for workload in workloads(WHC_PORT).await? {
        let (mut ours, mut theirs) = (Cost::default(), Cost::default());
        measure(&mut server, WHC_PORT, &workload, &mut ours).await?;
        let mut command = Command::new(target.join("bare_hyper"));
        command.args([BARE_PORT.to_string(), ours.bytes.to_string()]);
        let mut bare = Server::start(&mut command, BARE_PORT).await?;
        for _ in 0..RUNS {
            measure(&mut bare, BARE_PORT, &workload, &mut theirs).await?;
            measure(&mut server, WHC_PORT, &workload, &mut ours).await?;
        }
        println!(
            "| {} | {} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {:.2} |",
            workload.name,
            ours.requests,
            ours.bytes,
            ours.total(),
            ours.user,
            theirs.total(),
            theirs.user,
            ours.total() / theirs.total()
        );
    }
    println!("\nresident: {} KB after all this", server.resident()?);
    Ok(())
}

/// What a request cost in the cheapest run, in microseconds.
#[derive(Default)]
struct Cost {
    user: f64,
    system: f64,
    /// In all runs.
    requests: u64,
    /// Of a body, on average.
    bytes: u64,
}

impl Cost {
    fn total(&self) -> f64 {
        self.user + self.system
    }
}

/// One run against a server.
async fn measure(server: &mut Server, port: u16, workload: &Workload, cost: &mut Cost) -> Result<()> {
    let request = |path| format!("GET {path} HTTP/1.1\r\nhost: load\r\n{}\r\n", workload.header);
    let requests: Arc<Vec<String>> = Arc::new(workload.paths.iter().map(request).collect());
    drive(port, &requests, RUN / 4).await?;
    let before = server.cpu_seconds()?;
    let tally = drive(port, &requests, RUN).await?;
    let after = server.cpu_seconds()?;
    let count = tally.requests.load(Ordering::Relaxed).max(1);
    #[expect(clippy::cast_precision_loss, reason = "a count of requests is far below 2^52")]
    let each = |before: f64, after: f64| (after - before) * 1e6 / count as f64;
    let (user, system) = (each(before.0, after.0), each(before.1, after.1));
    if cost.requests == 0 || user + system < cost.total() {
        (cost.user, cost.system) = (user, system);
    }
    cost.requests += count;
    cost.bytes = tally.bytes.load(Ordering::Relaxed) / count;
    Ok(())
}

async fn drive(port: u16, requests: &Arc<Vec<String>>, duration: Duration) -> Result<Arc<Tally>> {
    let tally = Arc::new(Tally::default());
    let end = Instant::now() + duration;
    let clients = (0..CONNECTIONS).map(|number| {
        tokio::spawn(client(
            port,
            Arc::clone(requests),
            usize::try_from(number).unwrap_or(0) * 31,
            end,
            Arc::clone(&tally),
        ))
    });
    for client in clients.collect::<Vec<_>>() {
        client.await??;
    }
    Ok(tally)
}

async fn client(
    port: u16,
    requests: Arc<Vec<String>>,
    from: usize,
    end: Instant,
    tally: Arc<Tally>,
) -> Result<()> {
    let mut stream = BufReader::with_capacity(1 << 16, TcpStream::connect(("127.0.0.1", port)).await?);
    let mut body = Vec::new();
    for request in requests.iter().cycle().skip(from % requests.len()) {
        if Instant::now() >= end {
            break;
        }
        stream.write_all(request.as_bytes()).await?;
        let header = header(&mut stream).await?;
        if !["200", "304"].contains(&&*header.status) {
            return Err(format!("{} for {request}", header.status).into());
        }
        body.resize(header.length, 0);
        stream.read_exact(&mut body).await?;
        tally.requests.fetch_add(1, Ordering::Relaxed);
        tally.bytes.fetch_add(header.length as u64, Ordering::Relaxed);
    }
    Ok(())
}

/// What matters here of the header of an answer.
#[derive(Default)]
struct Header {
    status: String,
    /// Of the body that follows.
    length: usize,
    etag: String,
}

async fn header(stream: &mut BufReader<TcpStream>) -> Result<Header> {
    let mut header = Header::default();
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Err("the server closed the connection".into());
        }
        if header.status.is_empty() {
            header.status = line.split(' ').nth(1).unwrap_or_default().to_owned();
        }
        match line.trim_end().split_once(": ") {
            Some(("content-length", value)) if header.status != "304" => header.length = value.parse()?,
            Some(("etag", value)) => value.clone_into(&mut header.etag),
            _ if line == "\r\n" => return Ok(header),
            _ => {}
        }
    }
}

/// The validator and the body of an answer.
async fn fetch(port: u16, path: &str) -> Result<(String, String)> {
    let mut stream = BufReader::new(TcpStream::connect(("127.0.0.1", port)).await?);
    let request = format!("GET {path} HTTP/1.1\r\nhost: load\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let etag = header(&mut stream).await?.etag;
    let mut body = String::new();
    stream.read_to_string(&mut body).await?;
    Ok((etag, body))
}

/// A server in a process of its own, ended with this value.
struct Server(Child);

impl Server {
    async fn start(command: &mut Command, port: u16) -> Result<Self> {
        let server = Self(command.spawn()?);
        for _ in 0..500 {
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Ok(server);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Err("the server does not listen".into())
    }

    /// User and system time so far, from `/proc`, which counts in hundredths of a second.
    fn cpu_seconds(&mut self) -> Result<(f64, f64)> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0.id()))?;
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let seconds = |at: usize| -> Result<f64> {
            Ok(fields.get(at).ok_or("an unknown form of /proc")?.parse::<f64>()? / 100.0)
        };
        Ok((seconds(11)?, seconds(12)?))
    }

    /// Memory in use, in KB.
    fn resident(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        Ok(line.ok_or("an unknown form of /proc")?.trim_matches(|c: char| !c.is_ascii_digit()).parse()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
