//! Clients that ask again and again, each on one connection.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::Result;

const CONNECTIONS: usize = 64;

/// Sends `requests` for so long; says how many were answered.
pub(super) async fn drive(port: u16, requests: &Arc<Vec<String>>, duration: Duration) -> Result<u64> {
    let answered = Arc::new(AtomicU64::new(0));
    let end = Instant::now() + duration;
    let clients = (0..CONNECTIONS).map(|number| {
        let (requests, answered) = (Arc::clone(requests), Arc::clone(&answered));
        tokio::spawn(async move { client(port, &requests, number * 31, end, &answered).await })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await??;
    }
    Ok(answered.load(Ordering::Relaxed))
}

async fn client(
    port: u16,
    requests: &[String],
    from: usize,
    end: Instant,
    answered: &AtomicU64,
) -> Result<()> {
    let mut stream = BufReader::with_capacity(1 << 16, TcpStream::connect(("127.0.0.1", port)).await?);
    let mut body = Vec::new();
    for request in requests.iter().cycle().skip(from % requests.len()) {
        if Instant::now() >= end {
            break;
        }
        stream.write_all(request.as_bytes()).await?;
        let head = head(&mut stream).await?;
        if !["200", "304"].contains(&&*head.status) {
            return Err(format!("{} for {request}", head.status).into());
        }
        read_body(&mut stream, &head, &mut body).await?;
        answered.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}

/// What the answers to some requests are like.
pub(super) struct Sample {
    /// Of a body, on average.
    pub(super) bytes: usize,
    /// Of the last answer, without `date` and `content-length`, as `name: value`.
    pub(super) headers: Vec<String>,
}

/// Sends each of `requests` once.
pub(super) async fn sample(port: u16, requests: &[String]) -> Result<Sample> {
    let mut stream = BufReader::with_capacity(1 << 16, TcpStream::connect(("127.0.0.1", port)).await?);
    let (mut bytes, mut headers, mut body) = (0, Vec::new(), Vec::new());
    for request in requests {
        stream.write_all(request.as_bytes()).await?;
        let head = head(&mut stream).await?;
        bytes += read_body(&mut stream, &head, &mut body).await?;
        headers = head.fields;
    }
    headers.retain(|field| !field.starts_with("date:") && !field.starts_with("content-length:"));
    Ok(Sample { bytes: bytes / requests.len(), headers })
}

/// The status line and the headers of an answer.
#[derive(Default)]
pub(super) struct Head {
    pub(super) status: String,
    /// Of the body that follows; `None` where it comes in chunks.
    length: Option<usize>,
    pub(super) fields: Vec<String>,
}

async fn head(stream: &mut BufReader<TcpStream>) -> Result<Head> {
    let mut head = Head { length: Some(0), ..Head::default() };
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Err("the server closed the connection".into());
        }
        if head.status.is_empty() {
            line.split(' ').nth(1).unwrap_or_default().clone_into(&mut head.status);
            continue;
        }
        let field = line.trim_end();
        if field.is_empty() {
            return Ok(head);
        }
        if let Some(length) = field.strip_prefix("content-length: ").filter(|_| head.status != "304") {
            head.length = Some(length.parse()?);
        }
        if field == "transfer-encoding: chunked" {
            head.length = None;
        }
        head.fields.push(field.to_owned());
    }
}

/// Reads a body into `body`, and says how long it is; of one in chunks `body` has the last one only.
async fn read_body(stream: &mut BufReader<TcpStream>, head: &Head, body: &mut Vec<u8>) -> Result<usize> {
    if let Some(length) = head.length {
        body.resize(length, 0);
        stream.read_exact(body).await?;
        return Ok(length);
    }
    let (mut whole, mut line) = (0, String::new());
    loop {
        line.clear();
        stream.read_line(&mut line).await?;
        let length = usize::from_str_radix(line.trim_end(), 16)?;
        // Each chunk ends with a line break.
        body.resize(length + 2, 0);
        stream.read_exact(body).await?;
        whole += length;
        if length == 0 {
            return Ok(whole);
        }
    }
}

/// The head and the body of an answer.
pub(super) async fn fetch(port: u16, path: &str) -> Result<(Head, String)> {
    let mut stream = BufReader::new(TcpStream::connect(("127.0.0.1", port)).await?);
    let request = format!("GET {path} HTTP/1.1\r\nhost: load\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let head = head(&mut stream).await?;
    let mut body = String::new();
    stream.read_to_string(&mut body).await?;
    Ok((head, body))
}
