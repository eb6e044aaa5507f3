//! Mount the service in an axum server of your own, beside other routes, under a prefix.
//!
//! `cargo run -p examples --example own_server`, then `curl localhost:3000/heritage/api/whcsites/1`
#![expect(clippy::print_stdout, reason = "an example talks to its reader")]

use std::error::Error;
use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use whc_core::config::WebConfig;
use whc_core::{App, AppService, MemorySites};

fn router() -> whc_core::Result<Router> {
    // `nest_service` removes the prefix before the service sees the path, so `WebConfig` names it for links.
    let web = WebConfig::at("/heritage")?;
    let app = App::builder(Arc::new(MemorySites::embedded()?)).web(web).build();
    let service = AppService::new(app);
    Ok(Router::new().route("/", get(|| async { "my own page" })).nest_service("/heritage", service))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("http://{}/heritage/api/whcsites", listener.local_addr()?);
    axum::serve(listener, router()?).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use http_body_util::BodyExt;
    use tower_service::Service;

    async fn body(path: &str) -> String {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = super::router().unwrap().call(request).await.unwrap();
        assert_eq!(response.status(), 200);
        String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn both_live_side_by_side() {
        assert_eq!(body("/").await, "my own page");
        let page = body("/heritage/api/whcsites?limit=1").await;
        assert!(page.contains(r#""next":"/heritage/api/whcsites?limit=1&offset=1""#), "{page}");
    }
}
