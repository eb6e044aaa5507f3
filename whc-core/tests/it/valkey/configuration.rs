//! The settings of Valkey, as operators write them.

use whc_core::Config;
use whc_core::config::{ValkeyConfig, Variables};

use super::SECRET;

fn read(set: &[(&str, &str)]) -> whc_core::Result<Option<ValkeyConfig>> {
    Config::from_variables(&Variables::new(|name| {
        set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }))
    .map(|config| config.valkey)
}

#[test]
fn urls_are_read_as_the_tools_of_redis_read_them() {
    for (url, shown, tls, database) in [
        ("redis://cache", "cache:6379", false, 0),
        ("valkey://cache:6380/2", "cache:6380", false, 2),
        ("rediss://app:secret@cache.example/", "app@cache.example:6379", true, 0),
        ("valkeys://ap%40p@[::1]:7000", "ap@p@::1:7000", true, 0),
    ] {
        let config = ValkeyConfig::from_url(url).unwrap_or_else(|error| panic!("{url}: {error}"));
        assert_eq!((config.to_string().as_str(), config.tls, config.database), (shown, tls, database));
    }
    let config = ValkeyConfig::from_url("rediss://:p%40s%2Fs@cache").unwrap();
    assert_eq!(config.password.as_ref().unwrap().reveal(), "p@s/s");
    assert!(config.user.is_empty() && !format!("{config:?}").contains("p@s/s"));
}

#[test]
fn a_bad_url_is_explained_without_its_password() {
    for (url, words) in [
        ("http://app:hunter2@cache", "rediss://user:password@host"),
        ("cache:6379", "rediss://user:password@host"),
        ("redis://app:hunter2@cache/first", "number of a database"),
        ("redis://app:hunter2@cache?protocol=3", "no parameters"),
        ("redis://app:hunter2@cache:0", "from 1 to 65535"),
        ("redis://app:hunter2%ff@cache", "UTF-8"),
        ("redis://", "VALKEY_HOST"),
    ] {
        let error = ValkeyConfig::from_url(url).unwrap_err();
        assert!(error.is_invalid() && error.to_string().contains(words), "{url}: {error}");
        assert!(
            !error.report().contains("hunter2") && !format!("{error:?}").contains("hunter2"),
            "{error:?}"
        );
    }
}

#[test]
fn parts_replace_those_of_the_url_and_names_of_others_count() {
    assert_eq!(read(&[]).unwrap(), None);
    let parts = [("VALKEY_HOST", "cache"), ("VALKEY_USER", "app"), ("VALKEY_PASSWORD", " p ")];
    let config = read(&parts).unwrap().unwrap();
    assert_eq!((config.to_string().as_str(), config.tls), ("app@cache:6379", true), "encrypted unless told");
    assert_eq!(config.password.unwrap().reveal(), " p ");
    let lifi = read(&[("REDIS_HOST", "redis://redis:6379")]).unwrap().unwrap();
    assert_eq!((lifi.to_string().as_str(), lifi.tls), ("redis:6379", false));
    let url = ("VALKEY_URL", "redis://cache");
    let mixed = [url, ("VALKEY_PORT", "1"), ("VALKEY_SSL", "true"), ("VALKEY_CACHE_TIMEOUT_SECONDS", "0.02")];
    let config = read(&mixed).unwrap().unwrap();
    assert_eq!((config.port, config.tls, config.cache_timeout.as_millis()), (1, true, 20));
    for (set, words) in [
        (
            &[("VALKEY_PASSWORD", "hunter2")][..],
            "VALKEY_PASSWORD is set, but neither VALKEY_HOST nor VALKEY_URL",
        ),
        (&[url, ("REDIS_HOST", "redis://cache")], "VALKEY_URL and REDIS_HOST are both set"),
        (
            &[url, ("VALKEY_PASSWORD", "hunter2"), ("VALKEY_PASSWORD_FILE", "/f")],
            "VALKEY_PASSWORD_FILE are both set",
        ),
        (&[url, ("VALKEY_PORT", "99999")], "VALKEY_PORT must be a port"),
        (&[url, ("VALKEY_SSL", "maybe")], "VALKEY_SSL must be true or false"),
        (&[url, ("VALKEY_PREFIX", "a b")], "VALKEY_PREFIX must be up to 64 letters"),
        (&[url, ("VALKEY_TIMEOUT_SECONDS", "0")], "VALKEY_TIMEOUT_SECONDS must be from 0.001"),
        (&[("REDIS_HOST", "redis")], "REDIS_HOST: the URL of Valkey is written"),
    ] {
        let error = read(set).unwrap_err();
        assert!(error.is_invalid() && error.to_string().contains(words), "{error}");
        assert!(!error.to_string().contains("hunter2"));
    }
}

#[test]
fn production_is_encrypted_and_has_a_secret() {
    let production = ("WHC_ENV", "production");
    let secret = ("SECRET_KEY_BASE", SECRET);
    for (set, words) in [
        (
            &[production, secret, ("VALKEY_URL", "redis://cache")][..],
            "write rediss: in VALKEY_URL, or set VALKEY_SSL=true",
        ),
        (&[production, secret, ("VALKEY_HOST", "10.0.0.1"), ("VALKEY_SSL", "false")], "VALKEY_SSL=true"),
        (&[production, ("VALKEY_URL", "rediss://cache")], "SECRET_KEY_BASE or SECRET_KEY_BASE_FILE"),
    ] {
        let error = read(set).unwrap_err();
        assert!(error.is_invalid() && error.to_string().contains(words), "{error}");
        assert!(read(&set[1..]).is_ok(), "elsewhere it is for those who try");
    }
    for url in ["rediss://cache", "redis://localhost", "redis://127.0.0.1", "redis://[::1]"] {
        assert!(read(&[production, secret, ("VALKEY_URL", url)]).is_ok(), "{url}");
    }
}
