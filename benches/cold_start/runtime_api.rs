//! A runtime API of this program, as functions of Lambda ask it for events.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::time::Instant;

use super::Result;

const EVENT: &str = include_str!("../../whc-lambda/tests/events/function-url.json");

/// What a function did: it requested an event, which is sent through the channel, or it answered one.
pub(super) struct Heard {
    pub(super) at: Instant,
    pub(super) event: Option<mpsc::Sender<()>>,
}

/// A runtime API that runs until the receiver of its reports is dropped.
pub(super) fn serve(listener: &TcpListener, heard: &mpsc::Sender<Heard>) {
    for stream in listener.incoming().map_while(io::Result::ok) {
        let heard = heard.clone();
        // Ends with the function's end of the connection.
        std::thread::spawn(move || drop(converse(stream, &heard)));
    }
}

fn converse(stream: TcpStream, heard: &mpsc::Sender<Heard>) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    while let Some(line) = request(&mut stream)? {
        let at = now();
        if line.contains("/extension/event/next") {
            // It waits for the end.
            continue;
        }
        if line.contains("/extension/register") {
            answer(&mut stream, "lambda-extension-identifier: 1\r\n", "")?;
        } else if line.contains("/invocation/next") {
            let (event, go) = mpsc::channel();
            heard.send(Heard { at, event: Some(event) })?;
            go.recv()?;
            let context = "lambda-runtime-aws-request-id: 1\r\nlambda-runtime-deadline-ms: 4102444800000\r\n";
            answer(&mut stream, context, EVENT)?;
        } else {
            heard.send(Heard { at, event: None })?;
            answer(&mut stream, "", "")?;
        }
    }
    Ok(())
}

fn answer(stream: &mut BufReader<TcpStream>, headers: &str, body: &str) -> Result<()> {
    let length = body.len();
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n{headers}\r\n{body}");
    Ok(stream.get_mut().write_all(answer.as_bytes())?)
}

/// The first line of the next request, which is read to its end.
fn request(stream: &mut BufReader<TcpStream>) -> Result<Option<String>> {
    let mut first = String::new();
    if stream.read_line(&mut first)? == 0 {
        return Ok(None);
    }
    let (mut length, mut header) = (0, String::new());
    while stream.read_line(&mut header)? > 2 {
        if let Some(bytes) = header.to_lowercase().strip_prefix("content-length:") {
            length = bytes.trim().parse()?;
        }
        header.clear();
    }
    stream.take(length).read_to_end(&mut Vec::new())?;
    Ok(Some(first))
}

#[expect(clippy::disallowed_methods, reason = "a measurement needs the machine's clock")]
pub(super) fn now() -> Instant {
    Instant::now()
}
