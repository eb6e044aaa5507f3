//! The least a function on `lambda_http` can be: what `cold_start` measures `whc-lambda` against.

use lambda_http::{Error, Request, Response, run, service_fn};

#[tokio::main]
async fn main() -> Result<(), Error> {
    run(service_fn(async |_: Request| Ok::<_, Error>(Response::new("Hello".to_owned())))).await
}
