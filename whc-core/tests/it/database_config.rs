//! The database settings, as operators write them.

use std::time::Duration;

use whc_core::Config;
use whc_core::config::{DatabaseConfig, TlsMode, Variables};

#[test]
fn urls_are_read_as_libpq_reads_them() {
    for (url, expected) in [
        ("postgres://web@db/whc", "web@db:5432/whc"),
        ("postgresql://web:pass@db.example:6543/whc", "web@db.example:6543/whc"),
        ("ecto://web:pass@db/whc", "web@db:5432/whc"),
        ("postgres://web@10.0.0.1/whc", "web@10.0.0.1:5432/whc"),
        ("postgres://web@[::1]:5433/whc", "web@::1:5433/whc"),
        ("postgres://we%40b@db/w%2Fhc", "we@b@db:5432/w/hc"),
        ("postgres://web@%2Fvar%2Frun/whc", "web@/var/run:5432/whc"),
        ("postgres://web@/whc?host=/var/run/postgresql", "web@/var/run/postgresql:5432/whc"),
        ("postgres://web@localhost/whc?host=%2Fvar%2Frun%2Fpg", "web@/var/run/pg:5432/whc"),
    ] {
        let config = DatabaseConfig::from_url(url).unwrap_or_else(|error| panic!("{url}: {error}"));
        assert_eq!(config.to_string(), expected);
    }
    let url = "postgres://web:p%40s%2Fs+%25@db/whc?sslmode=verify-ca&sslrootcert=/etc/a%20b+c.pem\
        &connect_timeout=7&application_name=curator";
    let config = DatabaseConfig::from_url(url).unwrap();
    assert_eq!(config.password.unwrap().reveal(), "p@s/s+%");
    assert_eq!(config.tls, TlsMode::Require);
    assert_eq!(config.root_certificates.unwrap().to_str(), Some("/etc/a b+c.pem"));
    assert_eq!(
        (config.connect_timeout, config.application_name.as_str()),
        (Duration::from_secs(7), "curator")
    );
}

#[test]
fn a_bad_url_is_explained_without_its_password() {
    for (url, words) in [
        ("mysql://web:hunter2@db/whc", "postgres://user:password@host"),
        ("web:hunter2@db/whc", "postgres://user:password@host"),
        ("postgres://web:hunter2@db:port/whc", "percent-encoded"),
        ("postgres://web:hunter2/x@db/whc", "percent-encoded"),
        ("postgres://web:12#hunter2@db/whc", "(%2F %40 %23 %3F %25)"),
        ("postgres://web:hunter2#x@db/whc", "%23"),
        ("postgres://web:12?hunter2@db/whc", "%3F"),
        ("postgres://web:hunter2@db/", "DB_NAME"),
        ("postgres://:hunter2@db/whc", "DB_USER"),
        ("postgres://web:hunter2@db:0/whc", "from 1 to 65535"),
        ("postgres://web:hunter2@a,b/whc", "one host"),
        ("postgres://web:hunter2%ff@db/whc", "UTF-8"),
        ("postgres://web:hunter2@db/whc?sslmode=allow", "verify-full"),
        ("postgres://web:hunter2@db/whc?connect_timeout=soon", "seconds"),
        ("postgres://web:hunter2@db/whc?connect_timeout=0", "0.001 to 600"),
        ("postgres://web:hunter2@db/whc?target_session_attrs=any", "\"target_session_attrs\"; known are"),
    ] {
        let error = DatabaseConfig::from_url(url).unwrap_err();
        assert!(error.is_invalid() && error.to_string().contains(words), "{url}: {error}");
        assert!(
            !error.report().contains("hunter2") && !format!("{error:?}").contains("hunter2"),
            "{error:?}"
        );
    }
}

#[test]
fn parts_replace_those_of_the_url() {
    let read = |set: &[(&str, &str)]| {
        Config::from_variables(&Variables::new(|name| {
            set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        }))
        .map(|config| config.database)
    };
    assert_eq!(read(&[]).unwrap(), None);
    assert_eq!(read(&[("DATABASE_URL", " "), ("DB_POOL_SIZE", "3")]).unwrap(), None);
    let parts = [("DB_HOST", "db"), ("DB_NAME", "whc"), ("DB_USER", "web"), ("DB_PASSWORD", " p ")];
    let config = read(&parts).unwrap().unwrap();
    assert_eq!(config.to_string(), "web@db:5432/whc");
    assert_eq!(config.password.clone().unwrap().reveal(), " p ");
    assert_eq!((config.pool_size, config.tls), (8, TlsMode::Prefer));
    assert!(!format!("{config:?}").contains(" p "));

    let url = ("DATABASE_URL", "postgres://web@db/whc?sslmode=disable");
    let config = read(&[url, ("DB_PASSWORD", "secret"), ("DB_SSLMODE", "require"), ("DB_PORT", "1234")]);
    let config = config.unwrap().unwrap();
    assert_eq!((config.to_string().as_str(), config.tls), ("web@db:1234/whc", TlsMode::Require));
    assert_eq!(config.password.unwrap().reveal(), "secret");

    for (set, words) in [
        (vec![("DB_PASSWORD", "secret")], "neither DB_HOST nor DATABASE_URL"),
        (vec![("DB_PASSWORD_FILE", "/run/secrets/db")], "neither DB_HOST nor DATABASE_URL"),
        (vec![url, ("DB_PASSWORD", "secret"), ("DB_PASSWORD_FILE", "/run/secrets/db")], "both set"),
        (vec![("DB_HOST", "db"), ("DB_NAME", "whc")], "DB_USER"),
        (vec![url, ("DB_POOL_SIZE", "0")], "DB_POOL_SIZE"),
        (vec![url, ("DB_POOL_SIZE", "1001")], "1 to 1000"),
        (vec![url, ("DB_PORT", "70000")], "DB_PORT"),
        (vec![url, ("DB_QUERY_TIMEOUT_SECONDS", "0")], "DB_QUERY_TIMEOUT_SECONDS"),
        (vec![url, ("DB_CONNECT_TIMEOUT_SECONDS", "601")], "DB_CONNECT_TIMEOUT_SECONDS"),
        (vec![url, ("DB_SSLMODE", "yes")], "DB_SSLMODE"),
        (vec![("DATABASE_URL", "nonsense")], "DATABASE_URL"),
    ] {
        let error = read(&set).unwrap_err();
        assert!(error.is_invalid() && error.to_string().contains(words), "{set:?}: {error}");
    }
}

