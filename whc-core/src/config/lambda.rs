//! What AWS Lambda and its operator set for the function.

use std::str::FromStr;

use super::Variables;
use crate::error::{Error, Result};

/// How the function lives in AWS Lambda. Other programs have no use for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LambdaConfig {
    /// `AWS_LAMBDA_RUNTIME_API`: where events come from. Lambda sets it; elsewhere it is missing.
    pub runtime_api: Option<String>,
    /// `LAMBDA_INVOKE_MODE`: how answers go back, as the Function URL or the gateway is set up. Buffered.
    pub invoke_mode: InvokeMode,
}

/// How the answers of a function go back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InvokeMode {
    /// `buffered`: whole, up to 6 MB.
    #[default]
    Buffered,
    /// `response_stream`: piece by piece, up to 200 MB. Load balancers cannot, and get them whole.
    ResponseStream,
}

impl LambdaConfig {
    pub(super) fn read(variables: &Variables<'_>) -> Result<Self> {
        let invoke_mode = variables.parse("LAMBDA_INVOKE_MODE", InvokeMode::EXPECTED)?.unwrap_or_default();
        Ok(Self { runtime_api: variables.text("AWS_LAMBDA_RUNTIME_API"), invoke_mode })
    }
}

impl InvokeMode {
    const EXPECTED: &str = "buffered or response_stream";
}

impl FromStr for InvokeMode {
    type Err = Error;

    /// In small letters or, as AWS writes it, in capital ones.
    fn from_str(text: &str) -> Result<Self> {
        match text.to_ascii_lowercase().as_str() {
            "buffered" => Ok(Self::Buffered),
            "response_stream" => Ok(Self::ResponseStream),
            _ => Err(Error::invalid(format!("an invoke mode is {}, not \"{text}\"", Self::EXPECTED))),
        }
    }
}
