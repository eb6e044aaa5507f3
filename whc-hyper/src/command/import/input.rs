//! The bytes of a file, or of standard input: never more than an export can have.

use std::fs::File;
use std::io::{Read, stdin};
use std::path::Path;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use whc_core::import::{self, Encoding, Export, Format, Reading};
use whc_core::{Error, Result};

#[derive(Args, Debug)]
pub(super) struct Input {
    /// Read the file as this format: xml, xls, xlsx, csv, json or geojson
    #[arg(long)]
    format: Option<Format>,
    /// Read a text that is not UTF-8 as this encoding: windows-1252, macintosh
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,
}

impl Input {
    /// Reads `file`; `-` is standard input.
    pub(super) fn read(&self, file: &Path) -> Result<Export> {
        let bytes = if file == Path::new("-") { limited(stdin().lock())? } else { of_file(file)? };
        let bar = progress_bar();
        let reading = Reading::new(self.format, self.encoding);
        let export = import::read_with(&bytes, &reading, &mut |done, total| {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        });
        bar.finish_and_clear();
        export
    }
}

/// A device has no end, and a pipe without a writer no beginning.
fn of_file(file: &Path) -> Result<Vec<u8>> {
    let kind = std::fs::metadata(file).map_err(unreadable)?;
    if !kind.is_file() {
        return Err(Error::refused(
            "this is no regular file; what comes from a pipe is read with - for the file",
        ));
    }
    limited(File::open(file).map_err(unreadable)?)
}

fn limited(from: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(import::MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > import::MAX_BYTES {
        let most = import::MAX_BYTES >> 20;
        return Err(Error::refused(format!(
            "there are more than the {most} MiB that an official file can have"
        )));
    }
    Ok(bytes)
}

fn unreadable(error: std::io::Error) -> Error {
    Error::invalid("the file cannot be read").with_source(error)
}

/// Drawn on standard error, and only when that is a terminal.
fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("reading {bar:40} {pos}/{len} rows {elapsed}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
