//! Carries events of AWS Lambda to `whc_core::web::handle` and answers back: API Gateway, load balancers, Function URLs.
//!
//! [`Function`] is made once for each sandbox and runs on `lambda_runtime`:
//!
//! ```no_run
//! # async fn example(app: whc_core::App) -> Result<(), lambda_runtime::Error> {
//! let function = whc_lambda::Function::new(app, None, whc_lambda::Config::from_env()?);
//! let handler = lambda_runtime::service_fn(|event| function.invoke(event));
//! lambda_runtime::Runtime::new(handler).run().await
//! # }
//! ```

mod config;
mod event;
mod function;
pub mod log;
mod mount;
pub mod program;
mod reply;
mod request;
#[cfg(feature = "rotation")]
pub mod rotation;
pub mod shutdown;

pub use config::{Config, InvokeMode, LambdaConfig};
pub use function::Function;
pub use reply::{Answer, Reply};
