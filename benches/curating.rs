//! What it costs to change one site of a list a hundred times as long in PostgreSQL: in the store, and until the snapshot
//! beside it shows the change.
//!
//! `cargo run --release -p benches --features postgres --bin curating`
#![expect(clippy::print_stdout, reason = "a measurement tells what it found")]

use std::sync::Arc;
use std::time::Duration;

use whc_core::audit::Trace;
use whc_core::auth::{Actor, Caller, Curator, Scopes};
use whc_core::repository::{SitePut, WriteThrough};
use whc_core::site::{WikidataId, embedded};
use whc_core::testing::{TestDatabase, multiplied};
use whc_core::{
    Clock, IfMatch, Names, Point, PostgresSites, ReplicatedSites, Result, Site, SiteId, SiteStore,
    SystemClock, Year,
};

const TIMES: u32 = 100;
const CHANGES: u16 = 20;

type Edit = fn(&mut Site, u16) -> Result<()>;

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<()> {
    let list = multiplied(&embedded()?, TIMES);
    let count = list.len();
    let database = TestDatabase::new().await;
    let store: Arc<dyn SiteStore> = Arc::new(PostgresSites::new(&database.config())?);
    store.revise(&mut |_| Ok(list.clone())).await?;
    let replica = Arc::new(ReplicatedSites::new(Arc::new(PostgresSites::new(&database.config())?)));
    let start = SystemClock.instant();
    replica.refresh().await?;
    println!("{count} sites, loaded in {:.0?}", SystemClock.instant() - start);
    let through = WriteThrough::new(Arc::clone(&store), replica, tokio::time::sleep);

    println!(
        "| one site gets | store, p50 | longest | with its snapshot, p50 | longest |\n|---|---|---|---|---|"
    );
    let changes: [(&str, Edit); 4] = [
        ("another Wikidata item", item),
        ("another year", year),
        ("another point", point),
        ("another name", name),
    ];
    for (what, change) in changes {
        let (alone, shown) = (times(&*store, change).await?, times(&through, change).await?);
        let [middle, most] = [alone.len() / 2, alone.len() - 1];
        println!(
            "| {what} | {:.1?} | {:.1?} | {:.0?} | {:.0?} |",
            alone[middle], alone[most], shown[middle], shown[most]
        );
    }
    Ok(())
}

/// How long the changes took, the shortest first.
async fn times(store: &dyn SiteStore, change: Edit) -> Result<Vec<Duration>> {
    let mut times = Vec::new();
    for number in 0..CHANGES {
        let trace = Trace::new(format!("request {number}"), &SystemClock);
        let id = SiteId::new(1 + u32::from(number))?;
        let record = store.record(id).await?;
        let Some(record) = record else { continue };
        let mut site = Site::clone(&record.site);
        change(&mut site, number + 1)?;
        let if_match = IfMatch::only(&record.revision);
        let put = SitePut::new(id, Some(&if_match), &trace);
        let start = SystemClock.instant();
        let placed = store.put(&curator(), &put, &mut |_| Ok(site.clone().into())).await?;
        times.push(SystemClock.instant() - start);
        assert!(!placed.is_behind, "{placed:?}");
    }
    times.sort_unstable();
    Ok(times)
}

#[expect(clippy::expect_used, reason = "all scopes are there")]
fn curator() -> Curator {
    let actor = Actor { issuer: None, subject: "bench".to_owned() };
    Caller::new(actor, Scopes::all()).curator().expect("every scope")
}

fn item(site: &mut Site, number: u16) -> Result<()> {
    let before = site.wikidata.map_or(0, WikidataId::get);
    site.wikidata = Some(WikidataId::new(before + u64::from(number))?);
    Ok(())
}

fn year(site: &mut Site, number: u16) -> Result<()> {
    let before = site.inscribed.get();
    site.inscribed = Year::new(if before == 2190 - number { before - 1 } else { 2190 - number })?;
    Ok(())
}

fn point(site: &mut Site, number: u16) -> Result<()> {
    let before = site.point.map_or(0.0, Point::longitude);
    site.point =
        Some(Point::new((before + f64::from(number)).clamp(-179.0, 179.0) - 0.5, f64::from(number))?);
    Ok(())
}

fn name(site: &mut Site, number: u16) -> Result<()> {
    site.names = Names::new(format!("{} {number}", site.names.english()))?;
    Ok(())
}
