//! Tokens of RDS, held to what AWS's own libraries sign.

use std::time::{Duration, SystemTime};

use aws_config::{Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::time::StaticTimeSource;
use whc_aws::TokenLogin;
use whc_core::config::{CredentialsProvider as _, DatabaseConfig};

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

async fn token(database: &DatabaseConfig, settings: SdkConfig) -> String {
    let credentials = TokenLogin::with_settings(database, settings).credentials(None).await.unwrap();
    assert_eq!(credentials.user, database.user);
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
    assert_eq!(token(&database, settings(None)).await, expected);
}

#[tokio::test]
async fn roles_and_odd_names_are_signed_too() {
    let odd = database("postgres://a%20b%26c@db.example/whc");
    let token = token(&odd, settings(Some("session"))).await;
    assert!(token.contains("DBUser=a%20b%26c&") && token.contains("X-Amz-Security-Token=session"), "{token}");
}

#[tokio::test]
async fn what_is_missing_is_said() {
    let config = database("postgres://web@db.example/whc");
    let login = TokenLogin::with_settings(&config, SdkConfig::builder().build());
    let error = login.credentials(None).await.unwrap_err();
    assert!(error.is_unavailable() && error.report().contains("AWS_REGION"), "{}", error.report());
}
