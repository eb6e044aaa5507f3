//! Configuration of the functions: what Lambda sets, what an operator sets, every variable documented.

use std::time::Duration;

use whc_core::config::{LogFormat, Variables};
use whc_lambda::{Config, InvokeMode};

fn read(set: &[(&str, &str)]) -> whc_core::Result<Config> {
    Config::from_variables(&variables(set))
}

fn variables<'a>(set: &'a [(&str, &str)]) -> Variables<'a> {
    Variables::new(|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
}

#[test]
fn nothing_is_required() {
    assert_eq!(read(&[]).unwrap(), Config::default());
    assert!(!read(&[]).unwrap().core.snapshot.prepare, "a cold start builds what nobody asked for");
    assert_eq!(read(&[("PORT", "of no interest here")]).unwrap(), Config::default());
}

#[test]
fn lambda_sets_variables_of_its_own() {
    let set = [
        ("AWS_LAMBDA_LOG_FORMAT", "JSON"),
        ("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001"),
        ("LAMBDA_INVOKE_MODE", "RESPONSE_STREAM"),
        ("MAX_BODY_BYTES", "1000"),
    ];
    let config = read(&set).unwrap();
    assert_eq!(config.log.format, LogFormat::Json);
    assert_eq!(config.lambda.runtime_api.as_deref(), Some("127.0.0.1:9001"));
    assert_eq!(config.lambda.invoke_mode, InvokeMode::ResponseStream);
    assert_eq!(config.lambda.max_body_bytes, 1000);
    let text = [set[0], ("LOG_FORMAT", "text")];
    assert_eq!(read(&text).unwrap().log.format, LogFormat::Text);
}

#[test]
fn nobody_may_do_everything() {
    for more in [&[][..], &[("DISABLE_AUTH_ANYWHERE", "true")]] {
        let set = [&[("DISABLE_AUTH", "true")], more].concat();
        let message = read(&set).unwrap_err().to_string();
        assert!(message.contains("DISABLE_AUTH") && message.contains("unset it"), "{message}");
    }
}

const LOGIN: [(&str, &str); 4] = [
    ("GOOGLE_CLIENT_ID", "a"),
    ("GOOGLE_CLIENT_SECRET", "b"),
    ("PUBLIC_URL", "https://heritage.example"),
    ("SECRET_KEY_BASE", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
];

#[test]
fn logins_need_what_all_sandboxes_share() {
    for (missing, expected) in [
        ("PUBLIC_URL", "PUBLIC_URL must be the https address"),
        ("SECRET_KEY_BASE", "SECRET_KEY_BASE is missing"),
    ] {
        let set: Vec<_> = LOGIN.into_iter().filter(|(name, _)| *name != missing).collect();
        let message = read(&set).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }
    let config = read(&LOGIN).unwrap();
    let opened = whc_core::repository::open(&config.core).unwrap();
    let message = config.expect_shared_sessions(&opened).unwrap_err().to_string();
    assert!(message.contains("logins with Google") && message.contains("VALKEY_URL"), "{message}");
    assert!(read(&[]).unwrap().expect_shared_sessions(&opened).is_ok());
}

#[test]
fn a_wrong_value_names_the_variable_and_the_way_out() {
    for (name, value, expected) in [
        ("LAMBDA_INVOKE_MODE", "whole", "buffered or response_stream"),
        ("MAX_BODY_BYTES", "0", "a whole number over 0"),
    ] {
        let message = read(&[(name, value)]).unwrap_err().to_string();
        assert!(message.contains(name) && message.contains(expected) && message.contains(value), "{message}");
    }
}

/// In a program built without AWS these are refused, and not ignored.
#[test]
fn logins_from_aws_are_read() {
    let place = [("DB_HOST", "db.example"), ("DB_NAME", "whc"), ("DB_SECRET_ARN", "whc/web")];
    let config = read(&place);
    if cfg!(feature = "aws") {
        assert!(config.unwrap().core.database.unwrap().provider.is_some());
    } else {
        let message = config.unwrap_err().to_string();
        assert_eq!(message, "DB_SECRET_ARN and DB_IAM_AUTH need a program built with the feature aws");
    }
}

#[cfg(feature = "rotation")]
#[test]
fn a_rotation_is_told_by_its_own_variables() {
    use whc_lambda::rotation::{Config, EcsService, RotationConfig, RotationStrategy};

    let read = |set: &[(&str, &str)]| Config::from_variables(&variables(set));
    assert_eq!(read(&[]).unwrap(), Config::default());
    let set = [
        ("DB_HOST", "db.example"),
        ("DB_NAME", "whc"),
        ("MASTER_SECRET_ARN", " whc/master "),
        ("ROTATION_STRATEGY", "alternating"),
        ("ECS_CLUSTER", "whc"),
        ("ECS_SERVICE", "web"),
        ("SESSION_KEYS_SECRET_ARN", "whc/session_keys"),
        ("SESSION_LIFETIME_SECONDS", "86400"),
        ("VALKEY_HOST", "cache.example"),
    ];
    let config = read(&set).unwrap();
    let mut rotation = RotationConfig::new("whc/master");
    rotation.strategy = RotationStrategy::Alternating;
    rotation.service = Some(EcsService::new("whc", "web"));
    rotation.session_keys = Some("whc/session_keys".to_owned());
    rotation.session_lifetime = Duration::from_hours(24);
    assert_eq!(config.rotation, Some(rotation));
    assert_eq!(config.cache.unwrap().host, "cache.example");
    assert_eq!(config.database.unwrap().user, "", "the secrets tell the users");
    for (set, words) in [
        (&set[..5], "ECS_CLUSTER and ECS_SERVICE are set together"),
        (&[set[2], ("ROTATION_STRATEGY", "triple")], "single or alternating"),
    ] {
        let message = read(set).unwrap_err().to_string();
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn every_variable_is_documented() {
    let chapter = include_str!("../../../docs/CONFIGURATION.md");
    for source in [include_str!("../../src/config/lambda.rs"), include_str!("../../src/rotation/config.rs")] {
        for name in source.split('"').filter(|word| is_variable(word)) {
            assert!(chapter.contains(&format!("`{name}`")), "docs/CONFIGURATION.md lacks {name}");
        }
    }
}

fn is_variable(word: &str) -> bool {
    word.len() > 3 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_')
}
