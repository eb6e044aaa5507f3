//! Keys that an issuer publishes: how they are fetched, and what is not taken for a set.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use whc_core::auth::TokenAuthenticator;
use whc_core::testing::Authority;

use super::endpoint::{Answer, Endpoint};
use super::issuer::{Issuer, Signed};
use super::{CLAIMS, HEADER, check, clock, config, following, of_second, usual};

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
