//! A TCP proxy that a test can cut, hold and slow down.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
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
    pace: watch::Sender<Pace>,
}

/// How fast bytes are passed on.
#[derive(Clone, Copy, Debug, Default)]
struct Pace {
    delay: Duration,
    held: bool,
}

impl CuttableProxy {
    /// A proxy on a free port of 127.0.0.1.
    ///
    /// # Panics
    /// No port can be opened.
    pub async fn new(host: &str, port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("the address of a listener");
        let pace = watch::Sender::new(Pace::default());
        let mut proxy = Self { address, server: (host.to_owned(), port), forwarding: None, pace };
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

    /// Takes connections and bytes and passes nothing on, as a process that was stopped, until it is [let go](Self::release).
    pub fn hold(&self) {
        self.pace.send_modify(|pace| pace.held = true);
    }

    /// Passes everything on again, what was held back first.
    pub fn release(&self) {
        self.pace.send_modify(|pace| pace.held = false);
    }

    /// Passes on what comes from either side only after this time.
    pub fn slow_down(&self, delay: Duration) {
        self.pace.send_modify(|pace| pace.delay = delay);
    }

    fn forward(&mut self, listener: TcpListener) {
        let (server, pace) = (self.server.clone(), self.pace.subscribe());
        self.forwarding = Some(tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                connections.spawn(pass(client, server.clone(), pace.clone()));
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

async fn pass(client: TcpStream, server: (String, u16), pace: watch::Receiver<Pace>) {
    if let Ok(server) = TcpStream::connect(server).await {
        let _ = (client.set_nodelay(true), server.set_nodelay(true));
        let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
        // How a side hangs up is for the other one to see.
        let _ = tokio::join!(
            pass_on(from_client, to_server, pace.clone()),
            pass_on(from_server, to_client, pace)
        );
    }
}

async fn pass_on(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut pace: watch::Receiver<Pace>,
) -> io::Result<()> {
    let mut buffer = vec![0; 64 << 10];
    loop {
        let length = from.read(&mut buffer).await?;
        let delay = pace.borrow().delay;
        // A sleep of no time lasts to the next tick of the timer all the same.
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        // It fails where the proxy is gone, and with it this task.
        let _ = pace.wait_for(|pace| !pace.held).await;
        if length == 0 {
            return to.shutdown().await;
        }
        to.write_all(&buffer[..length]).await?;
    }
}
