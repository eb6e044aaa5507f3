//! Read an official file into a store, here one in memory that starts empty: the list is what the file says.
//!
//! `cargo run -p examples --example import_file -- whc-en.xml`
#![expect(clippy::print_stdout, reason = "an example talks to its reader")]

use std::error::Error;

use whc_core::import::{self, Options};
use whc_core::{MemorySites, SiteQuery, SiteRepository, SiteStore};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("name a file you downloaded from UNESCO")?;
    let export = import::read(&std::fs::read(&file)?, None)?;
    println!("{file}: {}, {}, {} sites", export.format, export.source, export.len());

    // Or `MemorySites::embedded()?`, to have the file's descriptions on top of the facts compiled in.
    let store = MemorySites::new([]);
    let mut planned = None;
    // The plan is made inside the store's transaction. To look only, return an empty list instead of `sites`.
    let written = store
        .revise(&mut |current| {
            let plan = import::plan(current, &export, &Options::default())?;
            let sites = plan.sites.clone();
            planned = Some(plan);
            Ok(sites)
        })
        .await?;

    let plan = planned.ok_or("the store showed no sites")?;
    for finding in &plan.findings {
        println!("{}: {finding}", finding.severity);
    }
    println!("{} added, {written} written", plan.summary.added.len());
    for site in store.list(&SiteQuery::default()).await?.items.iter().take(3) {
        println!("{:>5} {}", site.id, site.names.english());
    }
    Ok(())
}
