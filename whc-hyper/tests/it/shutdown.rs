//! A shutdown loses no request.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep, timeout};
use whc_core::{App, MemorySites};
use whc_hyper::serve;

use crate::support::{Client, PATIENCE, Server, config, milliseconds};

/// What the clients of one test know of each other.
#[derive(Default)]
struct Crowd {
    answered: AtomicUsize,
    reconnects: AtomicBool,
}

/// Sends requests until the server closes the connection, and connects again while the other clients do. Panics at any
/// request that was sent and not answered.
async fn hammer(address: SocketAddr, crowd: Arc<Crowd>) {
    loop {
        let mut client = match Client::connect(address).await {
            Ok(client) => client,
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => return,
            Err(error) => panic!("{error}"),
        };
        loop {
            let answer = timeout(PATIENCE, client.get("/")).await.unwrap();
            assert_eq!((answer.status, answer.body.as_slice()), (200, b"OK".as_slice()));
            crowd.answered.fetch_add(1, Ordering::Relaxed);
            if answer.closes() {
                assert!(client.is_closed_within(PATIENCE).await);
                break;
            }
        }
        if !crowd.reconnects.load(Ordering::Relaxed) {
            return;
        }
    }
}

async fn hammered(delay: Duration, reconnecting: Duration) {
    let mut config = config();
    config.shutdown_delay = delay;
    let server = Server::start(config).await;
    let crowd = Arc::new(Crowd::default());
    crowd.reconnects.store(!reconnecting.is_zero(), Ordering::Relaxed);
    let clients: Vec<_> =
        (0..200).map(|_| tokio::spawn(hammer(server.address, Arc::clone(&crowd)))).collect();
    while crowd.answered.load(Ordering::Relaxed) < 5000 {
        sleep(milliseconds(10)).await;
    }
    let stopping = server.stop_later();
    sleep(reconnecting).await;
    // The load balancer has noticed.
    crowd.reconnects.store(false, Ordering::Relaxed);
    for client in clients {
        client.await.unwrap();
    }
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
async fn the_service_knows_that_it_stops_before_the_listener_closes() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = App::new(Arc::new(MemorySites::new([])));
    let mut config = config();
    config.shutdown_delay = milliseconds(400);
    let watched = app.clone();
    let server = tokio::spawn(async move { serve(listener, app, &config, sleep(milliseconds(100))).await });
    let mut client = Client::connect(address).await.unwrap();
    assert!(!client.get("/").await.closes());
    assert!(!watched.is_draining());
    sleep(milliseconds(300)).await;
    assert!(watched.is_draining());
    assert!(Client::connect(address).await.unwrap().get("/").await.closes());
    assert!(client.get("/").await.closes());
    drop(client);
    assert_eq!(server.await.unwrap().cut, 0);
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
    assert!(start.elapsed() < milliseconds(900), "{:?}", start.elapsed());
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
