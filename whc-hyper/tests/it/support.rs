//! A server with a handler that can be slow, stuck or broken, and a client that sees every byte.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use whc_core::web::Body;
use whc_hyper::{ServerConfig, Stopped, serve_with};

/// Longer than anything here may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) fn milliseconds(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// A configuration without a shutdown delay.
pub(crate) fn config() -> ServerConfig {
    let mut config = ServerConfig::default();
    config.shutdown_delay = Duration::ZERO;
    config.shutdown_timeout = Duration::from_secs(5);
    config
}

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Stopped>,
}

impl Server {
    pub(crate) async fn start(config: ServerConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(async move {
            let shutdown = async { stopped.await.unwrap_or_default() };
            serve_with(listener, &config, handle, shutdown).await
        });
        Self { address, stop, task }
    }

    pub(crate) async fn connect(&self) -> Client {
        Client::connect(self.address).await.unwrap()
    }

    /// Gives the stop signal and waits for the end.
    pub(crate) async fn stop(self) -> Stopped {
        self.stop_later().await.unwrap()
    }

    /// Gives the stop signal only.
    pub(crate) fn stop_later(self) -> JoinHandle<Stopped> {
        self.stop.send(()).unwrap();
        self.task
    }
}

async fn handle(request: Request<Bytes>) -> Response<Body> {
    match request.uri().path() {
        "/slow" => sleep(milliseconds(400)).await,
        "/stuck" => std::future::pending().await,
        "/panic" => panic!("as asked"),
        "/big" => return Response::new(Body::from(vec![b'x'; 16 << 20])),
        "/echo" => return Response::new(Body::from(request.into_body())),
        _ => {}
    }
    Response::new(Body::from("OK"))
}

/// An answer as it came over the wire.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn closes(&self) -> bool {
        self.head.contains("connection: close")
    }
}

/// An HTTP/1.1 client without any cleverness.
pub(crate) struct Client {
    pub(crate) stream: TcpStream,
    received: Vec<u8>,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr) -> io::Result<Self> {
        TcpStream::connect(address).await.map(Self::new)
    }

    pub(crate) fn new(stream: TcpStream) -> Self {
        Self { stream, received: Vec::new() }
    }

    pub(crate) async fn send(&mut self, text: impl AsRef<[u8]>) {
        self.stream.write_all(text.as_ref()).await.unwrap();
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n")).await;
        self.answer().await
    }

    pub(crate) async fn answer(&mut self) -> Answer {
        self.try_answer().await.unwrap().expect("an answer, not a close")
    }

    /// The next answer to anything but HEAD; nothing if the server closed in good order.
    pub(crate) async fn try_answer(&mut self) -> io::Result<Option<Answer>> {
        let Some(head) = self.head().await? else { return Ok(None) };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length = length.map_or(0, |length| length.parse().unwrap());
        while self.received.len() < length {
            if self.read().await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let body = self.received.drain(..length).collect();
        Ok(Some(Answer { status: head[9..12].parse().unwrap(), head, body }))
    }

    /// The head of the next answer.
    pub(crate) async fn head(&mut self) -> io::Result<Option<String>> {
        loop {
            if let Some(end) = self.received.windows(4).position(|window| window == b"\r\n\r\n") {
                let head = self.received.drain(..end + 4).collect();
                return Ok(Some(String::from_utf8(head).unwrap()));
            }
            if self.read().await? == 0 {
                let clean = self.received.is_empty();
                return if clean { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
            }
        }
    }

    /// Whether the server closes within `limit` without another byte and without a reset.
    pub(crate) async fn is_closed_within(&mut self, limit: Duration) -> bool {
        matches!(timeout(limit, self.try_answer()).await, Ok(Ok(None)))
    }

    async fn read(&mut self) -> io::Result<usize> {
        timeout(PATIENCE, self.stream.read_buf(&mut self.received)).await?
    }
}
