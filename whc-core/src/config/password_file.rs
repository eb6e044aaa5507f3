//! A login whose password is in a file, which is read for every connection.

use std::path::{Path, PathBuf};

use async_trait::async_trait;

use super::{Credentials, CredentialsProvider, Secret};
use crate::error::{Error, Result};

/// A user whose password is in a file, which is read for every connection.
#[derive(Clone, Debug)]
pub(crate) struct PasswordFile {
    user: String,
    path: PathBuf,
    /// The variable that names the file.
    variable: &'static str,
}

impl PasswordFile {
    pub(crate) fn new(user: &str, path: &Path, variable: &'static str) -> Self {
        Self { user: user.to_owned(), path: path.to_owned(), variable }
    }
}

#[async_trait]
impl CredentialsProvider for PasswordFile {
    async fn credentials(&self, _: Option<&Credentials>) -> Result<Credentials> {
        let unreadable = |error| {
            let (variable, path) = (self.variable, self.path.display());
            Error::unavailable("the password of a store cannot be read")
                .with_source(format!("{variable} {path}: {error}"))
        };
        let text = tokio::fs::read_to_string(&self.path).await.map_err(unreadable)?;
        // Editors and `echo` add a line end, which is not part of the password.
        let password = Secret::new(text.trim_end_matches(['\r', '\n']));
        Ok(Credentials { user: self.user.clone(), password: Some(password) })
    }
}
