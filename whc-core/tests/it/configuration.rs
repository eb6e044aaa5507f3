//! Configuration: defaults without any variable, clear words for a wrong one, every variable documented.

use std::time::Duration;

use whc_core::Config;
use whc_core::config::{InvokeMode, LogFormat, Secret, ServerConfig, SnapshotStart, WebConfig};

fn read(variables: &[(&str, &str)]) -> whc_core::Result<Config> {
    let found =
        |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
    Config::from_variables(&found)
}

#[test]
fn lambda_sets_variables_of_its_own() {
    let set = [
        ("AWS_LAMBDA_LOG_FORMAT", "JSON"),
        ("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001"),
        ("LAMBDA_INVOKE_MODE", "RESPONSE_STREAM"),
    ];
    let lookup =
        |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let config = Config::from_variables(&lookup).unwrap();
    assert_eq!(config.log.format, LogFormat::Json);
    assert_eq!(config.lambda.runtime_api.as_deref(), Some("127.0.0.1:9001"));
    assert_eq!(config.lambda.invoke_mode, InvokeMode::ResponseStream);
    let text = |name: &str| if name == "LOG_FORMAT" { Some("text".to_owned()) } else { lookup(name) };
    assert_eq!(Config::from_variables(&text).unwrap().log.format, LogFormat::Text);
}

#[test]
fn nothing_is_required() {
    assert_eq!(read(&[]).unwrap(), Config::default());
    assert_eq!(read(&[("PORT", " "), ("LOG_FORMAT", "")]).unwrap(), Config::default());
}

#[test]
fn variables_are_read() {
    let config = read(&[
        ("HOST", "::1"),
        ("PORT", "8080"),
        ("KEEP_ALIVE_SECONDS", "0.5"),
        ("LOG_FORMAT", "json"),
        ("PUBLIC_URL", "/whc/"),
        ("SNAPSHOT_POLL_SECONDS", "0.5"),
        ("SNAPSHOT_START", "embedded"),
    ]);
    let config = config.unwrap();
    assert_eq!(config.server.listen.to_string(), "[::1]:8080");
    assert_eq!(config.server.keep_alive, Duration::from_millis(500));
    assert_eq!(config.log.format, LogFormat::Json);
    assert_eq!(config.web.public_url, "/whc");
    for (url, path) in
        [("", ""), ("/whc/", "/whc"), ("https://a.example", ""), ("https://a.example/b/c/", "/b/c")]
    {
        assert_eq!(WebConfig::at(url).unwrap().public_path(), path);
    }
    assert_eq!(config.snapshot.poll, Duration::from_millis(500));
    assert_eq!(config.snapshot.start, SnapshotStart::Embedded);
    assert_eq!(config.server.max_connections, ServerConfig::default().max_connections);
}

#[test]
fn a_wrong_value_names_the_variable_and_the_way_out() {
    for (name, value, expected) in [
        ("PORT", "70000", "a port from 0 to 65535"),
        ("HOST", "localhost", "an IP address such as 0.0.0.0"),
        ("MAX_CONNECTIONS", "0", "a whole number over 0"),
        ("SHUTDOWN_DELAY_SECONDS", "-1", "a number of seconds"),
        ("SHUTDOWN_DELAY_SECONDS", "NaN", "a number of seconds"),
        ("LOG_FORMAT", "xml", "text or json"),
        ("SNAPSHOT_POLL_SECONDS", "0", "from 0.05 to 3600 seconds"),
        ("SNAPSHOT_START", "hope", "wait, fail or embedded"),
        ("PUBLIC_URL", "heritage.example", "https://heritage.example/whc"),
        ("PUBLIC_URL", "ftp://heritage.example", "https://heritage.example/whc"),
        ("PUBLIC_URL", "https://heritage.example/?a=b", "without a query"),
    ] {
        let message = read(&[(name, value)]).unwrap_err().to_string();
        assert!(message.contains(name) && message.contains(expected) && message.contains(value), "{message}");
    }
}

#[test]
fn secrets_do_not_show() {
    assert!(!format!("{:?}", Secret::new("hunter2")).contains("hunter2"));
}

#[test]
fn every_variable_is_documented() {
    let chapter = include_str!("../../../docs/CONFIGURATION.md");
    for source in [include_str!("../../src/config.rs"), include_str!("../../src/config/snapshot.rs")] {
        for name in source.split('"').filter(|word| is_variable(word)) {
            assert!(chapter.contains(&format!("`{name}`")), "docs/CONFIGURATION.md lacks {name}");
        }
    }
}

fn is_variable(word: &str) -> bool {
    word.len() > 3 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_')
}
