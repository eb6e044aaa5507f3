//! Measure what requests cost: CPU seconds of `whc` per 1000 requests, beside a bare hyper server that sends bodies of
//! the same size without looking at the request.
//!
//! `cargo build --release -p whc-hyper && cargo run --release -p examples --example load`
#![expect(clippy::print_stdout, reason = "an example talks to its reader")]

use std::error::Error;
use std::process::{Child, Command};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const CONNECTIONS: u64 = 64;
const DURATION: Duration = Duration::from_secs(5);
const WHC_PORT: u16 = 4701;
const BARE_PORT: u16 = 4702;

/// What is asked for, in turn, with which header.
struct Workload {
    name: &'static str,
    paths: Vec<String>,
    header: String,
}

/// `etag` is the validator of the whole list.
fn workloads(etag: &str) -> [Workload; 5] {
    let load = |name, paths, header: &str| Workload { name, paths, header: header.to_owned() };
    // Multiples of a prime, modulo the length of the list: every item once, in no order.
    let shows = (0..1200).map(|n| format!("/api/whcsites/{}", 1 + (n * 7919) % 1200)).collect();
    let pages = (0..1173).map(|n| format!("/api/whcsites?offset={}", (n * 7919) % 1173)).collect();
    let whole = |format: &str| vec![format!("/api/whcsites?limit=2000&f={format}")];
    [
        load("show by id", shows, ""),
        load("page of 100", pages, ""),
        load("whole list, GeoJSON", whole("geojson"), ""),
        load("whole list, gzip", whole("json"), "accept-encoding: gzip\r\n"),
        load("whole list, 304", whole("json"), &format!("if-none-match: {etag}\r\n")),
    ]
}

/// What a run of requests did.
#[derive(Default)]
struct Tally {
    requests: AtomicU64,
    bytes: AtomicU64,
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some("bare") {
        return bare(arguments.next().ok_or("how many bytes?")?.parse()?).await;
    }
    let program = std::env::current_exe()?;
    let whc = program.parent().and_then(|folder| folder.parent()).ok_or("no target folder")?.join("whc");
    let mut server =
        Server::start(Command::new(&whc).env("RUST_LOG", "off").env("PORT", WHC_PORT.to_string()), WHC_PORT)
            .await?;
    let etag = etag(WHC_PORT).await?;
    println!(
        "{:<24}{:>10}{:>10}{:>14}{:>14}{:>8}",
        "work", "requests", "bytes", "whc s/1000", "bare s/1000", "ratio"
    );
    for workload in workloads(&etag) {
        let (requests, bytes, ours) = measure(&mut server, WHC_PORT, &workload).await?;
        let mut other = Command::new(&program);
        let mut bare = Server::start(other.arg("bare").arg(bytes.to_string()), BARE_PORT).await?;
        let (_, _, theirs) = measure(&mut bare, BARE_PORT, &workload).await?;
        println!(
            "{:<24}{requests:>10}{bytes:>10}{ours:>14.4}{theirs:>14.4}{:>8.2}",
            workload.name,
            ours / theirs
        );
    }
    Ok(())
}

/// Requests answered, bytes of a body on average, and CPU seconds of the server per 1000 requests.
async fn measure(server: &mut Server, port: u16, workload: &Workload) -> Result<(u64, u64, f64)> {
    let request = |path| format!("GET {path} HTTP/1.1\r\nhost: load\r\n{}\r\n", workload.header);
    let requests: Arc<Vec<String>> = Arc::new(workload.paths.iter().map(request).collect());
    drive(port, &requests, Duration::from_secs(1)).await?;
    let before = server.cpu_seconds()?;
    let tally = drive(port, &requests, DURATION).await?;
    let spent = server.cpu_seconds()? - before;
    let count = tally.requests.load(Ordering::Relaxed).max(1);
    #[expect(clippy::cast_precision_loss, reason = "a count of requests is far below 2^52")]
    let per_thousand = spent * 1000.0 / count as f64;
    Ok((count, tally.bytes.load(Ordering::Relaxed) / count, per_thousand))
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
        let length = header(&mut stream, "content-length").await?.map_or(Ok(0), |text| text.parse())?;
        body.resize(length, 0);
        stream.read_exact(&mut body).await?;
        tally.requests.fetch_add(1, Ordering::Relaxed);
        tally.bytes.fetch_add(length as u64, Ordering::Relaxed);
    }
    Ok(())
}

/// Reads a header and gives one value of it.
async fn header(stream: &mut BufReader<TcpStream>, wanted: &str) -> Result<Option<String>> {
    let mut found = None;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Err("the server closed the connection".into());
        }
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case(wanted) => found = Some(value.to_owned()),
            _ if line == "\r\n" => return Ok(found),
            _ => {}
        }
    }
}

async fn etag(port: u16) -> Result<String> {
    let mut stream = BufReader::new(TcpStream::connect(("127.0.0.1", port)).await?);
    stream
        .write_all(b"GET /api/whcsites?limit=2000&f=json HTTP/1.1\r\nhost: load\r\nconnection: close\r\n\r\n")
        .await?;
    header(&mut stream, "etag").await?.ok_or_else(|| "no ETag".into())
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
    fn cpu_seconds(&mut self) -> Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0.id()))?;
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks =
            |at: usize| -> Result<f64> { Ok(fields.get(at).ok_or("an unknown form of /proc")?.parse()?) };
        Ok((ticks(11)? + ticks(12)?) / 100.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The least a hyper server can do.
async fn bare(bytes: usize) -> Result<()> {
    let body = Bytes::from(vec![b'x'; bytes]);
    let listener = TcpListener::bind(("127.0.0.1", BARE_PORT)).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let body = body.clone();
        tokio::spawn(async move {
            let answer = service_fn(move |_: Request<Incoming>| {
                let body = body.clone();
                async move { Ok::<_, std::convert::Infallible>(Response::new(Full::new(body))) }
            });
            hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await
        });
    }
}
