//! A login from Secrets Manager while its password changes.

use std::sync::Arc;

use serde_json::json;
use whc_aws::SecretLogin;
use whc_aws::testing::FakeAws;
use whc_core::config::{Credentials, CredentialsProvider as _, DatabaseConfig, Secret};
use whc_core::testing::TestDatabase;
use whc_core::{PostgresSites, SiteRepository as _};

const NAME: &str = "whc/web";

fn value(user: &str, password: &str) -> String {
    json!({"engine": "postgres", "username": user, "password": password}).to_string()
}

async fn close_all(database: &TestDatabase) {
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    database.execute(others).await.unwrap();
}

async fn change_password(database: &TestDatabase, user: &str, password: &str) {
    database.execute(&format!("ALTER ROLE {user} PASSWORD '{password}'")).await.unwrap();
}

fn sites(aws: &FakeAws, config: &DatabaseConfig) -> PostgresSites {
    let login = SecretLogin::with_settings(NAME, &aws.settings());
    let mut config = config.clone();
    config.user.clear();
    config.password = None;
    config.provider = Some(Arc::new(login));
    PostgresSites::new(&config).unwrap()
}

#[tokio::test]
async fn it_is_read_once_and_again_when_it_is_refused() {
    let (database, aws) = (TestDatabase::new().await, FakeAws::start().await);
    let member = database.member_of("whc_reader").await;
    aws.add(NAME, &value(&member.user, "test"));
    let sites = sites(&aws, &member);
    for _ in 0..3 {
        sites.version().await.unwrap();
        close_all(&database).await;
    }
    assert_eq!(aws.count("GetSecretValue"), 1);

    change_password(&database, &member.user, "rotated").await;
    aws.add(NAME, &value(&member.user, "rotated"));
    sites.version().await.unwrap();
    assert_eq!(aws.count("GetSecretValue"), 2);
}

/// Between two steps of a rotation the database accepts the next password only, and the secret still has the last one.
#[tokio::test]
async fn in_the_midst_of_a_rotation_the_next_password_is_taken() {
    let (database, aws) = (TestDatabase::new().await, FakeAws::start().await);
    let member = database.member_of("whc_reader").await;
    aws.add(NAME, &value(&member.user, "rotated"));
    let settings = aws.settings();
    let client = aws_sdk_secretsmanager::Client::new(&settings);
    aws.add(NAME, &value(&member.user, "test"));
    let next = value(&member.user, "rotated");
    let put = client.put_secret_value().secret_id(NAME).client_request_token("second");
    put.secret_string(next).version_stages("AWSPENDING").send().await.unwrap();

    let sites = sites(&aws, &member);
    sites.version().await.unwrap();
    assert_eq!(aws.count("GetSecretValue"), 1, "nobody asks for what is pending while the password is good");
    change_password(&database, &member.user, "rotated").await;
    close_all(&database).await;
    sites.version().await.unwrap();
    assert_eq!(aws.count("GetSecretValue"), 3);
    close_all(&database).await;
    sites.version().await.unwrap();
    assert_eq!(aws.count("GetSecretValue"), 3, "it is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_callers_at_once_send_one_request() {
    let aws = FakeAws::start().await;
    aws.add(NAME, &value("web", "first"));
    let login = Arc::new(SecretLogin::with_settings(NAME, &aws.settings()));
    let refused = Credentials::new("web", Secret::new("before"));
    for refused in [None, Some(refused)] {
        let mut asking = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let (login, refused) = (Arc::clone(&login), refused.clone());
            asking.spawn(async move { login.credentials(refused.as_ref()).await.unwrap() });
        }
        let told = asking.join_all().await;
        assert!(told.iter().all(|told| told.password == Some(Secret::new("first"))));
    }
    assert_eq!(aws.count("GetSecretValue"), 1);
}

#[tokio::test]
async fn what_cannot_be_read_is_said_without_the_secret() {
    let aws = FakeAws::start().await;
    let login = SecretLogin::with_settings(NAME, &aws.settings());
    let report = login.credentials(None).await.unwrap_err().report();
    assert!(report.contains("has no value") && report.contains(NAME), "{report}");
    for (wrong, said) in [
        ("hunter2", "not a JSON object"),
        (r#"{"username": "web", "pass": "hunter2"}"#, "password"),
        (r#"{"username": 7, "password": "hunter2"}"#, "username"),
    ] {
        aws.add(NAME, wrong);
        let error = login.credentials(None).await.unwrap_err();
        let report = error.report();
        assert!(error.is_unavailable() && report.contains(said) && !report.contains("hunter2"), "{report}");
    }
    aws.refuse("GetSecretValue", true);
    let report = login.credentials(None).await.unwrap_err().report();
    assert!(report.contains("AccessDeniedException"), "{report}");

    aws.refuse("GetSecretValue", false);
    aws.add(NAME, &value("web", "hunter2"));
    login.credentials(None).await.unwrap();
    assert!(!format!("{login:?}").contains("hunter2"));
}
