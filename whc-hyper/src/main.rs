//! `whc`: serve the World Heritage List, migrate its database, import the official files.

mod command;

use std::process::ExitCode;

use clap::Parser;

/// Responses need many small allocations; this allocator makes them about a third cheaper than glibc's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    command::run(command::Arguments::parse())
}