#[test]
fn who_writes_is_another_login_of_the_same_database_or_of_another() {
    let read = |set: &[(&str, &str)]| {
        Config::from_variables(&Variables::new(|name| {
            set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        }))
        .map(|config| config.write)
    };
    let main = ("DATABASE_URL", "postgres://web:read@db/whc");
    assert_eq!(read(&[main, ("DB_WRITE_POOL_SIZE", "2")]).unwrap(), None);
    let set = [main, ("DB_WRITE_USER", "desk"), ("DB_SSLMODE", "require"), ("DB_POOL_SIZE", "3")];
    let config = read(&set).unwrap().unwrap();
    assert_eq!((config.to_string().as_str(), config.tls), ("desk@db:5432/whc", TlsMode::Require));
    assert_eq!((config.password, config.pool_size), (None, 3), "the password is the reader's");
    let url = ("DATABASE_WRITE_URL", "postgres://desk@writer:6432/whc");
    let set = [
        main,
        url,
        ("DB_WRITE_PASSWORD", "write"),
        ("DB_PASSWORD", "x"),
        ("DB_WRITE_POOL_SIZE", "2"),
        ("DB_QUERY_TIMEOUT_SECONDS", "9"),
    ];
    let config = read(&set).unwrap().unwrap();
    assert_eq!((config.to_string().as_str(), config.pool_size), ("desk@writer:6432/whc", 2));
    assert_eq!(config.query_timeout, Duration::from_secs(9));
    assert_eq!(config.password.unwrap().reveal(), "write");
    for (set, words) in [
        (vec![url], "neither DB_HOST nor DATABASE_URL"),
        (vec![main, ("DB_WRITE_PASSWORD", "write")], "DB_WRITE_USER"),
        (vec![main, ("DATABASE_WRITE_URL", "hunter2")], "DATABASE_WRITE_URL"),
        (vec![main, url, ("DB_WRITE_PASSWORD", "a"), ("DB_WRITE_PASSWORD_FILE", "/a")], "both set"),
    ] {
        let error = read(&set).unwrap_err();
        assert!(error.is_invalid() && error.to_string().contains(words), "{set:?}: {error}");
        assert!(!error.report().contains("hunter2"));
    }
}

#[test]
fn the_way_to_hear_of_changes_is_another_place_with_the_same_trust() {
    let read = |set: &[(&str, &str)]| {
        Config::from_variables(&Variables::new(|name| {
            set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        }))
        .map(|config| config.listen)
    };
    let main = ("DATABASE_URL", "postgres://web@proxy/whc");
    let listen = ("DATABASE_LISTEN_URL", "postgres://web@db:5433/whc");
    assert_eq!(read(&[main]).unwrap(), None);
    let set = [main, listen, ("DB_HOST", "other"), ("DB_PASSWORD", "secret"), ("DB_SSLMODE", "require")];
    let config = read(&set).unwrap().unwrap();
    assert_eq!((config.to_string().as_str(), config.tls), ("web@db:5433/whc", TlsMode::Require));
    assert_eq!(config.password.unwrap().reveal(), "secret");
    for (set, words) in [
        (vec![listen], "neither DB_HOST nor DATABASE_URL"),
        (vec![main, ("DATABASE_LISTEN_URL", "postgres://web:hunter2@/whc")], "DATABASE_LISTEN_URL"),
    ] {
        let error = read(&set).unwrap_err().to_string();
        assert!(error.contains(words) && !error.contains("hunter2"), "{set:?}: {error}");
    }
}

#[test]
fn a_program_with_logins_of_its_own_needs_no_user() {
    let set =
        [("DB_HOST", "db"), ("DB_NAME", "whc"), ("DATABASE_LISTEN_URL", "postgres://direct.example/whc")];
    let lookup = |name: &str| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
    let config = Config::without_user(&Variables::new(lookup)).unwrap();
    assert_eq!(config.listen.as_ref().unwrap().to_string(), "@direct.example:5432/whc");
    let error = config.expect_user("DB_USER").unwrap_err().to_string();
    assert_eq!(error, "the database settings name no user (DB_USER)");
}
