//! The URL of a database as libpq, Ecto and most hosting services write it.

use std::borrow::Cow;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use url::Url;

use super::{DatabaseConfig, Secret, Variables};
use crate::error::{Error, Result};

/// The configuration in the URL; parts it leaves out have their defaults and may be empty. Errors never show the URL.
pub(super) fn parse(text: &str) -> Result<DatabaseConfig> {
    let url = Url::parse(&with_host(text)).map_err(|error| shaped_otherwise().with_source(error))?;
    if !matches!(url.scheme(), "postgres" | "postgresql" | "ecto") {
        return Err(shaped_otherwise());
    }
    // A password ends the URL, or begins its parameters, where it has these characters as they are.
    let cut = url
        .query()
        .and_then(|query| query.split(['=', '&']).next())
        .is_some_and(|name| name.contains(['@', '/']));
    if url.fragment().is_some() || cut {
        return Err(shaped_otherwise());
    }
    let mut config = DatabaseConfig {
        host: decode("host", url.host_str().unwrap_or_default())?.trim().to_owned(),
        name: decode("database name", url.path().trim_start_matches('/'))?,
        user: decode("user", url.username())?,
        password: url.password().map(|text| decode("password", text).map(Secret::new)).transpose()?,
        ..DatabaseConfig::default()
    };
    // An IPv6 address has brackets in a URL and none where a socket is opened.
    if let Some(address) = config.host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        config.host = address.to_owned();
    }
    if config.host.contains(',') {
        return Err(Error::invalid("a database URL names one host; several are not supported"));
    }
    if let Some(port) = url.port() {
        config.port = port;
    }
    for pair in url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        set(&mut config, &decode("parameter", name)?, decode("parameter", value)?)?;
    }
    Ok(config)
}

/// A user but no host, `postgres://user@/name?host=/directory`, is libpq's way to a socket and no URL by the standard:
/// an encoded space stands in, which no host can be.
fn with_host(text: &str) -> Cow<'_, str> {
    let start = text.find("://").map_or(0, |at| at + 3);
    let end = text[start..].find(['/', '?']).map_or(text.len(), |at| start + at);
    if text[start..end].ends_with('@') {
        let (before, after) = text.split_at(end);
        format!("{before}%20{after}").into()
    } else {
        text.into()
    }
}

fn set(config: &mut DatabaseConfig, name: &str, value: String) -> Result<()> {
    match name {
        "sslmode" => config.tls = value.parse()?,
        "sslrootcert" => config.root_certificates = Some(value.into()),
        "application_name" => config.application_name = value,
        "host" => config.host = value,
        "connect_timeout" => {
            let seconds = value.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            config.connect_timeout =
                seconds.ok_or_else(|| Variables::unreadable(name, &value, "a number of seconds"))?;
        }
        _ => {
            let known = "application_name, connect_timeout, host, sslmode, sslrootcert";
            return Err(Error::invalid(format!(
                "a database URL has no parameter \"{name}\"; known are {known}"
            )));
        }
    }
    Ok(())
}

fn decode(what: &str, text: &str) -> Result<String> {
    percent_decode_str(text)
        .decode_utf8()
        .map(String::from)
        .map_err(|_| Error::invalid(format!("the {what} in the database URL is not UTF-8 once decoded")))
}

fn shaped_otherwise() -> Error {
    Error::invalid(
        "a database URL is written postgres://user:password@host:port/name, with characters such as \
         / @ # ? % in the password percent-encoded (%2F %40 %23 %3F %25)",
    )
}
