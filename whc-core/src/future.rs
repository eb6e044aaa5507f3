//! Combinators for futures that need no runtime.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::Poll;

/// The output of `work`, unless `limit` resolves first.
pub(crate) async fn first<T>(work: impl Future<Output = T>, limit: impl Future<Output = ()>) -> Option<T> {
    let (mut work, mut limit) = (pin!(work), pin!(limit));
    std::future::poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
        Poll::Pending => limit.as_mut().poll(context).map(|()| None),
    })
    .await
}

/// The outputs of all of these, which are polled in their order: what each sends when it is first polled, is sent in that
/// order and without waiting for an answer.
#[cfg(feature = "postgres")]
pub(crate) async fn in_order<T>(mut work: Vec<Pin<Box<dyn Future<Output = T> + Send + '_>>>) -> Vec<T> {
    let mut outputs: Vec<Option<T>> = work.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, output) in work.iter_mut().zip(&mut outputs) {
            if output.is_none()
                && let Poll::Ready(value) = future.as_mut().poll(context)
            {
                *output = Some(value);
            }
        }
        if outputs.iter().all(Option::is_some) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    outputs.into_iter().flatten().collect()
}

/// The output of `work`, while `driver` is polled beside it for as long as it lasts.
#[cfg(feature = "auth")]
pub(crate) async fn driven_by<T>(driver: impl Future, work: impl Future<Output = T>) -> T {
    let (mut driver, mut work) = (pin!(driver), pin!(work));
    let mut lasts = true;
    std::future::poll_fn(|context| {
        lasts = lasts && driver.as_mut().poll(context).is_pending();
        work.as_mut().poll(context)
    })
    .await
}

/// The output of `work`; `None` where it panics. It is not polled again after that.
pub(crate) async fn catch_panic<T>(mut work: Pin<&mut impl Future<Output = T>>) -> Option<T> {
    // After a panic the future is dropped and never polled again, so no broken state is observed.
    std::future::poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
        Ok(poll) => poll.map(Some),
        Err(_) => Poll::Ready(None),
    })
    .await
}
