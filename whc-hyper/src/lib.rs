//! Carries bytes between sockets and `whc_core::web::handle`: HTTP/1.1 and HTTP/2 without TLS on one port.
//!
//! [`serve`] takes the socket and the stop signal as arguments, so an embedder and a test need neither a fixed port
//! nor a signal. [`serve_with`] does the same for any handler with the shape of `handle`.
//!
//! ```no_run
//! # async fn example(app: whc_core::App) -> std::io::Result<()> {
//! let config = whc_hyper::ServerConfig::default();
//! let listener = tokio::net::TcpListener::bind(config.listen).await?;
//! let stopped = whc_hyper::serve(listener, app, &config, std::future::pending()).await;
//! println!("{} connections had to be cut", stopped.cut);
//! # Ok(())
//! # }
//! ```

mod answer;
mod config;
mod connection;
mod handler;
mod healthcheck;
mod server;
mod upload;

#[cfg(feature = "cli")]
pub use config::Config;
pub use config::{Network, ServerConfig};
pub use healthcheck::healthcheck;
pub use server::{Stop, Stopped, serve, serve_until, serve_with};
