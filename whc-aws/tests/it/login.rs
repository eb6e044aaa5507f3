//! From variables to what is asked for credentials.

use whc_core::{Config, Result};

fn config(variables: &[(&str, &str)]) -> Result<Config> {
    let place = [("DB_HOST", "db.example"), ("DB_NAME", "whc")];
    let all: Vec<_> = place.iter().chain(variables).collect();
    Config::from_variables(&|name| {
        all.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    })
}

#[test]
fn without_a_variable_nothing_of_aws_is_made() {
    let before = config(&[("DB_USER", "web"), ("DB_IAM_AUTH", "false")]).unwrap();
    let config = whc_aws::log_in(before.clone()).unwrap();
    assert_eq!(config, before);
    assert!(config.aws.expect_none().is_ok() && config.database.unwrap().provider.is_none());
}

/// One for both connections: one question is enough. The secret tells the user, so no variable has to.
#[test]
fn a_secret_counts_for_every_connection() {
    let listen = ("DATABASE_LISTEN_URL", "postgres://direct.example/whc");
    let config = whc_aws::log_in(config(&[("DB_SECRET_ARN", "whc/web"), listen]).unwrap()).unwrap();
    let provider = config.database.unwrap().provider;
    assert!(provider.is_some());
    assert_eq!(provider, config.listen.unwrap().provider);
}

#[test]
fn a_token_is_for_one_host_and_only_for_encrypted_connections() {
    let iam = [("DB_USER", "web"), ("DB_IAM_AUTH", "true"), ("DB_SSLMODE", "verify-full")];
    let listen = ("DATABASE_LISTEN_URL", "postgres://web@direct.example/whc");
    let encrypted = whc_aws::log_in(config(&[iam[0], iam[1], iam[2], listen]).unwrap()).unwrap();
    let provider = encrypted.database.unwrap().provider;
    assert!(provider.is_some());
    assert_ne!(provider, encrypted.listen.unwrap().provider);

    let error = whc_aws::log_in(config(&iam[..2]).unwrap()).unwrap_err();
    assert!(error.is_invalid() && error.to_string().contains("DB_SSLMODE=verify-full"), "{error}");
}

#[test]
fn only_one_source_of_credentials_is_taken() {
    for (second, value) in [("DB_PASSWORD", "x"), ("DB_PASSWORD_FILE", "/x"), ("DB_IAM_AUTH", "true")] {
        let error = config(&[("DB_SECRET_ARN", "whc/web"), (second, value)]).unwrap_err();
        assert!(error.is_invalid() && error.to_string().contains(second), "{error}");
    }
    let error = config(&[("DB_USER", "web"), ("DB_IAM_AUTH", "perhaps")]).unwrap_err();
    assert!(error.to_string().contains("true or false"), "{error}");
}
