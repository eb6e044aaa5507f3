//! What is remembered of a token: its signature, never that its claims hold.

use std::sync::Arc;
use std::time::Duration;

use super::issuer::{Issuer, Signed};
use super::{CLAIMS, HEADER, check, clock, service, usual};

#[tokio::test]
async fn a_token_that_was_accepted_expires() {
    let issuer = Issuer::new();
    let clock = clock();
    let service = service(&issuer, Arc::clone(&clock) as _);
    let token = usual(&issuer);
    assert!(check(&service, &token).await.is_ok());
    clock.advance(Duration::from_secs(599));
    assert!(check(&service, &token).await.is_ok());
    clock.advance(Duration::from_secs(1));
    for _ in 0..3 {
        assert!(check(&service, &token).await.unwrap_err().description().contains("has expired"));
    }
}

#[tokio::test]
async fn a_token_that_was_refused_for_its_time_counts_when_it_has_come() {
    let issuer = Issuer::new();
    let clock = clock();
    let service = service(&issuer, Arc::clone(&clock) as _);
    let claims = CLAIMS.replace('}', r#","nbf":1800000060}"#);
    let token = issuer.token(Signed::Rs256, HEADER, &claims);
    assert!(check(&service, &token).await.is_err());
    clock.advance(Duration::from_secs(30));
    assert!(check(&service, &token).await.is_ok());
}

#[tokio::test]
async fn what_is_remembered_of_one_token_is_of_no_use_to_another() {
    let issuer = Issuer::new();
    let service = service(&issuer, clock());
    let good = usual(&issuer);
    let other = issuer.token(Signed::Not, HEADER, &CLAIMS.replace("42", "43"));
    let signature = good.rsplit_once('.').unwrap().1;
    for _ in 0..2 {
        assert_eq!(check(&service, &good).await.unwrap().actor().subject, "42");
        assert!(check(&service, &format!("{other}{signature}")).await.is_err());
        assert!(check(&service, &other).await.is_err());
    }
}

/// More tokens than are remembered: the rest is verified anew.
#[tokio::test]
async fn what_is_remembered_is_bounded() {
    let issuer = Issuer::new();
    let service = service(&issuer, clock());
    let tokens: Vec<String> = (0..5000)
        .map(|number| CLAIMS.replace("42", &number.to_string()))
        .map(|claims| issuer.token(Signed::EdDsa, r#"{"alg":"EdDSA","kid":"edwards"}"#, &claims))
        .collect();
    for _ in 0..2 {
        for (number, token) in tokens.iter().enumerate() {
            assert_eq!(check(&service, token).await.unwrap().actor().subject, number.to_string());
        }
    }
    let remembered = service.remembered_tokens();
    assert!((1000..=4096).contains(&remembered), "{remembered}");
}
