//! Settings whose values are in secrets.

use whc_aws::testing::FakeAws;
use whc_core::Result;
use whc_core::config::Variables;

fn variables<'a>(set: &'a [(&'a str, &'a str)]) -> Variables<'a> {
    let lookup =
        |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    Variables::new(lookup).among(set.iter().map(|(name, _)| (*name).to_owned()))
}

async fn texts(aws: &FakeAws, set: &[(&str, &str)], names: &[&str]) -> Result<Vec<Option<String>>> {
    let given = variables(set);
    let with = whc_aws::with_secrets_of(&given, async || aws.settings()).await?;
    Ok(names.iter().map(|name| with.text(name)).collect())
}

#[tokio::test]
async fn values_come_from_secrets_and_all_else_stays() {
    let aws = FakeAws::start().await;
    let google = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:whc/google-AbCdEf";
    aws.add("whc/keys", "what keys are derived from");
    aws.add(google, r#"{"client_id": "a", "secret": "of google"}"#);
    let of_google = format!("{google}:secret::");
    let set = [
        ("SECRET_KEY_BASE_ARN", "whc/keys"),
        ("GOOGLE_CLIENT_SECRET_ARN", &*of_google),
        ("OIDC_PROVIDERS", "keycloak"),
        ("OTHER_ARN", "whc/keys"),
        ("DB_SECRET_ARN", "whc/web"),
    ];
    let names = ["SECRET_KEY_BASE", "GOOGLE_CLIENT_SECRET", "OIDC_PROVIDERS", "OTHER", "DB_SECRET"];
    let expected = [Some("what keys are derived from"), Some("of google"), Some("keycloak"), None, None];
    let read = texts(&aws, &set, &names).await.unwrap();
    assert_eq!(read, expected.map(|text| text.map(str::to_owned)));
    assert_eq!(aws.count("GetSecretValue"), 2);
}

#[tokio::test]
async fn what_is_wrong_is_said_by_the_name_of_the_variable() {
    let aws = FakeAws::start().await;
    let json = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:whc/google-AbCdEf";
    aws.add(json, r#"{"secret": "s3cret"}"#);
    let other_key = format!("{json}:client::");
    for (set, expected) in [
        (vec![("SECRET_KEY_BASE_ARN", "whc/none")], "SECRET_KEY_BASE_ARN: the secret has no value"),
        (
            vec![("APPLE_PRIVATE_KEY_ARN", "arn:aws:sqs:a:b:c")],
            "APPLE_PRIVATE_KEY_ARN must be the ARN of a secret",
        ),
        (
            vec![("OIDC_A_CLIENT_SECRET_ARN", &*other_key)],
            "OIDC_A_CLIENT_SECRET_ARN: the secret has no text \"client\"",
        ),
        (
            vec![("SECRET_KEY_BASE_ARN", json), ("SECRET_KEY_BASE_FILE", "/run/keys")],
            "SECRET_KEY_BASE_FILE and SECRET_KEY_BASE_ARN are both set",
        ),
    ] {
        let error = texts(&aws, &set, &[]).await.unwrap_err().report();
        assert!(error.contains(expected) && !error.contains("s3cret"), "{error}");
    }
    aws.refuse("GetSecretValue", true);
    let error = texts(&aws, &[("SECRET_KEY_BASE_ARN", json)], &[]).await.unwrap_err();
    assert!(error.is_unavailable() && error.report().contains("AccessDenied"), "{}", error.report());
}
