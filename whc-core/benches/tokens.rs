//! Checking a token: `cargo bench -p whc-core --bench tokens`.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on should stop here")]

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use whc_core::SystemClock;
use whc_core::auth::{Authenticator, Credentials, TokenAuthenticator};
use whc_core::config::{AuthConfig, KeySource};

const KEYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/tokens/keys");

fn tokens(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, format!("Bearer {}", token()).parse().unwrap());

    criterion.bench_function("RS256, never seen", |bencher| {
        bencher.to_async(&runtime).iter_batched(
            service,
            |service| check(service, headers.clone()),
            BatchSize::SmallInput,
        );
    });
    let service = service();
    runtime.block_on(check(service.clone(), headers.clone()));
    criterion.bench_function("RS256, seen before", |bencher| {
        bencher.to_async(&runtime).iter(|| check(service.clone(), black_box(headers.clone())));
    });
}

async fn check(service: Arc<TokenAuthenticator>, headers: HeaderMap) {
    let caller = service.authenticate(&Credentials::from_headers(&headers)).await;
    assert!(caller.unwrap().is_some());
}

fn service() -> Arc<TokenAuthenticator> {
    let mut config = AuthConfig::default();
    config.keys = vec![KeySource::File(Path::new(KEYS).join("first.pub.pem"))];
    config.issuer = Some("https://login.example".to_owned());
    config.audience = Some("whc".to_owned());
    Arc::new(TokenAuthenticator::new(&config, Arc::new(SystemClock)).unwrap())
}

/// One of a usual size, which never expires.
fn token() -> String {
    let pem = std::fs::read(Path::new(KEYS).join("first.pem")).unwrap();
    let key = PrivatePkcs8KeyDer::from_pem_slice(&pem).unwrap();
    let key = RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()).unwrap();
    let header = BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256","typ":"at+jwt"}"#);
    let claims = BASE64_URL_SAFE_NO_PAD.encode(
        r#"{"iss":"https://login.example","aud":"whc","sub":"42","iat":1700000000,"exp":4000000000,
        "scope":"openid contacts:read contacts:write","case_ids":[1,2,3,4,5,6,7,8]}"#,
    );
    let message = format!("{header}.{claims}");
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message.as_bytes(), &mut signature).unwrap();
    format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

criterion_group!(benches, tokens);
criterion_main!(benches);
