//! Configuration of `whc`: defaults without any variable, clear words for a wrong one, every variable documented.

use std::time::Duration;

use whc_core::config::{LogFormat, Variables};
use whc_hyper::{Config, ServerConfig};

fn read(set: &[(&str, &str)]) -> whc_core::Result<Config> {
    Config::from_variables(&Variables::new(|name| {
        set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }))
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
        ("DATABASE_URL", "postgres://web@db/whc"),
    ]);
    let config = config.unwrap();
    assert_eq!(config.server.listen.to_string(), "[::1]:8080");
    assert_eq!(config.server.keep_alive, Duration::from_millis(500));
    assert_eq!(config.server.max_connections, ServerConfig::default().max_connections);
    assert_eq!(config.log.format, LogFormat::Json);
    assert_eq!(config.core.web.public_url, "/whc");
    assert_eq!(config.core.database.unwrap().to_string(), "web@db:5432/whc");
}

#[test]
fn a_wrong_value_names_the_variable_and_the_way_out() {
    for (name, value, expected) in [
        ("PORT", "70000", "a port from 0 to 65535"),
        ("HOST", "localhost", "an IP address such as 0.0.0.0"),
        ("MAX_CONNECTIONS", "0", "a whole number over 0"),
        ("TRUSTED_PROXIES", "10.0.0.0/33", "not a network like 10.0.0.0/8"),
        ("MAX_CONNECTIONS_PER_ADDRESS", "none", "a whole number over 0"),
        ("SHUTDOWN_DELAY_SECONDS", "-1", "a number of seconds"),
        ("SHUTDOWN_DELAY_SECONDS", "NaN", "a number of seconds"),
        ("LOG_FORMAT", "xml", "text or json"),
        ("PUBLIC_URL", "heritage.example", "https://heritage.example/whc"),
    ] {
        let message = read(&[(name, value)]).unwrap_err().to_string();
        assert!(message.contains(name) && message.contains(expected) && message.contains(value), "{message}");
    }
}

#[test]
fn proxies_are_networks_of_both_families() {
    let config =
        read(&[("TRUSTED_PROXIES", "10.0.0.0/8, fd00::/8 192.0.2.1"), ("MAX_CONNECTIONS", "10")]).unwrap();
    let trusts = |address: &str| {
        let address = address.parse().unwrap();
        config.server.trusted_proxies.iter().any(|network| network.contains(address))
    };
    assert!(["10.9.8.7", "fd12::1", "192.0.2.1", "::ffff:10.0.0.1"].iter().all(|address| trusts(address)));
    assert!(
        ["11.0.0.1", "fe00::1", "192.0.2.2", "::a00:1", "127.0.0.1"].iter().all(|address| !trusts(address))
    );
    assert_eq!(config.server.max_connections_per_address, 3);
    let all: whc_hyper::Network = "0.0.0.0/0".parse().unwrap();
    assert!(all.contains("255.255.255.255".parse().unwrap()) && !all.contains("::1".parse().unwrap()));
    assert_eq!("::/0".parse::<whc_hyper::Network>().unwrap().to_string(), "::/0");
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

#[test]
fn every_variable_is_documented() {
    let chapter = include_str!("../../../docs/CONFIGURATION.md");
    let source = include_str!("../../src/config/server.rs");
    for name in source.split('"').filter(|word| is_variable(word)) {
        assert!(chapter.contains(&format!("`{name}`")), "docs/CONFIGURATION.md lacks {name}");
    }
}

fn is_variable(word: &str) -> bool {
    word.len() > 3 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_')
}
