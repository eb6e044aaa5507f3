//! A source that fails, hesitates and changes as a test wants.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use tokio::sync::Semaphore;
use whc_core::{
    Error, MemorySites, Names, Page, Result, Site, SiteId, SiteQuery, SiteRepository, SiteStore, Version,
};

pub(super) struct Source {
    sites: Mutex<Arc<MemorySites>>,
    /// How often its version was asked for, and a list.
    pub(super) checks: AtomicUsize,
    pub(super) lists: AtomicUsize,
    /// Why it does not answer, where it does not.
    pub(super) failure: Mutex<Option<&'static str>>,
    /// How many of the next lists are followed by a change.
    pub(super) restless: AtomicUsize,
    /// Whether it gives fewer sites than it says there are.
    pub(super) short: AtomicBool,
    /// Whether its lists cannot be read.
    pub(super) unreadable: AtomicBool,
    pub(super) panics: AtomicBool,
    /// Questions it may answer before it hesitates.
    pub(super) answers: Semaphore,
}

impl Source {
    /// Sites 1 to `count`, all named `name`.
    pub(super) fn of(count: u32, name: &str) -> Arc<Self> {
        Arc::new(Self {
            sites: Mutex::new(Arc::new(MemorySites::new(named(count, name)))),
            checks: AtomicUsize::new(0),
            lists: AtomicUsize::new(0),
            failure: Mutex::default(),
            restless: AtomicUsize::new(0),
            short: AtomicBool::new(false),
            unreadable: AtomicBool::new(false),
            panics: AtomicBool::new(false),
            answers: Semaphore::new(Semaphore::MAX_PERMITS),
        })
    }

    /// Gives every site 1 to `count` this name.
    pub(super) async fn rename(&self, count: u32, name: &str) {
        self.sites().revise(&mut |_| Ok(named(count, name))).await.unwrap();
    }

    /// Loses all sites but 1 to `count`.
    pub(super) fn keep(&self, count: u32) {
        *self.sites.lock().unwrap() = Arc::new(MemorySites::new(named(count, "Kept")));
    }

    fn sites(&self) -> Arc<MemorySites> {
        Arc::clone(&self.sites.lock().unwrap())
    }

    pub(super) fn fail(&self, why: Option<&'static str>) {
        *self.failure.lock().unwrap() = why;
    }

    /// Makes it hesitate from now on.
    pub(super) fn hesitate(&self) {
        self.answers.forget_permits(Semaphore::MAX_PERMITS);
    }

    pub(super) fn checks(&self) -> usize {
        self.checks.load(Ordering::Relaxed)
    }

    async fn answer(&self) -> Result<()> {
        self.answers.acquire().await.unwrap().forget();
        assert!(!self.panics.load(Ordering::Relaxed), "as asked");
        self.failure.lock().unwrap().map_or(Ok(()), |why| Err(Error::unavailable(why)))
    }
}

fn named(count: u32, name: &str) -> Vec<Site> {
    let names = Names::new(if name.is_empty() { "None" } else { name }).unwrap();
    let site = |id| {
        let id = SiteId::new(id).unwrap();
        Site::new(id, names.clone(), "Cultural".parse().unwrap(), "1978".parse().unwrap())
    };
    (1..=count).map(site).collect()
}

#[async_trait]
impl SiteRepository for Source {
    async fn get(&self, _: SiteId) -> Result<Option<Arc<Site>>> {
        unreachable!("a snapshot is not made of single sites")
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        self.lists.fetch_add(1, Ordering::Relaxed);
        self.answer().await?;
        if self.unreadable.load(Ordering::Relaxed) {
            return Err(Error::internal("unreadable"));
        }
        let mut page = self.sites().list(query).await?;
        let left = self.restless.load(Ordering::Relaxed);
        if left > 0 {
            self.restless.store(left - 1, Ordering::Relaxed);
            self.rename(u32::try_from(page.total).unwrap(), &format!("Changed, {left} to go")).await;
        }
        if self.short.load(Ordering::Relaxed) {
            page.items.pop();
        }
        Ok(page)
    }

    async fn version(&self) -> Result<Version> {
        self.checks.fetch_add(1, Ordering::Relaxed);
        self.answer().await?;
        self.sites().version().await
    }

    async fn ready(&self) -> Result<()> {
        Ok(())
    }
}
