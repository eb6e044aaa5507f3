//! Who gets a place where there are more connections than places.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::net::TcpSocket;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::support::{Client, PATIENCE, Server, config, milliseconds};

/// A client with an address of its own.
async fn connect_from(last: u8, server: SocketAddr) -> Client {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((Ipv4Addr::new(127, 0, 0, last), 0).into()).unwrap();
    Client::new(socket.connect(server).await.unwrap())
}

/// Asks again and again, every fifth time over a connection of its own, until told to stop; says how often.
fn work(server: SocketAddr, stop: &Arc<AtomicBool>) -> JoinHandle<usize> {
    let stop = Arc::clone(stop);
    tokio::spawn(async move {
        let (mut client, mut answered) = (Client::connect(server).await.unwrap(), 0);
        while !stop.load(Ordering::Relaxed) {
            let answer = timeout(PATIENCE, client.get("/")).await.unwrap();
            assert_eq!(answer.status, 200);
            answered += 1;
            if answered % 5 == 0 {
                client = Client::connect(server).await.unwrap();
            }
        }
        answered
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn silent_connections_take_no_place_from_working_clients() {
    let server = Server::start(config()).await;
    let stop = Arc::new(AtomicBool::new(false));
    let working: Vec<_> = (0..50).map(|_| work(server.address, &stop)).collect();
    let mut silent = Vec::new();
    for _ in 0..1100 {
        silent.push(Client::connect(server.address).await.unwrap());
    }
    assert_eq!(timeout(PATIENCE, server.connect().await.get("/")).await.unwrap().status, 200);
    stop.store(true, Ordering::Relaxed);
    for client in working {
        assert!(client.await.unwrap() > 0);
    }
}

#[tokio::test]
async fn the_longest_idle_connection_goes_first() {
    let mut config = config();
    config.max_connections = 2;
    let server = Server::start(config).await;
    let mut first = server.connect().await;
    let mut second = server.connect().await;
    assert_eq!(first.get("/").await.status, 200);
    assert_eq!(second.get("/").await.status, 200);
    sleep(milliseconds(50)).await;
    assert_eq!(first.get("/").await.status, 200);
    let mut third = server.connect().await;
    assert_eq!(timeout(PATIENCE, third.get("/")).await.unwrap().status, 200);
    assert!(second.is_closed_within(PATIENCE).await);
    assert_eq!(first.get("/").await.status, 200);
}

#[tokio::test]
async fn half_a_header_keeps_no_place() {
    let mut config = config();
    config.max_connections = 1;
    let server = Server::start(config).await;
    let mut slow = server.connect().await;
    slow.send("GET / HTTP/1.1\r\nho").await;
    assert_eq!(timeout(PATIENCE, server.connect().await.get("/")).await.unwrap().status, 200);
    assert!(slow.try_answer().await.is_err() || slow.is_closed_within(PATIENCE).await);
}

#[tokio::test]
async fn a_request_under_way_keeps_its_place() {
    let mut config = config();
    config.max_connections = 1;
    let server = Server::start(config).await;
    let mut busy = server.connect().await;
    busy.send("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    sleep(milliseconds(50)).await;
    let mut waiting = server.connect().await;
    waiting.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert_eq!(busy.answer().await.status, 200);
    assert_eq!(waiting.answer().await.status, 200);
}

#[tokio::test]
async fn an_address_has_a_share_and_loses_only_of_its_own() {
    let mut config = config();
    config.max_connections_per_address = 2;
    config.trusted_proxies = vec!["127.0.0.9".parse().unwrap()];
    let server = Server::start(config).await;
    let mut other = connect_from(2, server.address).await;
    assert_eq!(other.get("/").await.status, 200);
    let mut greedy = Vec::new();
    for _ in 0..5 {
        let mut client = connect_from(3, server.address).await;
        assert_eq!(client.get("/").await.status, 200);
        sleep(milliseconds(300)).await;
        greedy.push(client);
    }
    for client in &mut greedy[..3] {
        assert!(client.is_closed_within(PATIENCE).await);
    }
    for client in &mut greedy[3..] {
        assert_eq!(client.get("/").await.status, 200);
    }
    assert_eq!(other.get("/").await.status, 200);
    let mut proxied = Vec::new();
    for _ in 0..5 {
        proxied.push(connect_from(9, server.address).await);
    }
    for client in &mut proxied {
        assert_eq!(client.get("/").await.status, 200);
    }
}

#[tokio::test]
async fn over_its_share_of_busy_connections_an_address_gets_no_more() {
    let mut config = config();
    config.max_connections_per_address = 1;
    config.trusted_proxies = Vec::new();
    let server = Server::start(config).await;
    let mut busy = connect_from(3, server.address).await;
    busy.send("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    sleep(milliseconds(50)).await;
    assert!(connect_from(3, server.address).await.is_closed_within(PATIENCE).await);
    assert_eq!(connect_from(4, server.address).await.get("/").await.status, 200);
    assert_eq!(busy.answer().await.status, 200);
}
