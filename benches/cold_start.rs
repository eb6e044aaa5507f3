//! Measure what a cold start costs: `whc-lambda` and a bare `lambda_http` function, alternately, on a runtime API of this
//! program. Init is the time from the start of the process to its request for the first event.
//!
//! ```text
//! cargo build --release -p whc-lambda
//! cargo build --release -p benches --bin bare_lambda
//! cargo run --release -p benches --bin cold_start
//! ```
#![expect(clippy::print_stdout, reason = "a measurement tells what it found")]

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Cold starts of each function, and invocations after each.
const STARTS: usize = 30;
const INVOCATIONS: usize = 300;

const EVENT: &str = include_str!("../whc-lambda/tests/events/function-url.json");

/// A cold start and what came after it.
struct Run {
    init: Duration,
    first: Duration,
    hot: Duration,
    resident: f64,
}

fn main() -> Result<()> {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/release");
    let functions = [("whc-lambda", target.join("whc-lambda")), ("bare", target.join("bare_lambda"))];
    let mut runs = [Vec::new(), Vec::new()];
    for _ in 0..STARTS {
        for ((_, program), runs) in functions.iter().zip(&mut runs) {
            runs.push(start(program)?);
        }
    }
    println!("| function | init | first request | hot invocation | resident | size |");
    println!("|---|---|---|---|---|---|");
    for ((name, program), runs) in functions.iter().zip(&runs) {
        let (init, first, hot) =
            (median(runs, |run| run.init), median(runs, |run| run.first), median(runs, |run| run.hot));
        let resident = runs.iter().map(|run| run.resident).fold(0.0, f64::max);
        let size = megabytes(std::fs::metadata(program)?.len());
        println!("| {name} | {init:.2?} | {first:.2?} | {hot:.0?} | {resident:.1} MB | {size:.1} MB |");
    }
    let [whc, bare] = runs.each_ref().map(|runs| median(runs, |run| run.init).as_secs_f64());
    println!("\ninit is {:.2} × that of the bare function; medians of {STARTS} starts in turns", whc / bare);
    let [whc, bare] = runs.each_ref().map(|runs| median(runs, |run| run.hot));
    println!("a hot invocation costs {:.0?} more than a bare one", whc.saturating_sub(bare));
    Ok(())
}

/// Starts a function, has it answer, and ends it.
fn start(program: &Path) -> Result<Run> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?.to_string();
    let (sender, heard) = mpsc::channel();
    std::thread::spawn(move || serve(&listener, &sender));
    let began = now();
    let child = Command::new(program)
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", address)
        .env("AWS_LAMBDA_FUNCTION_NAME", "function")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("{}: {error}; see the top of this file", program.display()))?;
    let child = Ended(child);
    let mut next = heard.recv()?;
    let init = next.at - began;
    let mut took = Vec::with_capacity(INVOCATIONS);
    for _ in 0..=INVOCATIONS {
        let began = now();
        next.event.ok_or("an answer to no event")?.send(())?;
        took.push(heard.recv()?.at - began);
        next = heard.recv()?;
    }
    let first = took.remove(0);
    took.sort_unstable();
    Ok(Run { init, first, hot: took[INVOCATIONS / 2], resident: resident(&child.0)? })
}

/// What a function did: it requested an event, which is sent through the channel, or it answered one.
struct Heard {
    at: Instant,
    event: Option<mpsc::Sender<()>>,
}

/// A runtime API that runs until the receiver of its reports is dropped.
fn serve(listener: &TcpListener, heard: &mpsc::Sender<Heard>) {
    for stream in listener.incoming().map_while(io::Result::ok) {
        let heard = heard.clone();
        // Ends with the function's end of the connection.
        std::thread::spawn(move || drop(converse(stream, &heard)));
    }
}

fn converse(stream: TcpStream, heard: &mpsc::Sender<Heard>) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    while let Some(line) = request(&mut stream)? {
        let at = now();
        if line.contains("/extension/event/next") {
            // It waits for the end.
            continue;
        }
        if line.contains("/extension/register") {
            answer(&mut stream, "lambda-extension-identifier: 1\r\n", "")?;
        } else if line.contains("/invocation/next") {
            let (event, go) = mpsc::channel();
            heard.send(Heard { at, event: Some(event) })?;
            go.recv()?;
            let context = "lambda-runtime-aws-request-id: 1\r\nlambda-runtime-deadline-ms: 4102444800000\r\n";
            answer(&mut stream, context, EVENT)?;
        } else {
            heard.send(Heard { at, event: None })?;
            answer(&mut stream, "", "")?;
        }
    }
    Ok(())
}

fn answer(stream: &mut BufReader<TcpStream>, headers: &str, body: &str) -> Result<()> {
    let length = body.len();
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n{headers}\r\n{body}");
    Ok(stream.get_mut().write_all(answer.as_bytes())?)
}

/// The first line of the next request, which is read to its end.
fn request(stream: &mut BufReader<TcpStream>) -> Result<Option<String>> {
    let mut first = String::new();
    if stream.read_line(&mut first)? == 0 {
        return Ok(None);
    }
    let (mut length, mut header) = (0, String::new());
    while stream.read_line(&mut header)? > 2 {
        if let Some(bytes) = header.to_lowercase().strip_prefix("content-length:") {
            length = bytes.trim().parse()?;
        }
        header.clear();
    }
    stream.take(length).read_to_end(&mut Vec::new())?;
    Ok(Some(first))
}

/// A process that ends with its measurement.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The resident memory of a process in MB.
fn resident(child: &Child) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(megabytes(kilobytes * 1024))
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52 bytes")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn median(runs: &[Run], figure: impl Fn(&Run) -> Duration) -> Duration {
    let mut figures: Vec<_> = runs.iter().map(figure).collect();
    figures.sort_unstable();
    figures[figures.len() / 2]
}

#[expect(clippy::disallowed_methods, reason = "a measurement needs the machine's clock")]
fn now() -> Instant {
    Instant::now()
}
