//! From variables to the provider of credentials.

use whc_core::config::Variables;
use whc_core::{Config, Result};

fn config(variables: &[(&str, &str)]) -> Result<Config> {
    let place = [("DB_HOST", "db.example"), ("DB_NAME", "whc")];
    let all: Vec<_> = place.iter().chain(variables).copied().collect();
    read(&all)
}

fn read(set: &[(&str, &str)]) -> Result<Config> {
    whc_aws::config_from_variables(&Variables::new(|name| {
        set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    }))
}

#[test]
fn without_a_variable_nothing_of_aws_is_made() {
    assert_eq!(read(&[]).unwrap(), Config::default());
    let config = config(&[("DB_USER", "web"), ("DB_IAM_AUTH", "false")]).unwrap();
    assert!(config.database.unwrap().provider.is_none());
}

/// One provider for both kinds of connections, so one request serves both. The user is in the secret, not in a variable.
#[test]
fn a_secret_counts_for_every_connection() {
    let listen = ("DATABASE_LISTEN_URL", "postgres://direct.example/whc");
    let config = config(&[("DB_SECRET_ARN", "whc/web"), listen]).unwrap();
    let provider = config.database.unwrap().provider;
    assert!(provider.is_some());
    assert_eq!(provider, config.listen.unwrap().provider);
}

#[test]
fn who_writes_may_have_a_secret_of_their_own() {
    let ours = config(&[("DB_SECRET_ARN", "whc/web"), ("DB_WRITE_SECRET_ARN", "whc/desk")]).unwrap();
    let (reading, writing) = (ours.database.unwrap(), ours.write.unwrap());
    assert_eq!(writing.host, reading.host);
    assert!(writing.provider.is_some() && writing.provider != reading.provider);

    let mixed = config(&[("DB_USER", "web"), ("DB_WRITE_SECRET_ARN", "whc/desk")]).unwrap();
    assert!(mixed.database.unwrap().provider.is_none() && mixed.write.unwrap().provider.is_some());

    let error = config(&[("DB_USER", "web"), ("DB_WRITE_PASSWORD", "x"), ("DB_WRITE_SECRET_ARN", "y")]);
    let error = error.unwrap_err().to_string();
    assert!(error.contains("DB_WRITE_PASSWORD and DB_WRITE_SECRET_ARN"), "{error}");
}

