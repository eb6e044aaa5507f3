//! Serve from PostgreSQL as `whc` does: from a snapshot in memory that follows the database, so readers never wait for it.
//!
//! ```text
//! docker run --rm --detach --publish 5432:5432 --env POSTGRES_PASSWORD=whc postgres:17-alpine
//! export DATABASE_URL=postgres://postgres:whc@localhost/postgres DATABASE_LISTEN_URL=$DATABASE_URL
//! cargo run -p examples --example followed_postgres
//! curl localhost:3000/api/whcsites/1
//! psql $DATABASE_URL -c "UPDATE whc.site_text SET name = 'Elsewhere' WHERE site_id = 1 AND language = 'en'"
//! curl localhost:3000/api/whcsites/1
//! ```
#![expect(clippy::print_stdout, reason = "an example talks to its reader")]

use std::error::Error;
use std::time::Duration;

use axum::Router;
use tokio::time::sleep;
use whc_core::config::DatabaseConfig;
use whc_core::repository::{self, Opened};
use whc_core::{App, AppService, Config, Migrations, PostgresSites, Result, SiteStore, site};

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn Error>> {
    let config = Config::from_env()?;
    let Some(database) = &config.database else {
        println!(
            "set DATABASE_URL to a database; the first lines of examples/followed_postgres.rs start one"
        );
        return Ok(());
    };
    prepare(database).await?;
    let (app, opened) = open(&config).await?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("http://{}/api/whcsites/1 follows {database}; Ctrl-C ends", listener.local_addr()?);

    // In a task of its own beside the server: loading a snapshot is CPU work.
    let poll = config.snapshot.poll;
    let following = tokio::spawn(async move { opened.follow(poll, sleep, stopped()).await });
    axum::serve(listener, Router::new().fallback_service(AppService::new(app)))
        .with_graceful_shutdown(stopped())
        .await?;
    Ok(following.await?)
}

/// Brings the schema to what this program needs, and the list compiled in to a database that has no sites.
async fn prepare(database: &DatabaseConfig) -> Result<()> {
    Migrations::new(database).apply().await?;
    let sites = PostgresSites::new(database)?;
    sites.revise(&mut |known| if known.is_empty() { site::embedded() } else { Ok(Vec::new()) }).await?;
    Ok(())
}

/// The service, and what keeps it up to date. Its first snapshot is there already, if the database took no second.
async fn open(config: &Config) -> Result<(App, Opened)> {
    let opened = repository::open(config)?;
    if let Some(replica) = &opened.replica {
        replica.start(config.snapshot.start, sleep(Duration::from_secs(1))).await?;
    }
    let app = App::builder(opened.sites.clone()).web(config.web.clone()).build();
    Ok((app, opened))
}

async fn stopped() {
    // Without a handler of signals the process ends at once anyway.
    let _ = tokio::signal::ctrl_c().await;
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use tokio::sync::oneshot;
    use tokio::time::{sleep, timeout};
    use whc_core::testing::TestDatabase;
    use whc_core::{App, Config, web};

    async fn site(app: &App) -> String {
        let request = http::Request::get("/api/whcsites/1").body(Bytes::new()).unwrap();
        String::from_utf8_lossy(&web::handle(app, request).await.into_body().into_bytes()).into_owned()
    }

    #[tokio::test]
    async fn a_change_is_seen_without_a_restart() {
        let database = TestDatabase::empty().await;
        let mut config = Config::default();
        (config.database, config.listen) = (Some(database.config()), Some(database.config()));
        super::prepare(&database.config()).await.unwrap();
        let (app, opened) = super::open(&config).await.unwrap();
        assert!(site(&app).await.contains("Galápagos Islands"), "{}", site(&app).await);

        let (stop, stopped) = oneshot::channel::<()>();
        let following = tokio::spawn(async move {
            opened.follow(Duration::from_mins(1), sleep, async { stopped.await.unwrap_or_default() }).await;
        });
        database
            .execute("UPDATE whc.site_text SET name = 'Elsewhere' WHERE site_id = 1 AND language = 'en'")
            .await
            .unwrap();
        let seen = async {
            while !site(&app).await.contains("Elsewhere") {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(Duration::from_secs(20), seen).await.unwrap();
        stop.send(()).unwrap();
        following.await.unwrap();
    }
}
