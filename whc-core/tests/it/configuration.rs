//! Configuration: defaults without any variable, clear messages for an invalid one, every variable documented.

use std::time::Duration;

use whc_core::Config;
use whc_core::config::{LogConfig, LogFormat, Secret, SnapshotStart, Variables, WebConfig};

fn read(variables: &[(&str, &str)]) -> whc_core::Result<Config> {
    Config::from_variables(&from(variables))
}

fn from<'a>(set: &'a [(&str, &str)]) -> Variables<'a> {
    Variables::new(|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
}

#[test]
fn nothing_is_required() {
    assert_eq!(read(&[]).unwrap(), Config::default());
    assert_eq!(read(&[("SNAPSHOT_POLL_SECONDS", " "), ("PUBLIC_URL", "")]).unwrap(), Config::default());
}

#[test]
fn variables_are_read() {
    let config =
        read(&[("PUBLIC_URL", "/whc/"), ("SNAPSHOT_POLL_SECONDS", "0.5"), ("SNAPSHOT_START", "embedded")]);
    let config = config.unwrap();
    assert_eq!(config.web.public_url, "/whc");
    for (url, path) in
        [("", ""), ("/whc/", "/whc"), ("https://a.example", ""), ("https://a.example/b/c/", "/b/c")]
    {
        assert_eq!(WebConfig::at(url).unwrap().public_path(), path);
    }
    assert_eq!(config.snapshot.poll, Duration::from_millis(500));
    assert_eq!(config.snapshot.start, SnapshotStart::Embedded);
}

#[test]
fn a_wrong_value_names_the_variable_and_the_way_out() {
    for (name, value, expected) in [
        ("CACHE_BYTES", "-1", "a whole number of bytes"),
        ("SNAPSHOT_POLL_SECONDS", "0", "from 0.05 to 3600 seconds"),
        ("SNAPSHOT_START", "hope", "wait, fail or embedded"),
        ("SNAPSHOT_MAX_LOSS_PERCENT", "101", "a whole number from 0 to 100"),
        ("PUBLIC_URL", "heritage.example", "https://heritage.example/whc"),
        ("PUBLIC_URL", "ftp://heritage.example", "https://heritage.example/whc"),
        ("PUBLIC_URL", "https://heritage.example/?a=b", "without a query"),
    ] {
        let message = read(&[(name, value)]).unwrap_err().to_string();
        assert!(message.contains(name) && message.contains(expected) && message.contains(value), "{message}");
    }
}

#[test]
fn variables_have_types() {
    let set = [
        ("SECONDS", " 1.5 "),
        ("COUNT", "0"),
        ("BELOW", "-1"),
        ("NONE", "NaN"),
        ("BLANK", " "),
        ("TEXT", " a "),
    ];
    let variables = from(&set);
    assert_eq!(variables.seconds("SECONDS").unwrap(), Some(Duration::from_millis(1500)));
    for name in ["BELOW", "NONE", "TEXT"] {
        let message = variables.seconds(name).unwrap_err().to_string();
        assert!(message.starts_with(&format!("{name} must be a number of seconds, not \"")), "{message}");
    }
    let message = variables.count("COUNT").unwrap_err().to_string();
    assert_eq!(message, "COUNT must be a whole number over 0, not \"0\"");
    assert_eq!((variables.text("TEXT").as_deref(), variables.text("BLANK")), (Some(" a "), None));
    assert!(!format!("{variables:?}").contains("1.5"));
}

#[test]
fn the_log_is_the_same_in_every_program() {
    let read = |set: &[(&str, &str)]| LogConfig::from_variables(&from(set));
    assert_eq!(read(&[]).unwrap(), LogConfig::default());
    let config =
        read(&[("LOG_FORMAT", "Json"), ("RUST_LOG", "warn"), ("AWS_LAMBDA_LOG_FORMAT", "Text")]).unwrap();
    assert_eq!((config.format, config.filter.as_str()), (LogFormat::Json, "warn"));
    assert!(read(&[("LOG_FORMAT", "xml")]).unwrap_err().to_string().contains("text or json"));
}

#[test]
fn secrets_do_not_show() {
    assert!(!format!("{:?}", Secret::new("hunter2")).contains("hunter2"));
}

#[test]
fn every_variable_is_documented() {
    let chapter = include_str!("../../../docs/CONFIGURATION.md");
    for source in [
        include_str!("../../src/config/auth.rs"),
        include_str!("../../src/config/database.rs"),
        include_str!("../../src/config/log.rs"),
        include_str!("../../src/config/snapshot.rs"),
        include_str!("../../src/config/web.rs"),
    ] {
        for name in source.split('"').filter(|word| is_variable(word)) {
            assert!(chapter.contains(&format!("`{name}`")), "docs/CONFIGURATION.md lacks {name}");
        }
    }
}

fn is_variable(word: &str) -> bool {
    word.len() > 3 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_')
}
