//! Keys that an issuer replaces: when another look is taken, and what a key that is gone still counts for.

use std::sync::Arc;
use std::time::Duration;

use super::endpoint::{Answer, Endpoint};
use super::issuer::{Issuer, Signed};
use super::{CLAIMS, HEADER, check, clock, following, of_second, usual};

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
