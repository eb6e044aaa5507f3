//! Stopping loses no request.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};

use crate::support::{Client, PATIENCE, Server, config, milliseconds};

/// Sends requests until the server says goodbye; connects anew after that as long as `reconnect` says so. Panics at
/// any request that was sent and not answered. Returns how many were.
async fn hammer(address: SocketAddr, reconnect: Arc<AtomicBool>) -> usize {
    let mut answered = 0;
    loop {
        let mut client = Client::connect(address).await.unwrap();
        loop {
            let answer = timeout(PATIENCE, client.get("/")).await.unwrap();
            assert_eq!((answer.status, answer.body.as_slice()), (200, b"OK".as_slice()));
            answered += 1;
            if answer.closes() {
                assert!(client.is_closed_within(milliseconds(500)).await);
                break;
            }
        }
        if !reconnect.load(Ordering::Relaxed) {
            return answered;
        }
    }
}

async fn hammered(delay: Duration, reconnecting: Duration) {
    let mut config = config();
    config.shutdown_delay = delay;
    let server = Server::start(config).await;
    let reconnect = Arc::new(AtomicBool::new(!reconnecting.is_zero()));
    let clients: Vec<_> =
        (0..200).map(|_| tokio::spawn(hammer(server.address, Arc::clone(&reconnect)))).collect();
    sleep(milliseconds(300)).await;
    let stopping = server.stop_later();
    sleep(reconnecting).await;
    // The load balancer has noticed.
    reconnect.store(false, Ordering::Relaxed);
    let mut answered = 0;
    for client in clients {
        answered += client.await.unwrap();
    }
    assert!(answered > 200, "{answered}");
    assert_eq!(stopping.await.unwrap().cut, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_busy_clients_lose_nothing() {
    hammered(milliseconds(600), milliseconds(300)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn not_even_without_a_delay() {
    hammered(Duration::ZERO, Duration::ZERO).await;
}

#[tokio::test]
async fn an_idle_connection_has_a_last_call() {
    let server = Server::start(config()).await;
    let mut idle = server.connect().await;
    let mut late = server.connect().await;
    let mut fresh = server.connect().await;
    assert_eq!(idle.get("/").await.status, 200);
    assert_eq!(late.get("/").await.status, 200);
    let start = Instant::now();
    let stopping = server.stop_later();
    sleep(milliseconds(30)).await;
    let answer = late.get("/").await;
    assert_eq!((answer.status, answer.closes()), (200, true));
    let answer = fresh.get("/").await;
    assert_eq!((answer.status, answer.closes()), (200, true));
    assert!(idle.is_closed_within(milliseconds(500)).await);
    drop((idle, late, fresh));
    assert_eq!(stopping.await.unwrap().cut, 0);
    assert!(start.elapsed() < milliseconds(600), "{:?}", start.elapsed());
}

#[tokio::test]
async fn what_waits_in_the_backlog_is_answered() {
    let mut config = config();
    config.max_connections = 1;
    let server = Server::start(config).await;
    let address = server.address;
    let mut first = server.connect().await;
    assert_eq!(first.get("/").await.status, 200);
    let mut waiting = Vec::new();
    for _ in 0..50 {
        let mut client = server.connect().await;
        client.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
        waiting.push(client);
    }
    let stopping = server.stop_later();
    for mut client in waiting {
        let answer = client.answer().await;
        assert_eq!((answer.status, answer.closes()), (200, true));
    }
    assert!(Client::connect(address).await.is_err());
    drop(first);
    assert_eq!(stopping.await.unwrap().cut, 0);
}

#[tokio::test]
async fn a_request_under_way_is_finished() {
    let server = Server::start(config()).await;
    let mut client = server.connect().await;
    client.send("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    sleep(milliseconds(50)).await;
    let stopping = server.stop_later();
    let answer = client.answer().await;
    assert_eq!((answer.status, answer.closes()), (200, true));
    drop(client);
    assert_eq!(stopping.await.unwrap().cut, 0);
}

#[tokio::test]
async fn a_long_answer_is_sent_to_its_end() {
    let server = Server::start(config()).await;
    let mut client = server.connect().await;
    client.send("GET /big HTTP/1.1\r\nhost: a\r\n\r\n").await;
    sleep(milliseconds(50)).await;
    let stopping = server.stop_later();
    sleep(milliseconds(500)).await;
    assert_eq!(client.answer().await.body.len(), 16 << 20);
    assert!(client.is_closed_within(milliseconds(500)).await);
    drop(client);
    assert_eq!(stopping.await.unwrap().cut, 0);
}

#[tokio::test]
async fn http2_requests_under_way_are_finished() {
    let server = Server::start(config()).await;
    let stream = TcpStream::connect(server.address).await.unwrap();
    let (mut sender, connection) =
        http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    let connection = tokio::spawn(connection);
    let request = Request::get("http://a/slow").body(Empty::<Bytes>::new()).unwrap();
    let response = tokio::spawn(sender.send_request(request));
    sleep(milliseconds(50)).await;
    let stopping = server.stop_later();
    let response = response.await.unwrap().unwrap();
    assert_eq!(response.into_body().collect().await.unwrap().to_bytes(), "OK");
    assert_eq!(stopping.await.unwrap().cut, 0);
    connection.await.unwrap().unwrap();
}

#[tokio::test]
async fn what_is_stuck_is_cut_and_counted() {
    let mut config = config();
    config.shutdown_timeout = milliseconds(300);
    let server = Server::start(config).await;
    let mut stuck = server.connect().await;
    let mut idle = server.connect().await;
    stuck.send("GET /stuck HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert_eq!(idle.get("/").await.status, 200);
    let start = Instant::now();
    assert_eq!(server.stop().await.cut, 1);
    assert!(start.elapsed() < milliseconds(1000), "{:?}", start.elapsed());
}
