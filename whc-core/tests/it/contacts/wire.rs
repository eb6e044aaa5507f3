//! A wire to PostgreSQL that counts round trips: how often a client sends something after it has heard all answers.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::OwnedReadHalf;
use tokio::net::{TcpListener, TcpStream};
use whc_core::config::{DatabaseConfig, TlsMode};

/// How much later a client hears an answer. What it sends without waiting for one comes before.
const DISTANCE: Duration = Duration::from_millis(20);

/// Ends what a client says before it listens (Sync, Query), and what it hears then (`ReadyForQuery`).
const SYNC: [u8; 2] = *b"SQ";
const READY: u8 = b'Z';

#[derive(Default)]
pub(super) struct Wire(Mutex<Count>);

#[derive(Default)]
struct Count {
    is_talking: bool,
    unanswered: usize,
    round_trips: usize,
}

impl Wire {
    /// The same server through such a wire, by one connection that is not encrypted.
    pub(super) async fn to(config: &DatabaseConfig) -> (Arc<Self>, DatabaseConfig) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (wire, server) = (Arc::<Self>::default(), (config.host.clone(), config.port));
        let counting = Arc::clone(&wire);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                counting.pass(client, TcpStream::connect(&server).await.unwrap());
            }
        });
        let mut config = config.clone();
        (config.host, config.port) = (address.ip().to_string(), address.port());
        (config.pool_size, config.tls) = (1, TlsMode::Disable);
        (wire, config)
    }

    /// How many there were since the last look.
    pub(super) fn round_trips(&self) -> usize {
        std::mem::take(&mut self.0.lock().unwrap().round_trips)
    }

    fn pass(self: &Arc<Self>, client: TcpStream, server: TcpStream) {
        let ((mut said, mut to_client), (mut answered, mut to_server)) =
            (client.into_split(), server.into_split());
        let wire = Arc::clone(self);
        tokio::spawn(async move {
            // The first message of a client has no kind.
            let mut has_kind = false;
            while let Some(message) = message(&mut said, has_kind).await {
                wire.say(has_kind.then_some(message[0]));
                has_kind = true;
                if to_server.write_all(&message).await.is_err() {
                    break;
                }
            }
        });
        let wire = Arc::clone(self);
        tokio::spawn(async move {
            let (mut held, mut is_logged_in) = (Vec::new(), false);
            while let Some(message) = message(&mut answered, true).await {
                let is_ready = message[0] == READY;
                held.extend(message);
                if is_ready {
                    tokio::time::sleep(DISTANCE).await;
                    wire.hear();
                }
                is_logged_in |= is_ready;
                if (is_ready || !is_logged_in)
                    && to_client.write_all(&std::mem::take(&mut held)).await.is_err()
                {
                    break;
                }
            }
        });
    }

    fn say(&self, kind: Option<u8>) {
        let mut count = self.0.lock().unwrap();
        if !std::mem::replace(&mut count.is_talking, true) {
            count.round_trips += 1;
        }
        count.unanswered += usize::from(kind.is_some_and(|kind| SYNC.contains(&kind)));
    }

    fn hear(&self) {
        let mut count = self.0.lock().unwrap();
        // That of a login answers no Sync.
        count.unanswered = count.unanswered.saturating_sub(1);
        count.is_talking = count.unanswered > 0;
    }
}

/// The next message, whole; `None` at the end.
async fn message(from: &mut OwnedReadHalf, has_kind: bool) -> Option<Vec<u8>> {
    let mut message = vec![0; 4 + usize::from(has_kind)];
    from.read_exact(&mut message).await.ok()?;
    let start = message.len();
    let length = u32::from_be_bytes(message[start - 4..].try_into().unwrap());
    message.resize(start + usize::try_from(length).unwrap() - 4, 0);
    from.read_exact(&mut message[start..]).await.ok()?;
    Some(message)
}
