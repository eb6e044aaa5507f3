//! Keys that an issuer publishes: when they are fetched, and what is not taken for a set.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use whc_core::Clock;
use whc_core::auth::TokenAuthenticator;
use whc_core::testing::Authority;

use super::endpoint::{Answer, Endpoint};
use super::issuer::{Issuer, Signed};
use super::{CLAIMS, HEADER, check, clock, config, usual};

/// A service that has the keys of the endpoint and no others.
fn following(url: &str, clock: Arc<dyn Clock>) -> TokenAuthenticator {
    let set = [("AUTH_JWKS_URL", url), ("AUTH_ISSUER", "https://login.example"), ("AUTH_AUDIENCE", "whc")];
    TokenAuthenticator::new(&config(&set).unwrap(), clock).unwrap()
}

fn of_second(issuer: &Issuer) -> String {
    issuer.token(Signed::BySecond, r#"{"alg":"RS256","kid":"second"}"#, CLAIMS)
}

#[tokio::test]
async fn keys_are_fetched_once_for_all() {
    let issuer = Issuer::new();
    let endpoint = Endpoint::start(&[issuer.first_jwk("first")]).await;
    let service = Arc::new(following(&endpoint.url(), clock()));
    let tasks: Vec<_> = (0..50)
        .map(|_| (Arc::clone(&service), usual(&issuer)))
        .map(|(service, token)| tokio::spawn(async move { check(&service, &token).await.is_ok() }))
        .collect();
    for task in tasks {
        assert!(task.await.unwrap());
    }
    assert_eq!(endpoint.paths(), ["/jwks.json"]);
}

#[tokio::test]
async fn keys_of_all_kinds_are_read_and_others_left_out() {
    let issuer = Issuer::new();
    let [curve, edwards] = issuer.other_jwks();
    let mut for_encryption = issuer.second_jwk("encryption");
    for_encryption["use"] = json!("enc");
    let mut for_signing = issuer.second_jwk("signing");
    for_signing["key_ops"] = json!(["sign"]);
    let mut for_ps512 = issuer.second_jwk("ps512");
    for_ps512["alg"] = json!("PS512");
    let mut on_another_curve = curve.clone();
    on_another_curve["crv"] = json!("P-384");
    let mut in_zeros = issuer.first_jwk("first");
    in_zeros["n"] = json!(format!("AAAA{}", in_zeros["n"].as_str().unwrap()));
    let endpoint = Endpoint::start(&[
        json!({"kty": "oct", "kid": "first", "k": "AAAA"}),
        json!({"kty": "AKP", "kid": "later", "alg": "ML-DSA-44", "pub": "AAAA"}),
        json!({"kty": "RSA", "kid": "cut"}),
        json!("a string"),
        for_encryption,
        for_signing,
        for_ps512,
        on_another_curve,
        in_zeros,
        curve,
        edwards,
    ])
    .await;
    let service = following(&endpoint.url(), clock());
    for (signed, header) in [
        (Signed::Rs256, HEADER),
        (Signed::Es256, r#"{"alg":"ES256","kid":"curve"}"#),
        (Signed::EdDsa, r#"{"alg":"EdDSA","kid":"edwards"}"#),
        (Signed::EdDsa, r#"{"alg":"EdDSA"}"#),
    ] {
        assert!(check(&service, &issuer.token(signed, header, CLAIMS)).await.is_ok(), "{header}");
    }
    // `alg` of a key is the only one it is for.
    let token = issuer.token(Signed::Ps256, r#"{"alg":"PS256","kid":"first"}"#, CLAIMS);
    assert!(check(&service, &token).await.is_err());
    for kid in ["encryption", "signing", "ps512"] {
        let header = format!(r#"{{"alg":"RS256","kid":"{kid}"}}"#);
        assert!(check(&service, &issuer.token(Signed::BySecond, &header, CLAIMS)).await.is_err(), "{kid}");
    }
}

#[tokio::test]
async fn an_unknown_kid_causes_another_look_with_a_pause_in_between() {
    let issuer = Issuer::new();
    let clock = clock();
    let endpoint = Endpoint::start(&[issuer.first_jwk("first")]).await;
    let service = following(&endpoint.url(), Arc::clone(&clock) as _);
    assert!(check(&service, &usual(&issuer)).await.is_ok());

    endpoint.publish(&[issuer.first_jwk("first"), issuer.second_jwk("second")]);
    let token = of_second(&issuer);
    for _ in 0..10 {
        assert_eq!(check(&service, &token).await.unwrap_err().code(), Some("invalid_token"));
    }
    assert_eq!(endpoint.count(), 1, "within the pause");

    clock.advance(Duration::from_secs(30));
    assert!(check(&service, &token).await.is_ok());
    assert!(check(&service, &usual(&issuer)).await.is_ok());
    assert_eq!(endpoint.count(), 2);
}

/// Anybody can send a token with any kid.
#[tokio::test]
async fn strangers_cannot_make_the_service_ask_often() {
    let issuer = Issuer::new();
    let clock = clock();
    let endpoint = Endpoint::start(&[issuer.first_jwk("first")]).await;
    let service = following(&endpoint.url(), Arc::clone(&clock) as _);
    for second in 0..60 {
        for kid in ["a", "b", "c"] {
            let header = format!(r#"{{"alg":"RS256","kid":"{kid}{second}"}}"#);
            assert!(check(&service, &issuer.token(Signed::BySecond, &header, CLAIMS)).await.is_err());
        }
        clock.advance(Duration::from_secs(1));
    }
    assert_eq!(endpoint.count(), 2);
}

#[tokio::test]
async fn a_key_that_was_taken_back_stops_to_count() {
    let issuer = Issuer::new();
    let clock = clock();
    let endpoint = Endpoint::start(&[issuer.first_jwk("first"), issuer.second_jwk("second")]).await;
    let service = following(&endpoint.url(), Arc::clone(&clock) as _);
    let token = of_second(&issuer);
    assert!(check(&service, &token).await.is_ok());
    endpoint.publish(&[issuer.first_jwk("first")]);
    assert!(check(&service, &token).await.is_ok());
    clock.advance(Duration::from_mins(5));
    assert!(check(&service, &token).await.is_err(), "its signature is remembered, its key is gone");
    assert!(check(&service, &usual(&issuer)).await.is_ok());
}

#[tokio::test]
async fn an_empty_set_takes_all_keys_back() {
    let issuer = Issuer::new();
    let clock = clock();
    let endpoint = Endpoint::start(&[issuer.first_jwk("first")]).await;
    let service = following(&endpoint.url(), Arc::clone(&clock) as _);
    assert!(check(&service, &usual(&issuer)).await.is_ok());
    endpoint.publish(&[]);
    clock.advance(Duration::from_mins(5));
    assert_eq!(check(&service, &usual(&issuer)).await.unwrap_err().code(), Some("invalid_token"));
}

/// The same id with another key is another key.
#[tokio::test]
async fn a_key_that_was_replaced_stops_to_count() {
    let issuer = Issuer::new();
    let clock = clock();
    let endpoint = Endpoint::start(&[issuer.first_jwk("first")]).await;
    let service = following(&endpoint.url(), Arc::clone(&clock) as _);
    assert!(check(&service, &usual(&issuer)).await.is_ok());
    endpoint.publish(&[issuer.second_jwk("first")]);
    clock.advance(Duration::from_mins(5));
    assert!(check(&service, &usual(&issuer)).await.is_err());
    assert!(check(&service, &issuer.token(Signed::BySecond, HEADER, CLAIMS)).await.is_ok());
}

#[tokio::test]
async fn the_last_good_set_stays() {
    let issuer = Issuer::new();
    let clock = clock();
    let endpoint = Endpoint::start(&[issuer.first_jwk("first")]).await;
    let service = following(&endpoint.url(), Arc::clone(&clock) as _);
    assert!(check(&service, &usual(&issuer)).await.is_ok());

    let many: Vec<_> = (0..33).map(|number| issuer.second_jwk(&number.to_string())).collect();
    let many = json!({"keys": many}).to_string();
    let set = json!({"keys": [issuer.second_jwk("second")]}).to_string();
    let over = format!("{set}{}", " ".repeat(256 << 10));
    let elsewhere = format!("location: {}\r\n", endpoint.url().replace("jwks", "other"));
    let mut count = 1;
    for (status, header, body) in [
        ("500 Internal Server Error", "", &*set),
        ("404 Not Found", "", &set),
        ("302 Found", &elsewhere, &set),
        ("308 Permanent Redirect", &elsewhere, ""),
        ("204 No Content", "", ""),
        ("200 OK", "", ""),
        ("200 OK", "", "<html>"),
        ("200 OK", "", r#"{"keys":{}}"#),
        ("200 OK", "", &set[1..]),
        ("200 OK", "", &many),
        ("200 OK", "", &over),
    ] {
        endpoint.answer(status, header, body);
        clock.advance(Duration::from_secs(31));
        assert!(check(&service, &of_second(&issuer)).await.is_err(), "{status} {body:.60}");
        assert!(check(&service, &usual(&issuer)).await.is_ok(), "{status} {body:.60}");
        count += 1;
        assert_eq!(endpoint.count(), count, "{status}");
    }
    assert!(endpoint.paths().iter().all(|path| path == "/jwks.json"), "{:?}", endpoint.paths());

    endpoint.publish(&[issuer.second_jwk("second")]);
    clock.advance(Duration::from_secs(31));
    assert!(check(&service, &of_second(&issuer)).await.is_ok());
}

#[tokio::test]
async fn before_there_is_a_set_nobody_can_say_whether_a_token_counts() {
    let issuer = Issuer::new();
    let clock = clock();
    let endpoint = Endpoint::start(&[]).await;
    endpoint.answer("503 Service Unavailable", "", "");
    let service = following(&endpoint.url(), Arc::clone(&clock) as _);
    for _ in 0..5 {
        let error = check(&service, &usual(&issuer)).await.unwrap_err();
        assert_eq!((error.code(), error.is_unavailable()), (None, true), "{error}");
    }
    assert_eq!(endpoint.count(), 1);
    endpoint.publish(&[issuer.first_jwk("first")]);
    clock.advance(Duration::from_secs(30));
    assert!(check(&service, &usual(&issuer)).await.is_ok());
}

/// Keys in files go on to count, whatever becomes of the endpoint.
#[tokio::test]
async fn keys_in_files_need_no_set() {
    let issuer = Issuer::new();
    let endpoint = Endpoint::start(&[]).await;
    endpoint.answer("503 Service Unavailable", "", "");
    let (url, file) = (endpoint.url(), issuer.file("first.pem").display().to_string());
    let set = [
        ("AUTH_KEYS", &*file),
        ("AUTH_JWKS_URL", &url),
        ("AUTH_ISSUER", "https://login.example"),
        ("AUTH_AUDIENCE", "whc"),
    ];
    let service = TokenAuthenticator::new(&config(&set).unwrap(), clock()).unwrap();
    assert!(check(&service, &usual(&issuer)).await.is_ok());
}

#[tokio::test]
async fn an_endpoint_that_says_nothing_costs_two_seconds_once() {
    let issuer = Issuer::new();
    let clock = clock();
    let endpoint = Endpoint::start(&[]).await;
    endpoint.become_as(Answer::Nothing);
    let service = following(&endpoint.url(), Arc::clone(&clock) as _);
    let twice = async {
        for _ in 0..2 {
            assert!(check(&service, &usual(&issuer)).await.unwrap_err().is_unavailable());
        }
    };
    tokio::time::timeout(Duration::from_secs(4), twice).await.unwrap();
    assert_eq!(endpoint.count(), 1);
}

/// A client that goes away takes the look with it. The next one must not wait for the whole pause.
#[tokio::test]
async fn a_look_that_was_abandoned_is_taken_again_soon() {
    let issuer = Issuer::new();
    let clock = clock();
    let endpoint = Endpoint::start(&[]).await;
    endpoint.become_as(Answer::Nothing);
    let service = following(&endpoint.url(), Arc::clone(&clock) as _);
    let token = usual(&issuer);
    let abandoned = tokio::time::timeout(Duration::from_millis(100), check(&service, &token)).await;
    assert!(abandoned.is_err());
    endpoint.publish(&[issuer.first_jwk("first")]);
    assert!(check(&service, &token).await.unwrap_err().is_unavailable());
    clock.advance(Duration::from_secs(1));
    assert!(check(&service, &token).await.is_ok());
}

/// While one request renews an old set, the others go on with it.
#[tokio::test]
async fn an_old_set_is_renewed_by_one_request() {
    let issuer = Issuer::new();
    let clock = clock();
    let endpoint = Endpoint::start(&[issuer.first_jwk("first")]).await;
    let service = Arc::new(following(&endpoint.url(), Arc::clone(&clock) as _));
    let token = usual(&issuer);
    assert!(check(&service, &token).await.is_ok());
    endpoint.become_as(Answer::Nothing);
    clock.advance(Duration::from_mins(5));
    let renewing = tokio::spawn({
        let (service, token) = (Arc::clone(&service), token.clone());
        async move { check(&service, &token).await.is_ok() }
    });
    let asked_again = async {
        while endpoint.count() < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), asked_again).await.unwrap();
    let others = async {
        for _ in 0..100 {
            assert!(check(&service, &token).await.is_ok());
        }
    };
    tokio::time::timeout(Duration::from_secs(1), others).await.unwrap();
    assert!(renewing.await.unwrap());
}

/// A token must not bring the key that verifies it, nor make the service ask somebody.
#[tokio::test]
async fn addresses_in_a_token_are_never_asked() {
    let issuer = Issuer::new();
    let stranger = Endpoint::start(&[issuer.second_jwk("second")]).await;
    let endpoint = Endpoint::start(&[issuer.first_jwk("first")]).await;
    let service = following(&endpoint.url(), clock());
    let jwk = issuer.second_jwk("second");
    for member in [
        format!(r#""jku":"{}""#, stranger.url()),
        format!(r#""x5u":"{}""#, stranger.url()),
        format!(r#""jwk":{jwk}"#),
    ] {
        let header = format!(r#"{{"alg":"RS256","kid":"second",{member}}}"#);
        assert!(check(&service, &issuer.token(Signed::BySecond, &header, CLAIMS)).await.is_err());
    }
    assert_eq!((stranger.count(), endpoint.count()), (0, 1));
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_is_not_believed() {
    let issuer = Issuer::new();
    let (certificate, key) = Authority::new("unknown").certify("localhost");
    let chain = vec![CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()];
    let server = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap())
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}/jwks.json", listener.local_addr().unwrap().port());
    let handshake = tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        TlsAcceptor::from(Arc::new(server)).accept(socket).await.map(drop)
    });
    let error = check(&following(&url, clock()), &usual(&issuer)).await.unwrap_err();
    assert!(error.is_unavailable(), "{error}");
    let refusal = handshake.await.unwrap().unwrap_err().to_string();
    assert!(refusal.contains("UnknownCA") || refusal.contains("unknown"), "{refusal}");
}
