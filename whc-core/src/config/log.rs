//! How the log looks.

use std::str::FromStr;

use super::Variables;
use crate::error::{Error, Result};

/// The format and the filter of a program's log. The core installs no log; the variables are read here so that all
/// programs read them alike.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LogConfig {
    /// `LOG_FORMAT`, else `AWS_LAMBDA_LOG_FORMAT`: `text` for people, `json` for machines. Text.
    pub format: LogFormat,
    /// `RUST_LOG`: which events are logged, in the notation of `tracing_subscriber::EnvFilter`. `info`.
    pub filter: String,
}

/// The shape of a log line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum LogFormat {
    /// For people at a terminal.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

impl LogFormat {
    const EXPECTED: &str = "text or json";
}

impl FromStr for LogFormat {
    type Err = Error;

    /// In small letters or as AWS writes it, `Text` and `JSON`.
    fn from_str(text: &str) -> Result<Self> {
        match text.to_ascii_lowercase().as_str() {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(Error::invalid(format!("a log format is {}, not \"{text}\"", Self::EXPECTED))),
        }
    }
}

impl Default for LogConfig {
    fn default() -> Self {
        Self { format: LogFormat::default(), filter: "info".to_owned() }
    }
}

impl LogConfig {
    /// Reads `LOG_FORMAT` and `RUST_LOG`.
    ///
    /// # Errors
    /// The format is unknown. The filter is checked by the subscriber.
    pub fn from_variables(variables: &Variables<'_>) -> Result<Self> {
        Ok(Self {
            format: match variables.parse("LOG_FORMAT", LogFormat::EXPECTED)? {
                Some(format) => format,
                None => variables.parse("AWS_LAMBDA_LOG_FORMAT", LogFormat::EXPECTED)?.unwrap_or_default(),
            },
            filter: variables.text("RUST_LOG").unwrap_or_else(|| Self::default().filter),
        })
    }
}
