//! A provider of logins on this machine: it publishes what it is, gives out codes, and takes each once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use ring::digest::{SHA256, digest};
use serde_json::{Map, Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::NOW;
use crate::tokens::issuer::{Issuer, Signed};

pub(super) const CLIENT: &str = "whc client";
pub(super) const SECRET: &str = "s3cret:&%";

/// What somebody is sent to the provider with.
pub(super) type Query = HashMap<String, String>;

/// The provider.
pub(super) struct Provider {
    port: u16,
    state: Arc<State>,
    task: JoinHandle<()>,
}

struct State {
    issuer: String,
    signer: Issuer,
    /// What the request of each code said, and what its token will.
    codes: Mutex<HashMap<String, (Query, Value)>>,
    /// How many codes were given out.
    given: AtomicUsize,
    /// What differs in the metadata.
    metadata: Mutex<Value>,
    /// The forms that the token endpoint got.
    exchanges: Mutex<Vec<Query>>,
    down: Mutex<bool>,
}

impl Provider {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(State {
            issuer: format!("http://127.0.0.1:{port}"),
            signer: Issuer::new(),
            codes: Mutex::default(),
            given: AtomicUsize::default(),
            metadata: Mutex::new(json!({})),
            exchanges: Mutex::default(),
            down: Mutex::default(),
        });
        let task = tokio::spawn(serve(listener, Arc::clone(&state)));
        Self { port, state, task }
    }

    pub(super) fn issuer(&self) -> &str {
        &self.state.issuer
    }

    /// Publishes this about itself too.
    pub(super) fn publish(&self, metadata: Value) {
        *self.state.metadata.lock().unwrap() = metadata;
    }

    /// Answers nothing but 503 from now on, or not any more.
    pub(super) fn set_down(&self, down: bool) {
        *self.state.down.lock().unwrap() = down;
    }

    /// The forms that codes came with so far.
    pub(super) fn exchanges(&self) -> Vec<Query> {
        self.state.exchanges.lock().unwrap().clone()
    }

    /// What somebody is sent here with; the address is right.
    pub(super) fn query(&self, address: &str) -> Query {
        let query = address.strip_prefix(&format!("http://127.0.0.1:{}/authorize?", self.port)).unwrap();
        form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    /// The code for somebody of whom the token will say these claims, beside those that every token has.
    pub(super) fn code(&self, query: &Query, claims: &Value) -> String {
        let mut codes = self.state.codes.lock().unwrap();
        let number = self.state.given.fetch_add(1, Ordering::Relaxed);
        let code = format!("code-{number}");
        codes.insert(code.clone(), (query.clone(), claims.clone()));
        code
    }

    /// A signed token with these claims, beside those that every token has.
    pub(super) fn token(&self, header: &str, claims: &Value) -> String {
        self.state.token(header, claims)
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl State {
    fn token(&self, header: &str, claims: &Value) -> String {
        let usual = json!({"iss": self.issuer, "aud": CLIENT, "iat": NOW, "exp": NOW + 864_000});
        let mut all: Map<_, _> = usual.as_object().unwrap().clone();
        all.extend(claims.as_object().unwrap().clone());
        all.retain(|_, value| !value.is_null());
        self.signer.token(Signed::Rs256, header, &Value::Object(all).to_string())
    }

    fn answer(&self, path: &str, authorization: &str, body: &[u8]) -> (&'static str, Value) {
        if *self.down.lock().unwrap() {
            return ("503 Service Unavailable", json!({}));
        }
        match path {
            "/.well-known/openid-configuration" => ("200 OK", self.metadata()),
            "/jwks" => ("200 OK", json!({"keys": [self.signer.first_jwk("first")]})),
            "/token" => self.exchange(authorization, &form_urlencoded::parse(body).into_owned().collect()),
            _ => ("404 Not Found", json!({})),
        }
    }

    fn metadata(&self) -> Value {
        let issuer = &self.issuer;
        let mut metadata = json!({
            "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/jwks")
        });
        for (name, value) in self.metadata.lock().unwrap().as_object().unwrap() {
            metadata[name] = value.clone();
        }
        metadata
    }

    fn exchange(&self, authorization: &str, form: &Query) -> (&'static str, Value) {
        self.exchanges.lock().unwrap().push(form.clone());
        let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let basic = BASE64_STANDARD.encode(format!("{}:{}", encode(CLIENT), encode(SECRET)));
        if authorization != format!("Basic {basic}") {
            return ("401 Unauthorized", json!({"error": "invalid_client"}));
        }
        let refused = ("400 Bad Request", json!({"error": "invalid_grant"}));
        let Some((query, claims)) = self.codes.lock().unwrap().remove(&form["code"]) else { return refused };
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, form["code_verifier"].as_bytes()));
        if query["code_challenge"] != challenge || query["redirect_uri"] != form["redirect_uri"] {
            return refused;
        }
        let mut all = json!({"nonce": query["nonce"]});
        all.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
        let token = self.token(r#"{"alg":"RS256","kid":"first"}"#, &all);
        ("200 OK", json!({"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": token}))
    }
}

async fn serve(listener: TcpListener, state: Arc<State>) {
    while let Ok((socket, _)) = listener.accept().await {
        tokio::spawn(reply(socket, Arc::clone(&state)));
    }
}

async fn reply(socket: TcpStream, state: Arc<State>) -> std::io::Result<()> {
    let mut socket = BufReader::new(socket);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        socket.read_line(&mut line).await?;
        if line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_owned());
    }
    let header = |name: &str| {
        let value = lines.iter().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        value.unwrap_or_default().to_owned()
    };
    let mut body = vec![0; header("content-length").parse().unwrap_or(0)];
    socket.read_exact(&mut body).await?;
    let path = lines[0].split(' ').nth(1).unwrap();
    let (status, body) = state.answer(path, &header("authorization"), &body);
    let body = body.to_string();
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    socket.get_mut().write_all(format!("{head}{body}").as_bytes()).await
}
