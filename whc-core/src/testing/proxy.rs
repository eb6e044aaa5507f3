//! A TCP proxy that a test can cut.

use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// Forwards to a TCP server until it is cut.
///
/// Cut, it refuses connections and has closed those it had, as a server that was killed. Restored, it listens at the
/// same address again.
#[derive(Debug)]
pub struct CuttableProxy {
    address: SocketAddr,
    server: (String, u16),
    forwarding: Option<JoinHandle<()>>,
}

impl CuttableProxy {
    /// A proxy on a free port of 127.0.0.1.
    ///
    /// # Panics
    /// No port can be opened.
    pub async fn new(host: &str, port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("the address of a listener");
        let mut proxy = Self { address, server: (host.to_owned(), port), forwarding: None };
        proxy.forward(listener);
        proxy
    }

    /// Where the proxy listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Closes every connection and refuses new ones. Returns when the port is closed.
    pub async fn cut(&mut self) {
        if let Some(forwarding) = self.forwarding.take() {
            forwarding.abort();
            // The task owns the listener and the connections: once it is gone, so are they.
            let _ = forwarding.await;
        }
    }

    /// Listens again, at the address it had.
    ///
    /// # Panics
    /// The port was taken meanwhile.
    pub async fn restore(&mut self) {
        self.cut().await;
        let listener = TcpListener::bind(self.address).await.expect("the port the proxy had");
        self.forward(listener);
    }

    fn forward(&mut self, listener: TcpListener) {
        let server = self.server.clone();
        self.forwarding = Some(tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                connections.spawn(pass(client, server.clone()));
            }
        }));
    }
}

impl Drop for CuttableProxy {
    fn drop(&mut self) {
        if let Some(forwarding) = self.forwarding.take() {
            forwarding.abort();
        }
    }
}

async fn pass(mut client: TcpStream, server: (String, u16)) {
    if let Ok(mut server) = TcpStream::connect(server).await {
        // Either side hanging up ends both; how is for the sides to see.
        let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
    }
}
