//! A server on this machine that publishes keys, or does something else instead.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What it answers.
#[derive(Clone)]
pub(super) enum Answer {
    /// These bytes.
    Bytes(Vec<u8>),
    /// Nothing, while the connection stays open.
    Nothing,
}

/// The server, and the paths it was asked for.
pub(super) struct Endpoint {
    port: u16,
    answer: Arc<Mutex<Answer>>,
    paths: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Endpoint {
    /// Publishes these keys.
    pub(super) async fn start(keys: &[Value]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (answer, paths) = (Arc::new(Mutex::new(Answer::Nothing)), Arc::default());
        let task = tokio::spawn(serve(listener, Arc::clone(&answer), Arc::clone(&paths)));
        let endpoint = Self { port, answer, paths, task };
        endpoint.publish(keys);
        endpoint
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/jwks.json", self.port)
    }

    pub(super) fn publish(&self, keys: &[Value]) {
        self.answer("200 OK", "", &json!({"keys": keys}).to_string());
    }

    /// Another answer from now on; `header` is whole lines.
    pub(super) fn answer(&self, status: &str, header: &str, body: &str) {
        let length = body.len();
        let text = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{header}\r\n{body}");
        self.become_as(Answer::Bytes(text.into_bytes()));
    }

    pub(super) fn become_as(&self, answer: Answer) {
        *self.answer.lock().unwrap() = answer;
    }

    /// The paths it was asked for so far.
    pub(super) fn paths(&self) -> Vec<String> {
        self.paths.lock().unwrap().clone()
    }

    /// How often it was asked.
    pub(super) fn count(&self) -> usize {
        self.paths().len()
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, answer: Arc<Mutex<Answer>>, paths: Arc<Mutex<Vec<String>>>) {
    while let Ok((socket, _)) = listener.accept().await {
        tokio::spawn(reply(socket, Arc::clone(&answer), Arc::clone(&paths)));
    }
}

async fn reply(
    socket: TcpStream,
    answer: Arc<Mutex<Answer>>,
    paths: Arc<Mutex<Vec<String>>>,
) -> std::io::Result<()> {
    let mut socket = BufReader::new(socket);
    let mut first = String::new();
    socket.read_line(&mut first).await?;
    paths.lock().unwrap().push(first.split(' ').nth(1).unwrap_or_default().to_owned());
    let mut line = String::new();
    while socket.read_line(&mut line).await? > 2 {
        line.clear();
    }
    let answer = answer.lock().unwrap().clone();
    match answer {
        Answer::Bytes(bytes) => socket.get_mut().write_all(&bytes).await,
        Answer::Nothing => std::future::pending().await,
    }
}
