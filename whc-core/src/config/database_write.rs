//! The login that writes, where it is another one than that which reads.

use super::database::DatabaseConfig;
use super::{Secret, Variables, database_url};
use crate::error::{Error, Result};

/// The variable that names the user.
pub(super) const USER: &str = "DB_WRITE_USER";

const URL: &str = "DATABASE_WRITE_URL";
const PASSWORD: &str = "DB_WRITE_PASSWORD";
const PASSWORD_FILE: &str = "DB_WRITE_PASSWORD_FILE";
const POOL_SIZE: &str = "DB_WRITE_POOL_SIZE";

impl DatabaseConfig {
    /// The login that writes; `None` where no variable is set. Where no URL is set it is one of the same database. It
    /// shares everything with the login that reads but the user and the password.
    pub(super) fn read_write(variables: &Variables<'_>, reading: Option<&Self>) -> Result<Option<Self>> {
        let set =
            [URL, USER, PASSWORD, PASSWORD_FILE].into_iter().find(|name| variables.text(name).is_some());
        let Some(first) = set else { return Ok(None) };
        let reading = reading.ok_or_else(|| {
            Error::invalid(format!("{first} is set, but neither DB_HOST nor DATABASE_URL says where to read"))
        })?;
        let mut config = match variables.text(URL) {
            None => reading.without_login(),
            Some(url) => {
                let mut config = database_url::parse(url.trim()).map_err(|error| error.within(URL))?;
                config.replace_shared(variables)?;
                Self { pool_size: reading.pool_size, ..config }
            }
        };
        if let Some(user) = variables.text(USER) {
            user.trim().clone_into(&mut config.user);
        }
        if let Some(password) = variables.text(PASSWORD) {
            config.password = Some(Secret::new(password));
        }
        if let Some(path) = variables.text(PASSWORD_FILE) {
            if variables.text(PASSWORD).is_some() {
                let message = format!("{PASSWORD} and {PASSWORD_FILE} are both set; one of them is enough");
                return Err(Error::invalid(message));
            }
            config.password_file = Some(path.trim().into());
        }
        config.pool_size = variables.count(POOL_SIZE)?.unwrap_or(config.pool_size);
        config.complete().map(Some).map_err(|error| error.within("the login that writes"))
    }

    /// The same database with the same trust, for another login.
    #[must_use]
    pub fn without_login(&self) -> Self {
        Self { user: String::new(), password: None, password_file: None, provider: None, ..self.clone() }
    }
}
