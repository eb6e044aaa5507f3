//! Measure what requests cost: CPU time per request of `whc`, without a log and with one, beside the least a hyper server
//! can be and beside axum with answers in moka. In each round all servers take the same requests, one server after the
//! other; what counts is the median over the rounds of the ratio within a round, since whatever else the machine does
//! comes and goes.
//!
//! ```text
//! cargo build --release -p whc-hyper
//! cargo build --release -p benches --bins
//! cargo run --release -p benches --bin load             # 5 rounds; another number as the first argument
//! ```
#![expect(clippy::print_stdout, reason = "a measurement tells what it found")]

mod client;
mod server;
mod workload;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use self::client::Sample;
use self::server::Server;
use self::workload::Workload;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

const RUN: Duration = Duration::from_millis(1500);
/// Where the servers listen.
const QUIET: u16 = 4701;
const LOGGING: u16 = 4702;
const AXUM: u16 = 4703;
const BARE: u16 = 4704;
const SAME_HEADERS: u16 = 4705;

#[tokio::main]
async fn main() -> Result<()> {
    let rounds = std::env::args().nth(1).map_or(Ok(5), |rounds| rounds.parse())?;
    let whc = |port: u16, log: &str| {
        let mut command = program("whc");
        command.env("RUST_LOG", log).env("PORT", port.to_string());
        command
    };
    let mut quiet = Server::start(&mut whc(QUIET, "off"), QUIET).await?;
    let log = std::env::temp_dir().join(format!("whc-load-{}.log", std::process::id()));
    let mut logging = whc(LOGGING, "info");
    let mut logging = Server::start(logging.stderr(Stdio::from(File::create(&log)?)), LOGGING).await?;
    let mut axum = Server::start(program("axum_moka").arg(AXUM.to_string()), AXUM).await?;

    println!(
        "CPU per request in µs, and as a multiple of that of bare hyper with two headers; medians of {rounds} rounds."
    );
    println!(
        "| work | bytes | headers | bare | in the program | same headers | whc | in the program | whc, INFO | axum, moka | whc to same headers |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    for workload in workload::all(QUIET).await? {
        let sample = client::sample(QUIET, &workload.requests).await?;
        let mut bare = bare(BARE, &sample, 0).await?;
        let mut same = self::bare(SAME_HEADERS, &sample, sample.headers.len()).await?;
        let servers = [&mut bare, &mut same, &mut quiet, &mut logging, &mut axum];
        let costs = rounds_of(rounds, servers, &workload).await?;
        println!("{}", row(&workload, &sample, &costs));
    }
    println!("\nresident: {} KB after all this", quiet.resident()?);
    drop(logging);
    std::fs::remove_file(log)?;
    Ok(())
}

fn program(name: &str) -> Command {
    let target: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/release");
    Command::new(target.join(name))
}

/// A server that sends bodies of the length of the sample, with so many of its headers beside `date` and the length.
async fn bare(port: u16, sample: &Sample, headers: usize) -> Result<Server> {
    let mut command = program("bare_hyper");
    command.args([port.to_string(), sample.bytes.to_string()]);
    command.args(sample.headers.iter().take(headers));
    Server::start(&mut command, port).await
}

/// What a request cost, in microseconds.
#[derive(Clone, Copy)]
struct Cost {
    user: f64,
    system: f64,
}

impl Cost {
    fn total(self) -> f64 {
        self.user + self.system
    }
}

/// The costs of each round, in the order of the servers.
async fn rounds_of<const N: usize>(
    rounds: usize,
    mut servers: [&mut Server; N],
    workload: &Workload,
) -> Result<Vec<[Cost; N]>> {
    for server in &servers {
        client::drive(server.port, &workload.requests, RUN / 4).await?;
    }
    let mut all = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let mut costs = [Cost { user: 0.0, system: 0.0 }; N];
        for (cost, server) in costs.iter_mut().zip(&mut servers) {
            *cost = measure(server, workload).await?;
        }
        all.push(costs);
    }
    Ok(all)
}

async fn measure(server: &mut Server, workload: &Workload) -> Result<Cost> {
    let before = server.cpu_seconds()?;
    let requests = client::drive(server.port, &workload.requests, RUN).await?;
    let after = server.cpu_seconds()?;
    #[expect(clippy::cast_precision_loss, reason = "a count of requests is far below 2^52")]
    let each = |before: f64, after: f64| (after - before) * 1e6 / requests.max(1) as f64;
    Ok(Cost { user: each(before.0, after.0), system: each(before.1, after.1) })
}

fn row(workload: &Workload, sample: &Sample, costs: &[[Cost; 5]]) -> String {
    let of = |value: &dyn Fn(&[Cost; 5]) -> f64| median(costs.iter().map(value).collect());
    let ratio = |one: usize, other: usize| of(&|costs| costs[one].total() / costs[other].total());
    format!(
        "| {} | {} | {} | {:.1} | {:.1} | {:.2} | {:.2} | {:.1} | {:.2} | {:.2} | {:.2} |",
        workload.name,
        sample.bytes,
        sample.headers.len(),
        of(&|costs| costs[0].total()),
        of(&|costs| costs[0].user),
        ratio(1, 0),
        ratio(2, 0),
        of(&|costs| costs[2].user),
        ratio(3, 0),
        ratio(4, 0),
        ratio(2, 1),
    )
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
