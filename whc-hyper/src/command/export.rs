//! `whc export`: the list in a format of the API, into a file or to standard output.

use std::io::stdout;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bytes::Bytes;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use whc_core::{Error, Language, Result, Year};
use whc_hyper::Config;

use super::{ask, flags, written};

/// How much is written between two looks at the progress bar.
const CHUNK: usize = 1 << 16;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Where to write it: the file is there whole or not at all; without it, or with -, to standard output
    file: Option<PathBuf>,
    /// json, ndjson, csv, excel.csv, geojson or geojsonseq; else as the name of the file ends, else json
    #[arg(long)]
    format: Option<String>,
    /// The language of names: en, fr, es, ru, ar or zh
    #[arg(long, default_value_t)]
    language: Language,
    /// The list as it was at the end of this year
    #[arg(long, value_name = "YEAR")]
    as_of: Option<Year>,
    /// inscribed, delisted, superseded or all
    #[arg(long, default_value = "all")]
    status: String,
    /// These keys only, with commas in between; `id` is always there
    #[arg(long, value_name = "KEYS")]
    fields: Option<String>,
    #[command(flatten)]
    pub(super) database: flags::Database,
}

pub(super) async fn run(config: &Config, arguments: &Arguments) -> Result<ExitCode> {
    let file = arguments.file.as_deref().filter(|file| *file != Path::new("-"));
    let bar = progress_bar();
    bar.set_message("reading the sites");
    bar.tick();
    let body = ask::get(&ask::app(config).await?, &arguments.path(file)).await?.into_bytes();
    bar.set_message("writing");
    bar.set_length(body.len() as u64);
    match file {
        Some(file) => into_file(file, &body, &bar).map_err(|error| {
            Error::unavailable(format!("{} cannot be written", file.display())).with_source(error)
        })?,
        None => written(into(&mut stdout().lock(), &body, &bar))?,
    }
    bar.finish_and_clear();
    Ok(ExitCode::SUCCESS)
}

impl Arguments {
    /// What a client would ask for.
    fn path(&self, file: Option<&Path>) -> String {
        let encode = |text: &str| -> String { form_urlencoded::byte_serialize(text.as_bytes()).collect() };
        let name = file.and_then(Path::file_name).map(|name| name.to_string_lossy().to_lowercase());
        let ending = name
            .as_deref()
            .map(|name| if name.ends_with(".excel.csv") { "excel.csv" } else { extension(name) });
        let format = self.format.as_deref().or(ending).unwrap_or("json");
        let mut path = format!(
            "/api/downloads/whcsites.{}?lang={}&status={}",
            encode(format),
            self.language,
            encode(&self.status)
        );
        let as_of = self.as_of.map(|year| format!("&as_of={year}"));
        let fields = self.fields.as_deref().map(|fields| format!("&fields={}", encode(fields)));
        path.extend(as_of.into_iter().chain(fields));
        path
    }
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("json", |(_, extension)| extension)
}

/// Beside the file first, so that nobody sees half of it and a failure leaves what was there.
fn into_file(file: &Path, body: &Bytes, bar: &ProgressBar) -> std::io::Result<()> {
    let folder =
        file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.{}.part", std::process::id()));
    let done = std::fs::File::create(&beside).and_then(|mut part| {
        into(&mut part, body, bar)?;
        part.sync_all()?;
        std::fs::rename(&beside, file)
    });
    if done.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    done
}

fn into(target: &mut impl std::io::Write, body: &Bytes, bar: &ProgressBar) -> std::io::Result<()> {
    for chunk in body.chunks(CHUNK) {
        target.write_all(chunk)?;
        bar.inc(chunk.len() as u64);
    }
    target.flush()
}

/// Drawn on standard error, and only when that is a terminal.
fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {bar:40} {bytes}/{total_bytes} {elapsed}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
