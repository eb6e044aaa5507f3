//! Writing sites.

use std::future::poll_fn;
use std::task::Poll;

use super::{NONE, Outcome, equal, equal_sites, failed, fixture};
use crate::error::{Error, Result};
use crate::repository::{SiteStore, Version};
use crate::site::{KnownSites, Names, Site, SiteQuery, Year};

pub(super) async fn starts_empty(store: &dyn SiteStore) -> Outcome {
    let all = store.list(&SiteQuery::ALL).await.map_err(failed)?;
    equal("the total", &all.total, &0)?;
    equal_sites("the list", &all.items, NONE)?;
    // An empty store has a version too.
    store.version().await.map(drop).map_err(failed)
}

pub(super) async fn insert(store: &dyn SiteStore) -> Outcome {
    let before = version(store).await?;
    let written = store.revise(&mut |_| Ok(fixture())).await.map_err(failed)?;
    equal("the number of sites written", &written, &fixture().len())?;
    moved(store, &before).await
}

pub(super) async fn sees_everything(store: &dyn SiteStore) -> Outcome {
    let mut seen = Vec::new();
    let mut look = |sites: &KnownSites<'_>| {
        seen = sites.to_vec();
        Ok(Vec::new())
    };
    store.revise(&mut look).await.map_err(failed)?;
    equal_sites("what the revision sees", &seen, &fixture())
}

pub(super) async fn nothing(store: &dyn SiteStore) -> Outcome {
    let before = version(store).await?;
    let written = store.revise(&mut |_| Ok(Vec::new())).await.map_err(failed)?;
    equal("the number of sites written", &written, &0)?;
    equal("the version", &version(store).await?, &before)
}

pub(super) async fn unchanged(store: &dyn SiteStore) -> Outcome {
    let before = version(store).await?;
    store.revise(&mut |_| Ok(fixture())).await.map_err(failed)?;
    equal("the version", &version(store).await?, &before)
}

pub(super) async fn error(store: &dyn SiteStore) -> Outcome {
    let before = version(store).await?;
    let mut refuse = |_: &KnownSites<'_>| -> Result<Vec<Site>> { Err(Error::refused("not today")) };
    match store.revise(&mut refuse).await {
        Err(error) if error.is_refused() && error.to_string() == "not today" => {}
        other => return Err(format!("the revision's own error became {other:?}")),
    }
    equal("the version", &version(store).await?, &before)?;
    sees_everything(store).await
}

pub(super) async fn replace(store: &dyn SiteStore) -> Outcome {
    let before = version(store).await?;
    let [full, bare] = [0, 1].map(|at| fixture().swap_remove(at));
    // Each gets the facts of the other: one loses all optional values, the other gains them.
    let swapped = [Site { id: full.id, ..bare.clone() }, Site { id: bare.id, ..full }];
    store.revise(&mut |_| Ok(swapped.to_vec())).await.map_err(failed)?;
    for site in &swapped {
        let found = store.get(site.id).await.map_err(failed)?;
        equal_sites(&format!("the site with the id {}", site.id), found.as_slice(), &[site])?;
    }
    moved(store, &before).await
}

pub(super) async fn twice(store: &dyn SiteStore) -> Outcome {
    let named =
        |name: &str| -> Result<Site> { Ok(Site { names: Names::new(name)?, ..fixture().swap_remove(1) }) };
    let both = [named("Earlier").map_err(failed)?, named("Later").map_err(failed)?];
    store.revise(&mut |_| Ok(both.to_vec())).await.map_err(failed)?;
    let found = store.get(both[1].id).await.map_err(failed)?;
    equal_sites("the site", found.as_slice(), &both[1..])
}

/// Each revision adds a year to what it reads: if two start from the same state, a year is lost.
pub(super) async fn concurrent(store: &dyn SiteStore) -> Outcome {
    let site = fixture().swap_remove(1);
    let added = |year: u16| async move {
        let mut add = |sites: &KnownSites<'_>| {
            let found = sites.iter().find(|found| found.id == site.id);
            let mut site =
                found.map(|found| Site::clone(found)).ok_or_else(|| Error::internal("it is gone"))?;
            site.extended.push(Year::new(year)?);
            Ok(vec![site])
        };
        store.revise(&mut add).await.map_err(failed)
    };
    let id = site.id;
    let added = join([added(2001), added(2002), added(2003)]).await;
    added.into_iter().collect::<Outcome<Vec<usize>>>()?;
    let found = store.get(id).await.map_err(failed)?;
    let mut years: Vec<u16> = found.iter().flat_map(|site| &site.extended).map(|year| year.get()).collect();
    years.sort_unstable();
    equal("the years added", &years, &vec![2001, 2002, 2003])
}

async fn version(store: &dyn SiteStore) -> Outcome<Version> {
    store.version().await.map_err(failed)
}

async fn moved(store: &dyn SiteStore, before: &Version) -> Outcome {
    let after = version(store).await?;
    if after == *before { Err(format!("the version stays {after}")) } else { Ok(()) }
}

/// Runs all of `work` concurrently and returns the outputs in order. Needs no runtime.
pub(super) async fn join<F: Future>(work: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = work.into_iter().map(|future| (Box::pin(future), None)).collect();
    poll_fn(|context| {
        for (future, outcome) in running.iter_mut().filter(|(_, outcome)| outcome.is_none()) {
            if let Poll::Ready(ready) = future.as_mut().poll(context) {
                *outcome = Some(ready);
            }
        }
        let done = running.iter().all(|(_, outcome)| outcome.is_some());
        if done { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    running.into_iter().filter_map(|(_, outcome)| outcome).collect()
}
