//! Measure what a cold start costs: `whc-lambda` beside a bare `lambda_http` function, in turns, on a runtime API of this
//! program. Init is the time from the start of the process to its asking for the first event.
//!
//! ```text
//! cargo build --release -p whc-lambda
//! cargo build --release -p examples --example bare_lambda
//! cargo run --release -p examples --example cold_start
//! ```
#![expect(clippy::print_stdout, reason = "an example talks to its reader")]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
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
    let functions =
        [("whc-lambda", target.join("whc-lambda")), ("bare", target.join("examples/bare_lambda"))];
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
    let began = now();
    let child = Command::new(program)
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", listener.local_addr()?.to_string())
        .env("AWS_LAMBDA_FUNCTION_NAME", "function")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("{}: {error}; see the top of this example", program.display()))?;
    let child = Ended(child);
    let mut connection = first_event(&listener)?;
    let init = began.elapsed();
    let first = connection.invoke()?;
    let mut hot = Vec::with_capacity(INVOCATIONS);
    for _ in 0..INVOCATIONS {
        hot.push(connection.invoke()?);
    }
    hot.sort_unstable();
    Ok(Run { init, first, hot: hot[INVOCATIONS / 2], resident: resident(&child.0)? })
}

/// Waits until the function asks for an event. What it asks the API of extensions before is answered.
fn first_event(listener: &TcpListener) -> Result<Connection> {
    loop {
        let mut connection = Connection(BufReader::new(listener.accept()?.0));
        connection.0.get_ref().set_nodelay(true)?;
        let request = connection.request()?;
        if request.line.contains("/invocation/next") {
            return Ok(connection);
        }
        if request.line.contains("/extension/register") {
            connection.answer("lambda-extension-identifier: 1\r\n", "")?;
        }
        // An extension waits for the end, which never comes: the connection stays as it is.
        std::mem::forget(connection);
    }
}

/// A connection of a function.
struct Connection(BufReader<TcpStream>);

struct Asked {
    line: String,
}

impl Connection {
    /// Hands out an event, takes the answer and waits until the function asks for the next. The time to the answer.
    fn invoke(&mut self) -> Result<Duration> {
        let began = now();
        let context = "lambda-runtime-aws-request-id: 1\r\nlambda-runtime-deadline-ms: 4102444800000\r\n";
        self.answer(context, EVENT)?;
        let answer = self.request()?;
        let took = began.elapsed();
        if !answer.line.contains("/invocation/1/response") {
            return Err(format!("no answer: {}", answer.line).into());
        }
        self.answer("", "")?;
        self.request()?;
        Ok(took)
    }

    fn answer(&mut self, headers: &str, body: &str) -> Result<()> {
        let length = body.len();
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n{headers}\r\n{body}");
        Ok(self.0.get_mut().write_all(answer.as_bytes())?)
    }

    fn request(&mut self) -> Result<Asked> {
        let mut line = String::new();
        self.0.read_line(&mut line)?;
        let mut headers = HashMap::new();
        let mut header = String::new();
        while self.0.read_line(&mut header)? > 2 {
            if let Some((name, value)) = header.trim().split_once(": ") {
                headers.insert(name.to_lowercase(), value.to_owned());
            }
            header.clear();
        }
        let length = headers.get("content-length").map_or(Ok(0), |length| length.parse())?;
        self.0.by_ref().take(length).read_to_end(&mut Vec::new())?;
        Ok(Asked { line })
    }
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
