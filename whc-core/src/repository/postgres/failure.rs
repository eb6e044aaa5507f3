//! What a failure of the database means to the caller.

use std::error::Error as StdError;
use std::future::{Ready, ready};
use std::io;

use tokio::io::Empty;
use tokio_postgres::config::{SslMode, SslNegotiation};
use tokio_postgres::error::{DbError, Severity, SqlState};
use tokio_postgres::tls::{NoTlsStream, TlsConnect};
use tokio_postgres::{Client, Connection};

use crate::error::{Error, Result};

const UNTRUSTED: &str = "its certificate comes from an authority that is not trusted here; give the authority's \
    certificate with sslrootcert or DB_SSLROOTCERT (for RDS, Amazon's bundle), or turn encryption off with \
    sslmode=disable on a network you trust";

/// The failure in the caller's terms. Details for the operator are in the source.
pub(super) fn failed(error: tokio_postgres::Error) -> Error {
    match error.code() {
        Some(code) => refused(code).with_source(without_values(&error, code)),
        None if is_untrusted(&error) => {
            Error::unavailable("the database cannot be reached").with_source(format!("{UNTRUSTED}: {error}"))
        }
        None => Error::unavailable("the database cannot be reached").with_source(error),
    }
}

/// What the server says, without the details: they show whole rows, personal values and all. The server's own log has them.
fn without_values(error: &tokio_postgres::Error, code: &SqlState) -> String {
    let message = error.as_db_error().map_or("an error", DbError::message);
    format!("{message} (SQLSTATE {})", code.code())
}

/// Whether the connection has ended, not just the statement.
pub(super) fn ends_connection(error: &tokio_postgres::Error) -> bool {
    error
        .as_db_error()
        .is_none_or(|answer| matches!(answer.parsed_severity(), Some(Severity::Fatal | Severity::Panic)))
}

/// Whether the server refuses user or password: SQLSTATE 28P01, or 28000 where it knows no such role.
pub(super) fn refuses_login(error: &tokio_postgres::Error) -> bool {
    let refusals = [SqlState::INVALID_PASSWORD, SqlState::INVALID_AUTHORIZATION_SPECIFICATION];
    error.code().is_some_and(|code| refusals.contains(code))
}

/// Wraps `error` in an error of tokio-postgres, the only type that the pool passes on.
///
/// That type has no public constructor. But a TLS handshake may fail with any error, and one before the first byte
/// needs no server: so a handshake that always fails makes the wrapper. Each caller gets the failure of its own attempt.
pub(super) async fn fails_to_open(
    error: Error,
) -> Result<(Client, Connection<Empty, NoTlsStream>), tokio_postgres::Error> {
    let mut settings = tokio_postgres::Config::new();
    settings.ssl_mode(SslMode::Require).ssl_negotiation(SslNegotiation::Direct);
    settings.connect_raw(tokio::io::empty(), FailingHandshake(error)).await
}

/// Why a connection was not opened: unwraps the error of [`fails_to_open`].
pub(super) fn not_opened(error: tokio_postgres::Error) -> Error {
    if error.source().and_then(|source| source.downcast_ref::<Error>()).is_none() {
        return failed(error);
    }
    let source = error.into_source().and_then(|source| source.downcast().ok());
    source.map_or_else(|| Error::unavailable("the database cannot be reached"), |error| *error)
}

struct FailingHandshake(Error);

impl TlsConnect<Empty> for FailingHandshake {
    type Stream = NoTlsStream;
    type Error = Error;
    type Future = Ready<Result<NoTlsStream>>;

    fn connect(self, _: Empty) -> Self::Future {
        ready(Err(self.0))
    }
}

/// The error for a SQLSTATE of the server.
fn refused(code: &SqlState) -> Error {
    match code.code().get(..2).unwrap_or_default() {
        "28" => Error::unavailable("the database refuses the user or the password"),
        "3D" => Error::unavailable("the server has no database of this name"),
        "3F" => wrong_schema(),
        "22" | "23" => Error::internal("the database does not take this data"),
        _ if is_missing_object(code) => wrong_schema(),
        _ if *code == SqlState::INSUFFICIENT_PRIVILEGE => Error::internal(
            "the database user lacks a right it needs: grant it whc_reader to read, whc_writer to write, \
             whc_desk for contacts, the audit and single sites",
        ),
        _ if *code == SqlState::READ_ONLY_SQL_TRANSACTION => {
            Error::unavailable("the database takes no changes just now")
        }
        // Shutdowns, too many connections, deadlocks, lock and statement timeouts: all of them are temporary.
        "08" | "25" | "40" | "53" | "55" | "57" => {
            Error::unavailable("the database is not available just now")
        }
        _ => Error::internal("the database failed"),
    }
}

fn is_missing_object(code: &SqlState) -> bool {
    [SqlState::UNDEFINED_TABLE, SqlState::UNDEFINED_COLUMN, SqlState::UNDEFINED_FUNCTION].contains(code)
}

fn wrong_schema() -> Error {
    Error::incompatible("the database has not the tables this program works on: run `whc migrate`")
}

/// Whether the server's certificate has no trusted issuer. The cause sits inside an I/O error, which hides it from
/// the plain chain of sources.
fn is_untrusted(error: &tokio_postgres::Error) -> bool {
    use rustls::CertificateError::UnknownIssuer;
    use rustls::Error::InvalidCertificate;
    let mut cause = error.source();
    while let Some(error) = cause {
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(InvalidCertificate(UnknownIssuer)) = inner.and_then(|inner| inner.downcast_ref()) {
            return true;
        }
        cause = error.source();
    }
    false
}
