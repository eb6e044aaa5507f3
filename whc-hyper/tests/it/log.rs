//! A log that cannot be written costs lines, and never a request.

use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::binary::{Serving, whc};

/// Some 800 bytes of log for each request, 2.4 MB in all: more than fits into a pipe and the buffer.
const REQUESTS: usize = 3000;

fn ask(serving: &Serving) {
    let path = format!("/{}?{}", "x".repeat(254), "x".repeat(256));
    let mut client = serving.connect();
    for _ in 0..REQUESTS {
        assert_eq!(client.get(&path).0, 404);
    }
    assert_eq!(serving.get("/api/whcsites/1").0, 200);
}

fn lost(serving: &Serving) -> u64 {
    let metrics = serving.get("/metrics").1;
    let line = metrics.lines().find_map(|line| line.strip_prefix("whc_log_lines_lost_total "));
    line.unwrap().parse().unwrap()
}

#[test]
fn a_full_disk_is_survived() {
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let serving = Serving::start_with_log(whc(&[], &[]), full.into());
    ask(&serving);
    serving.soon(|serving| lost(serving) > REQUESTS as u64);
}

#[test]
fn a_pipe_that_nobody_reads_any_more_is_survived() {
    let (reader, writer) = std::io::pipe().unwrap();
    let serving = Serving::start_with_log(whc(&[], &[]), writer.into());
    drop(reader);
    ask(&serving);
    serving.soon(|serving| lost(serving) >= REQUESTS as u64);
}

#[test]
fn a_reader_that_stalls_holds_nothing_up_and_hears_what_it_missed() {
    let (reader, writer) = std::io::pipe().unwrap();
    let serving = Serving::start_with_log(whc(&[], &[]), writer.into());
    ask(&serving);
    assert!(lost(&serving) > 0);
    let mut lines = BufReader::new(reader).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.contains("log lines were lost")));
}

#[test]
fn a_limit_to_the_size_of_files_is_survived() {
    let path = Scratch::new("limited.log");
    let file = OpenOptions::new().append(true).create_new(true).open(&path.0).unwrap();
    // In blocks of 512 or 1024 bytes, as the shell likes.
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -f 64; exec \"$0\"", env!("CARGO_BIN_EXE_whc")]).env_clear();
    let serving = Serving::start_with_log(limited, Stdio::from(file));
    ask(&serving);
    serving.soon(|serving| lost(serving) > 0);
    File::options().write(true).open(&path.0).unwrap().set_len(0).unwrap();
    serving.soon(|serving| {
        assert_eq!(serving.get("/api/whcsites/1").0, 200);
        std::fs::read_to_string(&path.0).unwrap().contains("log lines were lost")
    });
}

/// A file that is removed with the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("whc-{}-{name}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
