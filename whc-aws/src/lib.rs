//! Credentials of the database from AWS: a secret of Secrets Manager, or a token of RDS for each connection.
//!
//! ```no_run
//! # fn example() -> whc_core::Result<()> {
//! // Nothing of AWS is made or asked unless a variable says so.
//! let config = whc_aws::log_in(whc_core::Config::from_env()?)?;
//! let opened = whc_core::repository::open(&config)?;
//! # Ok(())
//! # }
//! ```
//!
//! AWS itself is reached as its own tools reach it: `AWS_REGION`, `AWS_ENDPOINT_URL`, the role of the task or the
//! function.

mod login;
mod secret;
mod settings;
#[cfg(feature = "testing")]
pub mod testing;
mod token;
mod value;

pub use aws_config::SdkConfig;
pub use login::log_in;
pub use secret::SecretLogin;
pub use settings::settings;
pub use token::TokenLogin;
pub use value::{LoginValue, failed, read};
