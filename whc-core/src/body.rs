//! The body of a response, opaque so that it can change without a new major version.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

/// The body of a response: one part, or several slices of larger buffers, which are sent without a copy.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// What is sent first.
    next: Bytes,
    /// What follows, from `at` on.
    rest: Option<Arc<[Bytes]>>,
    at: usize,
    /// How many bytes of the whole are slices of buffers that stay in memory anyway.
    shared: usize,
}

impl Body {
    /// These parts, one after the other; `shared` bytes of them are slices of buffers that stay in memory anyway.
    pub(crate) fn from_parts(parts: Vec<Bytes>, shared: usize) -> Self {
        let mut body = Self { next: Bytes::new(), rest: Some(parts.into()), at: 0, shared };
        body.advance();
        body
    }

    /// How many bytes of memory it needs of its own.
    pub(crate) fn own_len(&self) -> usize {
        self.len().saturating_sub(self.shared)
    }

    /// The bytes from `first` to `last`, both included, without copying them.
    pub(crate) fn part(&self, first: usize, last: usize) -> Self {
        let mut parts = Vec::new();
        let mut start = 0;
        for part in std::iter::once(&self.next).chain(self.waiting()) {
            let (from, to) = (first.max(start), (last + 1).min(start + part.len()));
            if from < to {
                parts.push(part.slice(from - start..to - start));
            }
            start += part.len();
        }
        Self::from_parts(parts, last + 1 - first)
    }

    /// The whole body.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        if self.waiting().is_empty() {
            return self.next;
        }
        let mut whole = Vec::with_capacity(self.len());
        for part in std::iter::once(&self.next).chain(self.waiting()) {
            whole.extend_from_slice(part);
        }
        whole.into()
    }

    /// Its length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.next.len() + self.waiting().iter().map(Bytes::len).sum::<usize>()
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        // The next part is empty only when none follows.
        self.next.is_empty()
    }

    fn waiting(&self) -> &[Bytes] {
        self.rest.as_deref().and_then(|parts| parts.get(self.at..)).unwrap_or_default()
    }

    /// Takes the next part that is not empty to the front.
    fn advance(&mut self) {
        let passed = self.waiting().iter().take_while(|part| part.is_empty()).count();
        self.next = self.waiting().get(passed).cloned().unwrap_or_default();
        self.at += passed + 1;
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self { next: bytes.into(), ..Self::default() }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let part = std::mem::take(&mut self.next);
        self.advance();
        Poll::Ready((!part.is_empty()).then(|| Ok(Frame::data(part))))
    }

    fn is_end_stream(&self) -> bool {
        self.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.len() as u64)
    }
}
