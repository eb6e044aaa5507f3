//! The body of a request, which may be on its way yet.

use async_trait::async_trait;
use bytes::Bytes;

use crate::web::problem::Problem;

/// The body of a request. It is asked for once at most, and not at all where the head of the request is enough to answer it,
/// so that nobody has to receive what a stranger sends.
///
/// ```
/// use whc_core::web::{Problem, RequestBody};
///
/// /// A body that comes from somewhere else.
/// struct Upload(tokio::sync::Mutex<tokio::sync::mpsc::Receiver<bytes::Bytes>>);
///
/// #[whc_core::async_trait]
/// impl RequestBody for Upload {
///     async fn read(&self) -> Result<bytes::Bytes, Problem> {
///         let broken = || Problem::new(http::StatusCode::BAD_REQUEST, "the request body ended before it was whole");
///         self.0.lock().await.recv().await.ok_or_else(broken)
///     }
/// }
/// ```
#[async_trait]
pub trait RequestBody: Send + Sync {
    /// The whole body, within a limit of size and of time.
    ///
    /// # Errors
    /// What answers the request instead: the body is over a limit, or broken.
    async fn read(&self) -> Result<Bytes, Problem>;
}

/// A body that is here.
#[async_trait]
impl RequestBody for Bytes {
    async fn read(&self) -> Result<Bytes, Problem> {
        Ok(self.clone())
    }
}
