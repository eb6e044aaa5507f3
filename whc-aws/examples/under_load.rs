//! Reads and writes a database 100 times a second while its passwords are rotated. `.ci/rotation` runs it.
//!
//! It writes the address of its database and the certificate of its authority to standard output, and starts at the first
//! line of standard input. It tries every login it reads there (`user password`) and writes whether it is accepted. At the
//! end it writes the outcomes of its requests.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines, Stdin};
use tokio::task::JoinSet;
use tokio::time::interval;
use whc_aws::SecretLogin;
use whc_core::config::{Credentials, DatabaseConfig, Secret};
use whc_core::testing::TestDatabase;
use whc_core::{Clock as _, Logins, MemorySites, PostgresSites, Site, SiteQuery, SystemClock};
use whc_core::{Result, SiteRepository as _, SiteStore as _};

const EVERY: Duration = Duration::from_millis(10);

/// One request in this many writes, and one in this many is the first over new connections, which log in anew.
const WRITES: usize = 10;
const LOGS_IN: usize = 10;

#[tokio::main]
async fn main() -> Result<()> {
    let database = TestDatabase::managed().await;
    let list = MemorySites::embedded()?.list(&SiteQuery::ALL).await?;
    let sites: Vec<_> = list.items.iter().take(20).map(|site| Site::clone(site)).collect();
    let (admin, mut member) = (database.config(), database.member_of("whc_writer").await);
    PostgresSites::new(&admin)?.revise(&mut |_| Ok(sites.clone())).await?;
    say(&json!({
        "host": admin.host, "port": admin.port, "name": admin.name, "authority": admin.root_certificates,
        "master": told(&admin), "web": told(&member),
    }));
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let _ = lines.next_line().await;

    member.user.clear();
    member.password = None;
    member.pool_size = 2;
    // What is measured is whether requests fail, not how fast this machine is.
    member.connect_timeout = Duration::from_secs(10);
    member.provider = Some(Arc::new(SecretLogin::new("whc/web")));
    let over = AtomicBool::new(false);
    let tries = async {
        try_out(&Logins::new(&admin), &mut lines).await;
        over.store(true, Ordering::Relaxed);
    };
    let (report, ()) = tokio::join!(load(&member, &sites, &over), tries);
    say(&report?);
    Ok(())
}

/// Sends requests at a steady rate, whether or not earlier ones have been answered.
async fn load(config: &DatabaseConfig, sites: &[Site], over: &AtomicBool) -> Result<Value> {
    let (mut ticks, mut asking, mut asked) = (interval(EVERY), JoinSet::new(), 0);
    let mut store = Arc::new(PostgresSites::new(config)?);
    while !over.load(Ordering::Relaxed) {
        ticks.tick().await;
        if asked % LOGS_IN == 0 {
            store = Arc::new(PostgresSites::new(config)?);
        }
        let site = sites[asked % sites.len()].clone();
        asking.spawn(ask(Arc::clone(&store), site, asked % WRITES == 0));
        asked += 1;
    }
    let (mut failures, mut slowest) = (Vec::new(), Duration::ZERO);
    for (outcome, took) in asking.join_all().await {
        slowest = slowest.max(took);
        failures.extend(outcome.err().map(|error| error.report()));
    }
    let milliseconds = slowest.as_millis();
    Ok(json!({"asked": asked, "failed": failures.len(), "slowest_ms": milliseconds, "failures": failures}))
}

/// Writes a site, in a transaction of its own, or reads it.
async fn ask(store: Arc<PostgresSites>, site: Site, write: bool) -> (Result<()>, Duration) {
    let started = SystemClock.instant();
    let outcome = if write {
        store.revise(&mut |_| Ok(vec![site.clone()])).await.map(drop)
    } else {
        store.get(site.id).await.map(drop)
    };
    (outcome, started.elapsed())
}

async fn try_out(logins: &Logins, lines: &mut Lines<BufReader<Stdin>>) {
    while let Ok(Some(line)) = lines.next_line().await {
        let Some((user, password)) = line.split_once(' ') else { continue };
        let login = Credentials::new(user, Secret::new(password));
        say(&json!({"taken": logins.try_out(&login).await.is_ok()}));
    }
}

fn told(config: &DatabaseConfig) -> Value {
    json!({"username": config.user, "password": config.password.as_ref().map(Secret::reveal)})
}

fn say(value: &Value) {
    let _ = writeln!(std::io::stdout(), "{value}");
}
