//! `whc`: serve the World Heritage List, migrate its database, import the official files.

mod command;

use std::process::ExitCode;

/// Small allocations in answers are many; this allocator takes about a third off their cost on glibc.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    command::run(command::arguments())
}
