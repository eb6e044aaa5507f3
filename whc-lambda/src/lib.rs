//! Carries events of AWS Lambda to `whc_core::web::handle` and answers back: API Gateway (REST and HTTP APIs), load
//! balancers and Function URLs. Nobody who asks can tell it from a server.
//!
//! [`Function`] is made once for each sandbox and runs on `lambda_runtime`:
//!
//! ```no_run
//! # async fn example(app: whc_core::App, config: whc_core::Config) -> Result<(), lambda_runtime::Error> {
//! let function = whc_lambda::Function::new(app, None, &config);
//! let handler = lambda_runtime::service_fn(|event| function.invoke(event));
//! lambda_runtime::Runtime::new(handler).run().await
//! # }
//! ```

mod event;
mod function;
pub mod log;
mod mount;
mod reply;
mod request;
pub mod shutdown;

pub use function::{Answer, Function};
pub use reply::Reply;
