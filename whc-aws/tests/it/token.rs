//! Tokens of RDS and of ElastiCache, held to what AWS's own libraries sign.

use std::time::{Duration, SystemTime};

use aws_config::{Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::time::StaticTimeSource;
use whc_aws::TokenLogin;
use whc_core::config::{CredentialsProvider as _, DatabaseConfig, ValkeyConfig};

use crate::signature;

fn database(url: &str) -> DatabaseConfig {
    DatabaseConfig::from_url(url).unwrap()
}

fn settings(token: Option<&str>) -> SdkConfig {
    let credentials = Credentials::new("akid", "secret", token.map(str::to_owned), None, "test");
    SdkConfig::builder()
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .region(Region::new("us-east-1"))
        .time_source(StaticTimeSource::new(SystemTime::UNIX_EPOCH + Duration::from_hours(479_086)))
        .build()
}

async fn token(login: TokenLogin, settings: SdkConfig) -> String {
    let credentials = login.with_settings(settings).credentials(None).await.unwrap();
    assert!(!credentials.user.is_empty());
    credentials.password.unwrap().reveal().to_owned()
}

/// The example of the tests of `aws-sdk-rds`.
#[tokio::test]
async fn it_is_what_aws_signs() {
    let database = database("postgres://peccy@prod-instance.us-east-1.rds.amazonaws.com:3306/whc");
    let expected = "prod-instance.us-east-1.rds.amazonaws.com:3306/?Action=connect&DBUser=peccy\
        &X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=akid%2F20240826%2Fus-east-1%2Frds-db%2Faws4_request\
        &X-Amz-Date=20240826T220000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host\
        &X-Amz-Signature=dd0cba843009474347af724090233265628ace491ea17ce3eb3da098b983ad89";
    assert_eq!(token(TokenLogin::new(&database), settings(None)).await, expected);
}

/// The parts of a token; the order of what a signature adds is not part of it.
fn parameters(token: &str) -> Vec<&str> {
    let mut parts: Vec<_> = token.split(['?', '&']).collect();
    parts.sort_unstable();
    parts
}

/// The reference signs the example as AWS does, and these as we do. Sorted by name, as the rules of signatures want it.
#[tokio::test]
async fn caches_get_tokens_by_the_same_rules() {
    let example = "prod-instance.us-east-1.rds.amazonaws.com:3306/?Action=connect&DBUser=peccy";
    let rds = token(
        TokenLogin::new(&database("postgres://peccy@prod-instance.us-east-1.rds.amazonaws.com:3306/whc")),
        settings(None),
    );
    assert_eq!(signature::presigned(example, "rds-db", None), rds.await);

    let cache = |host: &str, user: &str| ValkeyConfig::from_url(&format!("rediss://{user}@{host}")).unwrap();
    let group = cache("master.whc.abc123.use1.cache.amazonaws.com", "app");
    let serverless = cache("whc-abc123.serverless.use1.cache.amazonaws.com", "app%2Fb+c");
    for (config, id, session, expected) in [
        (&group, "Whc", None, "whc/?Action=connect&User=app"),
        (&group, "whc", Some("a/b+c=="), "whc/?Action=connect&User=app"),
        (&serverless, "whc", None, "whc/?Action=connect&ResourceType=ServerlessCache&User=app%2Fb%2Bc"),
        (
            &serverless,
            "whc",
            Some("a/b+c=="),
            "whc/?Action=connect&ResourceType=ServerlessCache&User=app%2Fb%2Bc",
        ),
    ] {
        let token = token(TokenLogin::of_cache(config, id), settings(session)).await;
        assert_eq!(parameters(&token), parameters(&signature::presigned(expected, "elasticache", session)));
    }
}

#[tokio::test]
async fn roles_and_odd_names_are_signed_too() {
    let odd = database("postgres://a%20b%26c@db.example/whc");
    let token = token(TokenLogin::new(&odd), settings(Some("session"))).await;
    assert!(token.contains("DBUser=a%20b%26c&") && token.contains("X-Amz-Security-Token=session"), "{token}");
}

#[tokio::test]
async fn what_is_missing_is_said() {
    let config = database("postgres://web@db.example/whc");
    let login = TokenLogin::new(&config).with_settings(SdkConfig::builder().build());
    let error = login.credentials(None).await.unwrap_err();
    assert!(error.is_unavailable() && error.report().contains("AWS_REGION"), "{}", error.report());
}
