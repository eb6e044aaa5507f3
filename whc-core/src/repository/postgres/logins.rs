//! Passwords of the users that programs log in as.

use std::sync::Arc;

use postgres_protocol::escape::{escape_identifier, escape_literal};
use postgres_protocol::password::scram_sha_256;
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::Type;

use super::PostgresSites;
use super::connect::Connector;
use super::failure::failed;
use super::pool::within;
use crate::config::{Credentials, DatabaseConfig, Secret};
use crate::error::{Error, Result};
use crate::repository::{SiteRepository as _, Version};

/// A login whose password may be changed here: a member of our groups that is not, and cannot become, a role with rights
/// over others. To PostgreSQL every role is a member of itself, and a superuser is one of every role.
const OURS: &str = "SELECT FROM pg_catalog.pg_roles AS login \
    WHERE rolname = $1 AND rolcanlogin AND rolname <> current_user AND EXISTS ( \
        SELECT FROM pg_catalog.pg_roles AS granted WHERE granted.rolname IN ('whc_reader', 'whc_writer', 'whc_desk') \
            AND pg_catalog.pg_has_role(login.oid, granted.oid, 'MEMBER')) AND NOT EXISTS ( \
        SELECT FROM pg_catalog.pg_roles AS power WHERE (rolsuper OR rolcreaterole OR rolname = 'rds_superuser') \
            AND pg_catalog.pg_has_role(login.oid, power.oid, 'MEMBER'))";

const EXISTS: &str = "SELECT FROM pg_catalog.pg_roles WHERE rolname = $1";

/// PostgreSQL cuts off what is longer.
const LONGEST_NAME: usize = 63;

/// Changes the passwords of the users that programs log in as, for their rotation.
///
/// ```no_run
/// # async fn example(administrator: whc_core::config::DatabaseConfig) -> whc_core::Result<()> {
/// use whc_core::Logins;
/// use whc_core::config::{Credentials, Secret};
/// let logins = Logins::new(&administrator);
/// let next = Credentials::new("whc_web", Secret::new("a new one"));
/// logins.set_password(&next).await?;
/// logins.try_out(&next).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Logins {
    config: DatabaseConfig,
}

impl Logins {
    /// The logins of this database; the user of the configuration changes them.
    #[must_use]
    pub fn new(config: &DatabaseConfig) -> Self {
        Self { config: config.clone() }
    }

    /// Sets the next password of a login. Only its verifier (SCRAM) is sent, so no log has the password.
    ///
    /// # Errors
    /// A login that is not a member of `whc_reader`, `whc_writer` or `whc_desk`, or could make roles as itself or another, is refused,
    /// and so is one over which the user of the configuration has no right.
    pub async fn set_password(&self, next: &Credentials) -> Result<()> {
        let session = self.open().await?;
        self.expect_ours(&session, &next.user).await?;
        self.run(&session, &change_password(next), &next.user).await
    }

    /// The same for the twin of a login: a second role with all its rights, which is created if it does not exist.
    ///
    /// # Errors
    /// As [`set_password`](Self::set_password), for the login and for a twin that is there.
    pub async fn set_twin_password(&self, login: &str, next: &Credentials) -> Result<()> {
        let twin = &next.user;
        if twin.len() > LONGEST_NAME {
            return Err(Error::refused(format!("{twin} is too long for the name of a user")));
        }
        let session = self.open().await?;
        self.expect_ours(&session, login).await?;
        let (name, original) = (escape_identifier(twin), escape_identifier(login));
        let exists = self.finds(&session, EXISTS, twin).await?;
        if exists {
            self.expect_ours(&session, twin).await?;
        }
        let create = if exists { String::new() } else { format!("CREATE ROLE {name} LOGIN; ") };
        // Sent together, the statements are one transaction.
        let change = change_password(next);
        self.run(&session, &format!("{create}GRANT {original} TO {name}; {change}"), login).await
    }

    /// Logs in with these credentials, reads, and says what version the sites have.
    ///
    /// # Errors
    /// An unavailable error where the server refuses them or does not answer, an internal one where they lack a right.
    pub async fn try_out(&self, credentials: &Credentials) -> Result<Version> {
        let provider = Some(Arc::new(credentials.clone()) as _);
        PostgresSites::new(&DatabaseConfig { provider, ..self.config.clone() })?.version().await
    }

    async fn open(&self) -> Result<Client> {
        Ok(Connector::new(&self.config)?.open().await?.0)
    }

    async fn expect_ours(&self, session: &Client, login: &str) -> Result<()> {
        if self.finds(session, OURS, login).await? {
            return Ok(());
        }
        let message = format!(
            "the password of {login} is not changed here: no login of this name is a member of whc_reader, \
             whc_writer or whc_desk without being able to make roles"
        );
        Err(Error::refused(message))
    }

    async fn finds(&self, session: &Client, question: &str, login: &str) -> Result<bool> {
        let answer = async {
            let rows = session.query_typed(question, &[(&login, Type::TEXT)]).await;
            rows.map_err(failed)
        };
        Ok(!within(self.config.query_timeout, answer).await?.is_empty())
    }

    async fn run(&self, session: &Client, statements: &str, login: &str) -> Result<()> {
        let answer = async {
            session.batch_execute(statements).await.map_err(|error| match error.code() {
                Some(&SqlState::INSUFFICIENT_PRIVILEGE) => forbidden(login).with_source(error),
                _ => failed(error),
            })
        };
        within(self.config.query_timeout, answer).await
    }
}

fn forbidden(login: &str) -> Error {
    Error::refused(format!(
        "who changes passwords may not change that of {login}: it takes CREATEROLE and, since PostgreSQL 16, GRANT \
         {login} WITH ADMIN OPTION, which whoever made {login} has (a twin needs it too)"
    ))
}

/// With the verifier in place of the password, since statements are logged.
fn change_password(next: &Credentials) -> String {
    let password = next.password.as_ref().map_or("", Secret::reveal);
    let verifier = scram_sha_256(password.as_bytes());
    format!("ALTER ROLE {} PASSWORD {}", escape_identifier(&next.user), escape_literal(&verifier))
}
