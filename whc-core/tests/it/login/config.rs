//! The settings of logins: what is half done does not start.

use whc_core::Config;
use whc_core::config::{ClientSecret, Destination, ResponseMode, Variables};

use super::{HERE, KEY, config_of};

fn config(set: &[(&str, &str)]) -> whc_core::Result<Config> {
    let lookup = |name: &str| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
    Config::from_variables(&Variables::new(lookup))
}

#[test]
fn settings_are_read() {
    let set = [
        ("GOOGLE_CLIENT_ID", "google client"),
        ("GOOGLE_CLIENT_SECRET", "s3cret"),
        ("APPLE_CLIENT_ID", "apple client"),
        ("APPLE_TEAM_ID", "team"),
        ("APPLE_KEY_ID", "key"),
        ("APPLE_PRIVATE_KEY", "-----BEGIN PRIVATE KEY-----\\ns3cret"),
        ("OIDC_PROVIDERS", "keycloak, our-own"),
        ("OIDC_KEYCLOAK_ISSUER", "https://login.example/realms/a"),
        ("OIDC_KEYCLOAK_CLIENT_ID", "a"),
        ("OIDC_KEYCLOAK_CLIENT_SECRET", "s3cret"),
        ("OIDC_OUR_OWN_ISSUER", "https://own.example"),
        ("OIDC_OUR_OWN_CLIENT_ID", "b"),
        ("OIDC_OUR_OWN_CLIENT_SECRET", "s3cret"),
        ("OIDC_OUR_OWN_SCOPES", "openid groups"),
        ("OIDC_OUR_OWN_TITLE", "Our own"),
    ];
    let config = config(&set).unwrap();
    let providers = &config.login.providers;
    let names: Vec<_> = providers.iter().map(|provider| (&*provider.name, &*provider.title)).collect();
    let expected =
        [("google", "Google"), ("apple", "Apple"), ("keycloak", "Keycloak"), ("our-own", "Our own")];
    assert_eq!(names, expected);
    assert_eq!(providers[1].response_mode, ResponseMode::FormPost);
    assert_eq!(providers[3].scopes, ["openid", "groups"]);
    let ClientSecret::Apple { private_key, .. } = &providers[1].secret else { panic!("Apple has a key") };
    assert!(private_key.reveal().contains("-----\ns3cret"));
    assert!(!format!("{config:?}").contains("s3cret"));
}

#[test]
fn what_is_half_done_names_what_is_missing() {
    let keycloak = ("OIDC_PROVIDERS", "keycloak");
    for (set, expected) in [
        (vec![("GOOGLE_CLIENT_ID", "a")], "GOOGLE_CLIENT_SECRET is missing"),
        (vec![("GOOGLE_CLIENT_SECRET", "a")], "GOOGLE_CLIENT_ID is missing"),
        (vec![("APPLE_CLIENT_ID", "a")], "APPLE_TEAM_ID is missing"),
        (vec![("APPLE_CLIENT_ID", "a"), ("APPLE_TEAM_ID", "a")], "APPLE_KEY_ID is missing"),
        (
            vec![("APPLE_CLIENT_ID", "a"), ("APPLE_TEAM_ID", "a"), ("APPLE_KEY_ID", "a")],
            "APPLE_PRIVATE_KEY is missing",
        ),
        (vec![keycloak], "OIDC_KEYCLOAK_ISSUER is missing"),
        (
            vec![keycloak, ("OIDC_KEYCLOAK_ISSUER", "http://a.example")],
            "OIDC_KEYCLOAK_ISSUER: what is fetched",
        ),
        (vec![("OIDC_PROVIDERS", "Key_cloak")], "OIDC_PROVIDERS: a provider has a name of small letters"),
        (vec![("OIDC_PROVIDERS", "logout")], "OIDC_PROVIDERS: the name logout is taken"),
        (vec![("AUTH_SUCCESS_REDIRECT", "//evil.example")], "AUTH_SUCCESS_REDIRECT: a path of this service"),
        (vec![("AUTH_LOGOUT_REDIRECT", "http://a.example/")], "AUTH_LOGOUT_REDIRECT: people are sent to"),
        (vec![("SECRET_KEY_BASE", "short")], "SECRET_KEY_BASE: secret 1 has 5 letters"),
        (vec![("SECRET_KEY_BASE", KEY), ("SECRET_KEY_BASE_FILE", "a")], "both set"),
        (vec![("SECRET_KEY_BASE_FILE", "/none")], "SECRET_KEY_BASE_FILE: /none cannot be read"),
        (vec![("SESSION_IDLE_SECONDS", "5")], "SESSION_IDLE_SECONDS must be a number of seconds from 60"),
    ] {
        let message = config(&set).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }
    for (name, value, expected) in [
        ("OIDC_TEST_SCOPES", "email", "OIDC_TEST_SCOPES must have openid"),
        (
            "OIDC_TEST_GROUPS",
            "curators",
            "OIDC_TEST_GROUPS: a group is given scopes like curators=sites:write",
        ),
        ("OIDC_TEST_GROUPS", "a=sites:wirte", "OIDC_TEST_GROUPS: a scope is one of"),
        (
            "OIDC_TEST_RESPONSE_MODE",
            "fragment",
            "OIDC_TEST_RESPONSE_MODE: a response mode is query or form_post",
        ),
        (
            "OIDC_TEST_CLIENT_SECRET_FILE",
            "/none",
            "OIDC_TEST_CLIENT_SECRET and OIDC_TEST_CLIENT_SECRET_FILE are both set",
        ),
    ] {
        let message = config_of("https://login.example", &[(name, value)]).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }
}

