//! Use the core without a server: the facts are in the crate, and request and response are values.
//!
//! `cargo run -p examples --example embedded`
#![expect(clippy::print_stdout, reason = "an example talks to its reader")]

use std::error::Error;
use std::sync::Arc;

use whc_core::{App, MemorySites, SiteId, SiteQuery, SiteRepository, Window, web};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sites = Arc::new(MemorySites::embedded()?);

    // As values of Rust types …
    if let Some(site) = sites.get(SiteId::new(1)?).await? {
        println!("{} {} since {}", site.category, site.names.english(), site.inscribed);
    }
    let window = Window::new(3, 0)?;
    let query = SiteQuery::default().with(|query| query.window = window);
    let page = sites.list(&query).await?;
    println!("{} sites, the first are", page.total);
    for site in page.items {
        println!("  {:>4} {}", site.id, site.names.english());
    }

    // … or as HTTP, without a socket.
    let app = App::new(sites);
    let request = http::Request::get("/api/whcsites/1?lang=fr").body(bytes::Bytes::new())?;
    let response = web::handle(&app, request).await;
    println!("{} {}", response.status(), String::from_utf8_lossy(&response.into_body().into_bytes()));
    Ok(())
}
