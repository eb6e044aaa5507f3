//! Credentials of the database and of Valkey from AWS: a secret of Secrets Manager, or a token of RDS or ElastiCache for each
//! connection.
//!
//! ```no_run
//! # fn example() -> whc_core::Result<()> {
//! // Nothing of AWS is built or called unless a variable says so.
//! let config = whc_aws::config_from_variables(&whc_core::config::Variables::from_env())?;
//! let opened = whc_core::repository::open(&config)?;
//! # Ok(())
//! # }
//! ```
//!
//! Region, endpoint and role are found as AWS's own tools find them: `AWS_REGION`, `AWS_ENDPOINT_URL`, the role of the task
//! or the function. Without the feature `sdk` this crate has no dependencies on AWS, and refuses the variables.

mod config;
mod login;
mod named_secret;
#[cfg(feature = "sdk")]
mod secret;
#[cfg(feature = "sdk")]
mod settings;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(feature = "sdk")]
mod token;
#[cfg(feature = "sdk")]
mod value;

#[cfg(feature = "sdk")]
pub use aws_config::SdkConfig;
pub use config::{AwsConfig, config_from_variables};
pub use named_secret::with_secrets;
#[cfg(feature = "sdk")]
pub use named_secret::with_secrets_of;
#[cfg(feature = "sdk")]
pub use secret::SecretLogin;
#[cfg(feature = "sdk")]
pub use settings::settings;
#[cfg(feature = "sdk")]
pub use token::TokenLogin;
#[cfg(feature = "sdk")]
pub use value::{CURRENT, LoginValue, failed, read, read_text};