#[test]
fn a_login_of_valkey_may_be_in_a_secret() {
    let (host, secret) = (("VALKEY_HOST", "cache.example"), ("VALKEY_SECRET_ARN", "whc/valkey_web"));
    assert!(read(&[host, secret]).unwrap().valkey.unwrap().provider.is_some());
    for (set, expected) in [
        (vec![secret], "VALKEY_SECRET_ARN is set, but neither VALKEY_HOST nor VALKEY_URL"),
        (vec![host, secret, ("VALKEY_PASSWORD", "x")], "VALKEY_PASSWORD and VALKEY_SECRET_ARN are set"),
        (
            vec![host, secret, ("VALKEY_IAM_AUTH", "true"), ("VALKEY_CLUSTER_ID", "x")],
            "VALKEY_SECRET_ARN and VALKEY_IAM_AUTH are set",
        ),
        (vec![host, secret, ("VALKEY_SSL", "false")], "VALKEY_SECRET_ARN needs VALKEY_SSL=true"),
    ] {
        let error = read(&set).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn a_token_is_for_one_host_and_only_for_encrypted_connections() {
    let iam = [("DB_USER", "web"), ("DB_IAM_AUTH", "true"), ("DB_SSLMODE", "verify-full")];
    let listen = ("DATABASE_LISTEN_URL", "postgres://web@direct.example/whc");
    let encrypted = config(&[iam[0], iam[1], iam[2], listen]).unwrap();
    let provider = encrypted.database.unwrap().provider;
    assert!(provider.is_some());
    assert_ne!(provider, encrypted.listen.unwrap().provider);

    let error = config(&iam[..2]).unwrap_err();
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

#[test]
fn what_is_missing_is_named() {
    let user = "the database settings name no user (DB_USER, or a secret that tells it: DB_SECRET_ARN; for a rotation \
        MASTER_SECRET_ARN)";
    assert_eq!(config(&[]).unwrap_err().to_string(), user);
    let listen = ("DATABASE_LISTEN_URL", "postgres://direct.example/whc");
    let error = config(&[("DB_USER", "web"), listen]).unwrap_err().to_string();
    assert!(error.starts_with("DATABASE_LISTEN_URL") && error.ends_with(user), "{error}");
    for name in ["DB_SECRET_ARN", "DB_IAM_AUTH"] {
        let error = read(&[(name, "true")]).unwrap_err().to_string();
        assert_eq!(error, format!("{name} is set, but neither DB_HOST nor DATABASE_URL"));
    }
}

#[test]
fn every_variable_is_documented() {
    let chapter = include_str!("../../../docs/CONFIGURATION.md");
    for name in ["DB_SECRET_ARN", "DB_IAM_AUTH"] {
        assert!(chapter.contains(&format!("`{name}`")), "docs/CONFIGURATION.md lacks {name}");
    }
}

#[test]
fn valkey_logs_in_with_tokens_over_encrypted_connections_only() {
    let host = ("VALKEY_HOST", "whc-abc123.serverless.use1.cache.amazonaws.com");
    let iam = [host, ("VALKEY_USER", "app"), ("VALKEY_IAM_AUTH", "true"), ("VALKEY_CLUSTER_ID", "whc")];
    let valkey = read(&iam).unwrap().valkey.unwrap();
    assert!(format!("{:?}", valkey.provider.unwrap()).contains("TokenLogin"));
    for (others, words) in [
        (&[host, iam[1], iam[2]][..], "VALKEY_IAM_AUTH needs VALKEY_CLUSTER_ID"),
        (&[host, iam[1], iam[3]], "VALKEY_CLUSTER_ID is set, but not VALKEY_IAM_AUTH=true"),
        (&[host, iam[2], iam[3]], "VALKEY_IAM_AUTH needs VALKEY_USER"),
        (&[iam[2], iam[3]], "neither VALKEY_HOST nor VALKEY_URL"),
        (&[host, iam[1], iam[2], iam[3], ("VALKEY_SSL", "false")], "VALKEY_SSL=true"),
        (
            &[host, iam[1], iam[2], iam[3], ("VALKEY_PASSWORD", "hunter2")],
            "VALKEY_PASSWORD and VALKEY_IAM_AUTH are set",
        ),
    ] {
        let error = read(others).unwrap_err();
        assert!(error.is_invalid() && error.to_string().contains(words), "{error}");
        assert!(!error.to_string().contains("hunter2"));
    }
}

#[test]
fn where_tokens_are_required_nothing_else_will_do() {
    let required = ("REQUIRE_IAM_AUTH", "true");
    let tokens = [required, ("DB_USER", "web"), ("DB_IAM_AUTH", "true"), ("DB_SSLMODE", "verify-full")];
    let valkey = ("VALKEY_HOST", "cache.example");
    assert!(config(&tokens).is_ok());
    let with = |more: &[(&'static str, &'static str)]| config(&[&tokens[..], more].concat());
    let cache = [valkey, ("VALKEY_USER", "app"), ("VALKEY_IAM_AUTH", "true"), ("VALKEY_CLUSTER_ID", "whc")];
    assert!(with(&cache).is_ok());
    assert!(with(&[("DB_WRITE_USER", "desk")]).is_ok());
    for (outcome, words) in [
        (
            config(&[required, ("DB_USER", "web"), ("DB_PASSWORD", "x")]),
            "the database to log in with tokens: set DB_IAM_AUTH=true",
        ),
        (config(&[required, ("DB_USER", "web")]), "DB_IAM_AUTH=true"),
        (config(&[required, ("DB_SECRET_ARN", "whc/web")]), "DB_IAM_AUTH=true"),
        (with(&[valkey]), "Valkey to log in with tokens: set VALKEY_IAM_AUTH=true"),
        (with(&[("DB_WRITE_USER", "desk"), ("DB_WRITE_PASSWORD", "x")]), "who writes to log in with tokens"),
        (with(&[("DB_WRITE_SECRET_ARN", "whc/desk")]), "who writes to log in with tokens"),
    ] {
        let error = outcome.unwrap_err();
        assert!(error.is_invalid() && error.to_string().contains(words), "{error}");
    }
}
