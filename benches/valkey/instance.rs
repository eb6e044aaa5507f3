//! An instance of `whc` in a process of its own, and a client of it.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Empty};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::sleep;

use super::Result;

/// A process, ended with this value.
pub(super) struct Instance {
    process: Child,
    pub(super) port: u16,
}

impl Instance {
    /// The program beside this one, with the list compiled in and this Valkey.
    pub(super) async fn start(valkey: SocketAddr) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let program = std::env::current_exe()?.with_file_name("whc");
        let process = Command::new(&program)
            .env_clear()
            .envs([("RUST_LOG", "off"), ("HOST", "127.0.0.1"), ("PORT", &port.to_string())])
            .envs([("VALKEY_URL", &*format!("redis://{valkey}")), ("LIMIT_EXPENSIVE", "off")])
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{}: {error}; see the top of main.rs", program.display()))?;
        let instance = Self { process, port };
        instance.until_valkey_answers().await?;
        Ok(instance)
    }

    /// Waits until it uses Valkey. Asking for what is shared makes it try.
    pub(super) async fn until_valkey_answers(&self) -> Result<()> {
        for number in 0..600 {
            if let Ok(mut client) = Client::connect(self.port).await {
                client.get("/statistics", &format!("text/html;q=0.5, x/x{number}")).await?;
                let answer = client.get("/readyz", "*/*").await?;
                if answer.body.windows(26).any(|part| part == br#""valkey":{"status":"ok"}"#.as_slice()) {
                    return Ok(());
                }
            }
            sleep(Duration::from_millis(50)).await;
        }
        Err("an instance does not use Valkey".into())
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One connection.
pub(super) struct Client(SendRequest<Empty<Bytes>>);

/// What a reader looks at.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) is_shared: bool,
    body: Bytes,
}

impl Client {
    pub(super) async fn connect(port: u16) -> Result<Self> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self(sender))
    }

    /// An answer with all of its body.
    pub(super) async fn get(&mut self, path: &str, accept: &str) -> Result<Answer> {
        let request = Request::get(path).header("host", "bench").header("accept", accept);
        self.0.ready().await?;
        let response: Response<_> = self.0.send_request(request.body(Empty::new())?).await?;
        let status = response.status().as_u16();
        let is_shared = response.headers().get("x-cache").is_some_and(|cache| cache == "shared");
        Ok(Answer { status, is_shared, body: response.into_body().collect().await?.to_bytes() })
    }
}
