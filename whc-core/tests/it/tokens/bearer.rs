//! Credentials: how a token comes, and what a caller gets from it.

use whc_core::CaseId;
use whc_core::auth::{Denied, Read, Scope, Scopes, TokenAuthenticator, Write};

use super::issuer::{Issuer, Signed, fixture};
use super::{CLAIMS, HEADER, authenticate, check, clock, config, service, usual};

#[tokio::test]
async fn a_token_comes_with_bearer_or_alone() {
    let issuer = Issuer::new();
    let service = service(&issuer, clock());
    let token = usual(&issuer);
    for good in [
        format!("Bearer {token}"),
        format!("bearer {token}"),
        format!("BEARER   {token}"),
        token.clone(),
        format!(" {token} "),
    ] {
        let caller = authenticate(&service, &[good.as_bytes()]).await.unwrap().unwrap();
        assert_eq!(caller.actor().subject, "42");
        assert_eq!(caller.actor().issuer.as_deref(), Some("https://login.example"));
    }
}

#[tokio::test]
async fn without_credentials_there_is_no_caller_and_no_error() {
    let issuer = Issuer::new();
    assert_eq!(authenticate(&service(&issuer, clock()), &[]).await, Ok(None));
}

#[tokio::test]
async fn credentials_of_another_form_are_an_invalid_request() {
    let issuer = Issuer::new();
    let service = service(&issuer, clock());
    let token = usual(&issuer);
    let bearer = format!("Bearer {token}");
    for (values, part) in [
        (vec![bearer.as_bytes(), bearer.as_bytes()], "more than one Authorization"),
        (vec![bearer.as_bytes(), b""], "more than one Authorization"),
        // As what lies between may have joined them.
        (vec![format!("{bearer}, {bearer}").as_bytes()], "more than one Authorization"),
        (vec![format!("{token},{token}").as_bytes()], "more than one Authorization"),
        (vec![b"Basic dXNlcjpwYXNz".as_slice()], "Bearer and a token"),
        (vec![format!("Bearer{token} x").as_bytes()], "Bearer and a token"),
        (vec![b"Bearer \xc3\xa4".as_slice()], "other letters than ASCII"),
    ] {
        let error = authenticate(&service, &values).await.unwrap_err();
        assert_eq!(error.code(), Some("invalid_request"), "{error}");
        assert!(error.description().contains(part), "{error}");
    }
    for value in ["", "Bearer", "Bearer ", &format!("{bearer} {token}")] {
        let error = authenticate(&service, &[value.as_bytes()]).await.unwrap_err();
        assert_eq!(error.code(), Some("invalid_token"), "{value}");
    }
}

