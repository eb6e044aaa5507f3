//! What readers notice while Valkey is killed, paused or slow: status, p50 and p99 of two instances of `whc` that share one, under
//! load, with Valkey up and in each of these states in turns. Readers of what is in memory and of what is shared, which no
//! process has in memory yet, ask side by side.
//!
//! ```text
//! cargo build --release -p whc-hyper
//! cargo run --release -p benches --features valkey --bin valkey            # 9 rounds; another number as the first argument
//! ```
//!
//! It needs `valkey-server`, or `redis-server` from version 7 on. It ends with 1 where an answer is neither 200 nor 304, or where
//! a state takes more than 5 ms more of p99, which is the median over the rounds of the difference within a round.
#![expect(clippy::print_stdout, reason = "a measurement tells what it found")]

mod instance;
mod readers;
mod server;
mod tally;

use std::process::ExitCode;
use std::time::Duration;

use self::instance::Instance;
use self::readers::Work;
use self::server::{Server, State};
use self::tally::Tally;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// How long each state is measured in a round, from the moment it begins.
const RUN: Duration = Duration::from_secs(2);
/// What a state may cost more of p99.
const MOST: Duration = Duration::from_millis(5);

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let rounds: usize = std::env::args().nth(1).map_or(Ok(9), |rounds| rounds.parse())?;
    let mut server = Server::start().await?;
    let instances = [Instance::start(server.address()).await?, Instance::start(server.address()).await?];
    readers::warm(&instances).await?;

    let mut tallies = State::ALL.map(|_| Work::ALL.map(|_| Vec::new()));
    for round in 0..=rounds {
        for (state, tallies) in State::ALL.into_iter().zip(&mut tallies) {
            for instance in &instances {
                instance.until_valkey_answers().await?;
            }
            server.enter(state).await?;
            let measured = readers::measure(&instances, RUN).await?;
            server.recover(state).await?;
            // The first round is for the processes to get warm.
            if round > 0 {
                tallies.iter_mut().zip(measured).for_each(|(tallies, tally)| tallies.push(tally));
            }
        }
    }
    Ok(if report(&tallies) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints what was found; whether it is as it should be.
fn report(tallies: &[[Vec<Tally>; 2]; 4]) -> bool {
    println!(
        "| readers of | Valkey | answers | other than 200 and 304 | p50 | p99 | more than up | longest | shared |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut is_good = true;
    for (place, work) in Work::ALL.into_iter().enumerate() {
        let up = &tallies[0][place];
        for (state, tallies) in State::ALL.into_iter().zip(tallies) {
            let (whole, more) = (Tally::sum(&tallies[place]), tally::more(&tallies[place], up));
            println!(
                "| {} | {} | {} | {more:.1} ms | {:.0?} |",
                work.name(),
                state.name(),
                whole.row(),
                whole.longest()
            );
            let expected = matches!((work, state), (Work::Shared, State::Up));
            is_good &= whole.failures == 0 && more <= MOST.as_secs_f64() * 1e3;
            is_good &= (whole.shared > 0) == expected;
        }
    }
    is_good
}
