//! `whc history`: what changed in the sites, the latest first.

use std::process::ExitCode;

use clap::Args;
use serde_json::Value;
use whc_core::{Result, SiteId};
use whc_hyper::Config;

use super::{ask, flags, say};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The number of a site; without it the history of all
    site: Option<SiteId>,
    /// How many changes at most
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
    #[command(flatten)]
    pub(super) database: flags::Database,
}

pub(super) async fn run(config: &Config, arguments: &Arguments) -> Result<ExitCode> {
    let app = ask::app(config).await?;
    let site = arguments.site.map(|site| format!("&id={site}")).unwrap_or_default();
    let body = ask::get(&app, &format!("/api/changes?limit={}{site}", arguments.limit)).await?;
    let answer: Value = serde_json::from_slice(&body.into_bytes()).unwrap_or_default();
    let changes = answer["data"].as_array().map(Vec::as_slice).unwrap_or_default();
    for change in changes {
        say(&line(change))?;
    }
    let (shown, total) = (changes.len() as u64, answer["meta"]["total"].as_u64().unwrap_or_default());
    if shown < total {
        say(&format!("… and {} earlier; --limit shows more", total - shown))?;
    }
    if total == 0 {
        say("nothing has changed since the history began")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// `2026-11-26T15:00:00Z  208 Bamiyan: changed danger, notes (whc-2026.xml)`.
fn line(change: &Value) -> String {
    let text = |key: &str| change[key].as_str();
    let fields: Vec<_> =
        change["fields"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let why: Vec<_> = [text("source"), text("reason")].into_iter().flatten().collect();
    let fields = if fields.is_empty() { String::new() } else { format!(" {}", fields.join(", ")) };
    let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join("; ")) };
    let (at, kind) = (text("at").unwrap_or_default(), text("kind").unwrap_or_default());
    format!("{at} {:>5} {}: {kind}{fields}{why}", change["site_id"], text("name").unwrap_or("(no name)"))
}