/// RS256, `iss`, a `sub` that is an object, no `typ`, no `kid`, no scope.
#[tokio::test]
async fn renrakus_tokens_work() {
    let issuer = Issuer::new();
    let key = issuer.file("first.pem").display().to_string();
    let claims =
        r#"{"iss":"parc-cli","sub":{"id":"42","email":"a@b.example"},"iat":1620000000,"exp":2291139906}"#;
    let token = issuer.token(Signed::Rs256, r#"{"alg":"RS256"}"#, claims);
    let set = [
        ("AUTH_KEYS", &*key),
        ("AUTH_ISSUER", "parc-cli"),
        ("AUTH_DEFAULT_SCOPES", "contacts:read contacts:write"),
    ];
    let service = TokenAuthenticator::new(&config(&set).unwrap(), clock()).unwrap();
    let caller = check(&service, &token).await.unwrap();
    let case = CaseId::new(7).unwrap();
    assert_eq!(caller.actor().subject, "42");
    assert!(caller.case_access::<Write>(case).is_ok() && caller.case_access::<Read>(case).is_ok());
    assert_eq!(caller.auditor().unwrap_err(), Denied::MissingScope(Scope::AuditRead));
    assert!(!format!("{caller:?}").contains("b.example"), "{caller:?}");
}

#[tokio::test]
async fn scopes_come_from_either_claim_and_default_to_none() {
    let issuer = Issuer::new();
    let service = service(&issuer, clock());
    for (members, expected) in [
        ("", ""),
        (r#","scope":"""#, ""),
        (r#","scope":"openid contacts:read email""#, "contacts:read"),
        (r#","scopes":["audit:read","other:write"]"#, "audit:read"),
        (r#","scope":"contacts:read","scopes":["sites:write"]"#, "contacts:read sites:write"),
        (r#","scope":"contacts:read,contacts:write""#, ""),
    ] {
        let claims = CLAIMS.replace('}', &format!("{members}}}"));
        let caller = check(&service, &issuer.token(Signed::Rs256, HEADER, &claims)).await.unwrap();
        assert_eq!(caller.scopes(), expected.parse::<Scopes>().unwrap(), "{members}");
    }
}

/// An empty `scope` says something about scopes, so the default does not count.
#[tokio::test]
async fn default_scopes_are_for_tokens_without_the_claim() {
    let issuer = Issuer::new();
    let key = issuer.file("first.pem").display().to_string();
    let set = [("AUTH_KEYS", &*key), ("AUTH_DEFAULT_SCOPES", "audit:read")];
    let service = TokenAuthenticator::new(&config(&set).unwrap(), clock()).unwrap();
    for (members, expected) in [("", true), (r#","scope":"""#, false), (r#","scopes":[]"#, false)] {
        let claims = CLAIMS.replace('}', &format!("{members}}}"));
        let caller = check(&service, &issuer.token(Signed::Rs256, HEADER, &claims)).await.unwrap();
        assert_eq!(caller.auditor().is_ok(), expected, "{members}");
    }
}

#[tokio::test]
async fn case_ids_narrow_a_caller_to_these_cases() {
    let issuer = Issuer::new();
    let service = service(&issuer, clock());
    let case = |number| CaseId::new(number).unwrap();
    for (ids, expected) in [("[7,8]", [true, true, false]), ("[]", [false; 3])] {
        let members = format!(r#","scope":"contacts:read audit:read","case_ids":{ids}}}"#);
        let token = issuer.token(Signed::Rs256, HEADER, &CLAIMS.replace('}', &members));
        let caller = check(&service, &token).await.unwrap();
        let reader = caller.contact_reader().unwrap();
        for (number, allowed) in [7, 8, 9].into_iter().zip(expected) {
            let access = caller.case_access::<Read>(case(number));
            assert_eq!(access.is_ok(), allowed, "{ids} {number}");
            assert_eq!(reader.cases().contains(case(number)), allowed);
            assert_eq!(caller.auditor().unwrap().cases().contains(case(number)), allowed);
        }
        assert_eq!(caller.case_access::<Read>(case(9)).unwrap_err(), Denied::OtherCase(case(9)));
    }
}

#[tokio::test]
async fn without_a_key_no_token_counts() {
    let issuer = Issuer::new();
    let service = TokenAuthenticator::new(&config(&[]).unwrap(), clock()).unwrap();
    let error = check(&service, &usual(&issuer)).await.unwrap_err();
    assert_eq!(error.code(), Some("invalid_token"));
    assert!(error.description().contains("no key is set here"), "{error}");
}

/// A key that stands in a variable has no id, so it is tried whatever a token names. Line breaks may be written as `\n`.
#[tokio::test]
async fn a_key_in_a_variable_counts_for_any_kid() {
    let issuer = Issuer::new();
    let pem = std::fs::read_to_string(issuer.file("first.pem")).unwrap();
    for pem in [pem.clone(), pem.replace('\n', "\\n")] {
        let keys = format!("{pem}, {}", issuer.file("curve.pem").display());
        let service = TokenAuthenticator::new(&config(&[("AUTH_KEYS", &keys)]).unwrap(), clock()).unwrap();
        for header in [HEADER, r#"{"alg":"RS256","kid":"other"}"#, r#"{"alg":"RS256"}"#] {
            assert!(check(&service, &issuer.token(Signed::Rs256, header, CLAIMS)).await.is_ok(), "{header}");
        }
        assert!(check(&service, &issuer.token(Signed::BySecond, HEADER, CLAIMS)).await.is_err());
    }
}

/// What `openssl pkey -pubout` writes, of the keys in the repository.
#[tokio::test]
async fn keys_as_openssl_writes_them_are_read() {
    let issuer = Issuer::new();
    let key = fixture("first.pub.pem").display().to_string();
    let service = TokenAuthenticator::new(&config(&[("AUTH_KEYS", &key)]).unwrap(), clock()).unwrap();
    assert!(check(&service, &issuer.token(Signed::Rs256, r#"{"alg":"RS256"}"#, CLAIMS)).await.is_ok());
}

#[tokio::test]
async fn an_algorithm_that_is_left_out_does_not_count() {
    let issuer = Issuer::new();
    let key = issuer.file("first.pem").display().to_string();
    let set = [("AUTH_KEYS", &*key), ("AUTH_ALGORITHMS", "RS256, ES256")];
    let service = TokenAuthenticator::new(&config(&set).unwrap(), clock()).unwrap();
    let token = issuer.token(Signed::Ps256, r#"{"alg":"PS256","kid":"first"}"#, CLAIMS);
    assert!(check(&service, &token).await.unwrap_err().description().contains("alg is none"));
    assert!(check(&service, &usual(&issuer)).await.is_ok());
}
