//! Connections to a real server: who is let in, and whom the service trusts.

use std::sync::Mutex;

use whc_core::config::{Credentials, CredentialsProvider, Secret};
use whc_core::testing::{Authority, TestValkey};
use whc_core::{Result, async_trait};

use super::valkey;

#[tokio::test]
async fn it_answers() {
    let server = TestValkey::new().await;
    valkey(&server.config()).ready().await.unwrap();
}

#[tokio::test]
async fn a_server_is_trusted_by_its_certificate_only() {
    let server = TestValkey::protected().await;
    valkey(&server.config()).ready().await.unwrap();

    let stranger = Authority::new("another");
    let mut config = server.config();
    config.root_certificates = Some(stranger.file().to_owned());
    let error = valkey(&config).ready().await.unwrap_err();
    assert!(error.is_unavailable() && error.report().contains("certificate"), "{}", error.report());

    let mut config = server.config();
    config.tls = false;
    assert!(valkey(&config).ready().await.unwrap_err().is_unavailable());
}

#[tokio::test]
async fn another_name_than_that_of_the_certificate_is_refused() {
    let server = TestValkey::protected().await;
    let mut config = server.config();
    // It resolves to this machine, and no certificate of a test names it.
    config.host = "ip6-localhost.localhost".to_owned();
    let error = valkey(&config).ready().await.unwrap_err();
    assert!(error.is_unavailable(), "{}", error.report());
}

#[tokio::test]
async fn a_password_file_is_read_for_every_connection() {
    let server = TestValkey::protected().await;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "first\n").unwrap();
    let mut config = server.config();
    (config.password, config.password_file) = (None, Some(file.path().to_owned()));
    let valkey = valkey(&config);
    valkey.ready().await.unwrap();

    server.set_user(&config.user, "second").await;
    std::fs::write(file.path(), "second\n").unwrap();
    server.disconnect(&config.user).await;
    // Whoever asks first finds out that the connection is gone.
    let _ = valkey.ready().await;
    valkey.ready().await.unwrap();
}

/// Gives passwords out one after the other, and remembers what was refused.
#[derive(Debug)]
struct Rotated {
    user: String,
    passwords: Mutex<Vec<&'static str>>,
    refused: Mutex<Vec<String>>,
}

#[async_trait]
impl CredentialsProvider for Rotated {
    async fn credentials(&self, refused: Option<&Credentials>) -> Result<Credentials> {
        let secret = |credentials: &Credentials| credentials.password.clone().unwrap().reveal().to_owned();
        self.refused.lock().unwrap().extend(refused.map(secret));
        let mut passwords = self.passwords.lock().unwrap();
        let next = if passwords.len() > 1 { passwords.remove(0) } else { passwords[0] };
        Ok(Credentials::new(self.user.clone(), Secret::new(next)))
    }
}

#[tokio::test]
async fn what_was_refused_is_fetched_anew_once() {
    let server = TestValkey::protected().await;
    let mut config = server.config();
    for (passwords, works, refused) in [
        (vec!["old", "first"], true, vec!["old"]),
        (vec!["old"], false, vec!["old"]),
        (vec!["old", "older", "first"], false, vec!["old"]),
    ] {
        let (user, passwords) = (config.user.clone(), Mutex::new(passwords));
        let provider = std::sync::Arc::new(Rotated { user, passwords, refused: Mutex::default() });
        config.provider = Some(provider.clone());
        let outcome = valkey(&config).ready().await;
        assert_eq!(outcome.is_ok(), works, "{outcome:?}");
        assert_eq!(*provider.refused.lock().unwrap(), refused);
        assert!(!format!("{outcome:?}").contains("old"), "{outcome:?}");
    }
}
