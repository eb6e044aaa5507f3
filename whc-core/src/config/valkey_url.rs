//! The URL of a Valkey as Redis' own tools and most hosting services write it.

use percent_encoding::percent_decode_str;
use url::Url;

use super::{Secret, ValkeyConfig};
use crate::error::{Error, Result};

/// The configuration in the URL; parts it leaves out have their defaults and may be empty. Errors never show the URL.
pub(super) fn parse(text: &str) -> Result<ValkeyConfig> {
    let url = Url::parse(text).map_err(|error| shaped_otherwise().with_source(error))?;
    let tls = match url.scheme() {
        "rediss" | "valkeys" => true,
        "redis" | "valkey" => false,
        _ => return Err(shaped_otherwise()),
    };
    if url.query().is_some() || url.fragment().is_some() {
        return Err(Error::invalid(
            "the URL of Valkey has no parameters; there are variables for what it cannot say",
        ));
    }
    let mut config = ValkeyConfig {
        host: decode("host", url.host_str().unwrap_or_default())?,
        user: decode("user", url.username())?,
        password: url.password().map(|text| decode("password", text).map(Secret::new)).transpose()?,
        database: database(url.path().trim_matches('/'))?,
        tls,
        ..ValkeyConfig::default()
    };
    // An IPv6 address has brackets in a URL and none where a socket is opened.
    if let Some(address) = config.host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        config.host = address.to_owned();
    }
    config.port = url.port().unwrap_or(config.port);
    Ok(config)
}

fn database(text: &str) -> Result<u16> {
    if text.is_empty() {
        return Ok(0);
    }
    let invalid =
        || Error::invalid("the path in the URL of Valkey is the number of a database, as in redis://host/0");
    text.parse().map_err(|_| invalid())
}

fn decode(what: &str, text: &str) -> Result<String> {
    percent_decode_str(text)
        .decode_utf8()
        .map(String::from)
        .map_err(|_| Error::invalid(format!("the {what} in the URL of Valkey is not UTF-8 once decoded")))
}

fn shaped_otherwise() -> Error {
    Error::invalid(
        "the URL of Valkey is written rediss://user:password@host:port, or redis:// where nothing is encrypted, with \
         characters such as / @ # ? % in the password percent-encoded",
    )
}