/// Names are told by programs that know them all.
#[test]
fn a_provider_that_is_not_named_is_told() {
    let of = |set: &[(&str, &str)]| {
        let lookup =
            |name: &str| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let names = set.iter().map(|(name, _)| (*name).to_owned());
        Config::from_variables(&Variables::new(lookup).among(names))
    };
    let issuer = ("OIDC_OUR_OWN_ISSUER", "https://own.example");
    let error = of(&[issuer]).unwrap_err().to_string();
    let words =
        "OIDC_OUR_OWN_ISSUER is set, but OIDC_PROVIDERS does not name our-own: set OIDC_PROVIDERS=our-own";
    assert!(error.starts_with(words), "{error}");
    let complete = [
        issuer,
        ("OIDC_OUR_OWN_CLIENT_ID", "a"),
        ("OIDC_OUR_OWN_CLIENT_SECRET", "a"),
        ("OIDC_PROVIDERS", "our-own"),
    ];
    assert!(of(&complete).is_ok());
    let error = of(&[&complete[..], &[("OIDC_KEYCLOAK_CLIENT_SECRET_FILE", "a")]].concat()).unwrap_err();
    assert!(error.to_string().contains("set OIDC_PROVIDERS=our-own,keycloak"), "{error}");
    assert!(of(&[("OIDC_ISSUER", "another program's"), ("OIDC_X_ISSUER", " ")]).is_ok());
    let error = of(&[("GOOGLE_SCOPES", "openid")]).unwrap_err().to_string();
    assert!(error.starts_with("GOOGLE_CLIENT_SECRET is missing"), "{error}");
}

#[test]
fn what_went_wrong_is_told_in_the_query_of_an_address() {
    for (address, expected) in [
        ("https://app.example/", "https://app.example/?error=no"),
        ("https://app.example/?a=1", "https://app.example/?a=1&error=no"),
        ("https://app.example/#/home", "https://app.example/?error=no#/home"),
        ("https://app.example/?a=1#/home?b", "https://app.example/?a=1&error=no#/home?b"),
        ("/welcome", "/whc/welcome?error=no"),
    ] {
        let destination: Destination = address.parse().unwrap();
        assert_eq!(destination.address_with("/whc", ("error", "no")), expected);
    }
}

#[test]
fn where_others_use_it_a_login_needs_tls_and_a_secret() {
    let production = ("WHC_ENV", "production");
    let missing = |set: &[(&str, &str)]| config_of("https://login.example", set).unwrap_err().to_string();
    assert!(missing(&[production, ("SECRET_KEY_BASE", "")]).contains("SECRET_KEY_BASE is missing"));
    for url in ["", "/whc", "http://heritage.example", "http://localhost:4000"] {
        assert!(
            missing(&[production, ("PUBLIC_URL", url)]).contains("PUBLIC_URL must be the https address"),
            "{url}"
        );
    }
    assert!(missing(&[("PUBLIC_URL", "http://heritage.example")]).contains("PUBLIC_URL must be"));
    for url in ["", "/whc", "http://localhost:4000", "http://127.0.0.1:4000/whc", "http://[::1]:4000", HERE] {
        assert!(
            config_of("https://login.example", &[("PUBLIC_URL", url), ("SECRET_KEY_BASE", "")]).is_ok(),
            "{url}"
        );
    }
    assert!(config_of("https://login.example", &[production]).is_ok());
    assert!(config(&[production]).is_ok(), "without a provider nothing is needed");
}

/// What docs/OPERATIONS.md tells an operator to set, to the letter: what all need, and each provider with it.
#[test]
fn every_recipe_for_operators_starts() {
    let guide = include_str!("../../../../docs/OPERATIONS.md");
    let chapter = guide.split("\n## Logins\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let blocks = chapter.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let blocks: Vec<_> = blocks.map(assignments).collect();
    let (common, recipes) = blocks.split_first().unwrap();
    let key = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(key.path(), "-----BEGIN PRIVATE KEY-----").unwrap();
    let mut names = Vec::new();
    for recipe in recipes {
        let set = || common.iter().chain(recipe);
        let lookup = |name: &str| {
            let (_, value) = set().find(|(known, _)| known == name)?;
            Some(match value {
                made if made.starts_with("$(") => KEY.to_owned(),
                _ if name.ends_with("_FILE") => key.path().display().to_string(),
                value => value.clone(),
            })
        };
        let variables = Variables::new(lookup).among(set().map(|(name, _)| name.clone()));
        let config = Config::from_variables(&variables).unwrap_or_else(|error| panic!("{recipe:?}: {error}"));
        assert!(config.expect_safe_logins(true).is_ok(), "{recipe:?}");
        let [provider] = config.login.providers.as_slice() else { panic!("{recipe:?} is one provider") };
        let known = provider.variables();
        let others = recipe.iter().filter(|(name, _)| name != "OIDC_PROVIDERS" && !known.contains(name));
        assert_eq!(others.count(), 0, "{recipe:?} has what nobody reads");
        names.push(provider.name.clone());
    }
    assert_eq!(names, ["keycloak", "cognito", "google", "apple"]);
}

/// The variables that lines of a shell set.
fn assignments(block: &str) -> Vec<(String, String)> {
    let mut assignments = Vec::new();
    for line in block.lines() {
        let mut rest = line.split(" #").next().unwrap().trim();
        while let Some((name, value)) = rest.split_once('=') {
            let (value, after) = match value.strip_prefix('\'') {
                Some(quoted) => quoted.split_once('\'').unwrap(),
                None if value.starts_with("$(") => (value, ""),
                None => value.split_once(' ').unwrap_or((value, "")),
            };
            assignments.push((name.to_owned(), value.to_owned()));
            rest = after.trim();
        }
    }
    assignments
}
