//! Measure what a cold start costs: `whc-lambda` and a bare `lambda_http` function, in turns, on a runtime API of this program;
//! with the features `postgres` and `valkey` also `whc-lambda` with the list in a database, and with a Valkey that has it.
//!
//! ```text
//! cargo build --release -p whc-lambda
//! cargo build --release -p benches --bin bare_lambda
//! cargo run --release -p benches --features postgres,valkey --bin cold_start      # 30 starts; another number as an argument
//! ```
//!
//! It ends with 1 where a function with Valkey is not ready sooner than the same without.
#![expect(clippy::print_stdout, reason = "a measurement tells what it found")]

mod function;
mod runtime_api;
#[cfg(all(feature = "postgres", feature = "valkey"))]
mod stores;

use std::process::ExitCode;
use std::time::Duration;

use self::function::{Function, Run};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let program = |name| Ok::<_, std::io::Error>(std::env::current_exe()?.with_file_name(name));
    let alone = |name, program| Function { name, program, variables: Vec::new(), says: None };
    let functions = vec![alone("whc-lambda", program("whc-lambda")?), alone("bare", program("bare_lambda")?)];
    #[cfg(all(feature = "postgres", feature = "valkey"))]
    let stores = stores::Stores::start().await?;
    #[cfg(all(feature = "postgres", feature = "valkey"))]
    let functions: Vec<_> = functions.into_iter().chain(stores.functions(&program("whc-lambda")?)).collect();
    let starts = std::env::args().nth(1).map_or(Ok(30), |starts| starts.parse())?;
    // What is between a function and its stores runs on this runtime.
    tokio::task::spawn_blocking(move || measure(&functions, starts)).await?
}

fn measure(functions: &[Function], starts: usize) -> Result<ExitCode> {
    let mut runs: Vec<Vec<Run>> = functions.iter().map(|_| Vec::new()).collect();
    // The first of each finds files cold, and Valkey empty.
    for start in 0..=starts {
        for (function, runs) in functions.iter().zip(&mut runs) {
            let run = function.start()?;
            if start > 0 && !run.said.is_empty() {
                return Err(format!("{} did something else: {}", function.name, run.said).into());
            }
            if start > 0 {
                runs.push(run);
            }
        }
    }
    println!("| function | init | first request | ready | hot invocation | resident | size |");
    println!("|---|---|---|---|---|---|---|");
    for (Function { name, program, .. }, runs) in functions.iter().zip(&runs) {
        let times: [fn(&Run) -> Duration; 4] = [|run| run.init, |run| run.first, Run::ready, |run| run.hot];
        let [init, first, ready, hot] = times.map(|time| median(runs, time));
        let resident = runs.iter().map(|run| run.resident).fold(0.0, f64::max);
        let size = megabytes(std::fs::metadata(program)?.len());
        println!(
            "| {name} | {init:.2?} | {first:.2?} | {ready:.2?} | {hot:.0?} | {resident:.1} MB | {size:.1} MB |"
        );
    }
    let [whc, bare] = [0, 1].map(|place| median(&runs[place], |run| run.init).as_secs_f64());
    println!("\ninit is {:.2} × that of the bare function; medians of {starts} starts in turns", whc / bare);
    let [whc, bare] = [0, 1].map(|place| median(&runs[place], |run| run.hot));
    println!("a hot invocation costs {:.0?} more than a bare one", whc.saturating_sub(bare));

    // Behind these two each without Valkey is followed by the same with it.
    let mut is_sooner = true;
    for (functions, runs) in functions[2..].chunks(2).zip(runs[2..].chunks(2)) {
        let [without, with] = [0, 1].map(|place| median(&runs[place], Run::ready).as_secs_f64());
        println!("{} is ready in {:.2} of the time without", functions[1].name, with / without);
        is_sooner &= with < without;
    }
    Ok(if is_sooner { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
