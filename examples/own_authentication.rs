//! Know callers your own way: here by keys of partners, each for the cases of that partner.
//!
//! `cargo run -p examples --example own_authentication` asks as a stranger, as a partner, and as a partner for a case of
//! somebody else.
#![expect(clippy::print_stdout, reason = "an example talks to its reader")]

use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, StatusCode};
use whc_core::auth::{Actor, Authenticator, Caller, Credentials, Scope, Unauthenticated};
use whc_core::contact::CaseId;
use whc_core::{App, MemoryContacts, MemorySites, async_trait, web};

/// The partners by their keys. A real one would keep hashes of the keys, in a store.
struct Partners(HashMap<String, Caller>);

impl fmt::Debug for Partners {
    /// Without the keys, which are secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Partners").field(&self.0.len()).finish()
    }
}

#[async_trait]
impl Authenticator for Partners {
    async fn authenticate(&self, credentials: &Credentials<'_>) -> Result<Option<Caller>, Unauthenticated> {
        let mut lines = credentials.authorization();
        let Some(line) = lines.next() else { return Ok(None) };
        if lines.next().is_some() {
            return Err(Unauthenticated::invalid_request("one Authorization header is enough"));
        }
        let key = line.to_str().ok().and_then(|line| line.strip_prefix("Bearer "));
        let caller = key.and_then(|key| self.0.get(key));
        caller.cloned().map(Some).ok_or_else(|| Unauthenticated::invalid_token("this key is none of ours"))
    }
}

/// A partner who may read and write the contacts of these cases.
fn partner(name: &str, cases: &[u64]) -> Result<Caller, Box<dyn Error>> {
    let actor = Actor { issuer: Some("partners".to_owned()), subject: name.to_owned() };
    let scopes = [Scope::ContactsRead, Scope::ContactsWrite].into_iter().collect();
    let cases = cases.iter().map(|case| CaseId::new(*case)).collect::<Result<Vec<_>, _>>()?;
    Ok(Caller::new(actor, scopes).narrowed_to(cases))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let partners = Partners(HashMap::from([("icomos-key".to_owned(), partner("icomos", &[7, 8])?)]));
    let app = App::builder(Arc::new(MemorySites::embedded()?))
        .contacts(Arc::new(MemoryContacts::new()))
        .authenticator(Arc::new(partners))
        .build();

    for (case, key, expected) in [
        (7, None, StatusCode::UNAUTHORIZED),
        (7, Some("another-key"), StatusCode::UNAUTHORIZED),
        (7, Some("icomos-key"), StatusCode::CREATED),
        (9, Some("icomos-key"), StatusCode::FORBIDDEN),
    ] {
        let mut request = Request::put(format!("/api/cases/{case}/contact"))
            .header("sec-fetch-site", "none")
            .header("content-type", "application/json");
        if let Some(key) = key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        let body = Bytes::from_static(br#"{"first_name":"Ada"}"#);
        let response = web::handle(&app, request.body(body)?).await;
        let status = response.status();
        println!("case {case} with {}: {status}", key.unwrap_or("no key"));
        if status != expected {
            return Err(format!("{expected} was expected: {:?}", response.into_body().into_bytes()).into());
        }
    }
    Ok(())
}
