//! Settings of the function by AWS Lambda and by the operator.

use std::str::FromStr;

use whc_core::config::{DEFAULT_MAX_BODY_BYTES, Variables};
use whc_core::{Error, Result};

/// The settings of the function in AWS Lambda.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LambdaConfig {
    /// `AWS_LAMBDA_RUNTIME_API`: where events come from. Lambda sets it; elsewhere it is missing.
    pub runtime_api: Option<String>,
    /// `LAMBDA_INVOKE_MODE`: how responses are returned, as the Function URL or the gateway is set up. Buffered.
    pub invoke_mode: InvokeMode,
    /// `MAX_BODY_BYTES`: the greatest request body; more is answered with 413. 1 MiB.
    pub max_body_bytes: usize,
}

impl Default for LambdaConfig {
    fn default() -> Self {
        Self { runtime_api: None, invoke_mode: InvokeMode::default(), max_body_bytes: DEFAULT_MAX_BODY_BYTES }
    }
}

/// How responses are returned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvokeMode {
    /// `buffered`: whole, up to 6 MB.
    #[default]
    Buffered,
    /// `response_stream`: streamed, up to 200 MB. Load balancers do not support it, and get them whole.
    ResponseStream,
}

impl LambdaConfig {
    /// Reads these variables.
    ///
    /// # Errors
    /// Names the first variable that cannot be understood, its value and what would be right.
    pub fn from_variables(variables: &Variables<'_>) -> Result<Self> {
        let default = Self::default();
        let invoke_mode = variables.parse("LAMBDA_INVOKE_MODE", InvokeMode::EXPECTED)?;
        Ok(Self {
            runtime_api: variables.text("AWS_LAMBDA_RUNTIME_API"),
            invoke_mode: invoke_mode.unwrap_or(default.invoke_mode),
            max_body_bytes: variables.count("MAX_BODY_BYTES")?.unwrap_or(default.max_body_bytes),
        })
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
