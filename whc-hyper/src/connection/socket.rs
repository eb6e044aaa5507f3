//! The socket as hyper sees it: reports what happens on it, ends between requests, lingers when it closes.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::Response;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use whc_core::web::{Body, Problem};

use super::activity::Activity;
use super::unread;

/// How much of what was read is remembered, to tell what was wrong with it.
const REMEMBERED: usize = 4096;

/// The answer to what cannot be read as a request, if it is not left to hyper.
type Refuse = Box<dyn Fn(Problem) -> Option<Response<Body>> + Send>;

/// A TCP socket that tells [`Activity`] what it does and does what [`Activity`] says.
pub(crate) struct Socket {
    stream: TcpStream,
    activity: Arc<Activity>,
    refuse: Refuse,
    /// What was read since the last answer, if it was not long.
    read: Vec<u8>,
    /// Whether what is read next belongs to another request.
    answered: bool,
    /// What is sent instead of hyper's own answer, and how much of it was.
    instead: Option<(Vec<u8>, usize)>,
}

impl Socket {
    pub(crate) fn new(stream: TcpStream, activity: Arc<Activity>, refuse: Refuse) -> Self {
        Self { stream, activity, refuse, read: Vec::new(), answered: false, instead: None }
    }

    fn remember(&mut self, fresh: &[u8]) {
        if std::mem::take(&mut self.answered) || self.read.len() + fresh.len() > REMEMBERED {
            self.read.clear();
        }
        if fresh.len() <= REMEMBERED {
            self.read.extend_from_slice(fresh);
        }
    }

    /// Writes what hyper wants to say, unless that is its own answer to what is no request.
    fn poll_say(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.instead.is_none() {
            match unread::find(bytes) {
                // It comes again when this is written.
                Some((start @ 1.., _)) => return self.poll_plain(context, &bytes[..start]),
                Some((_, status)) => {
                    let response = (self.refuse)(unread::problem(status, &self.read));
                    self.instead = response.map(|response| (unread::write(response, bytes), 0));
                }
                None => {}
            }
        }
        self.poll_instead(context, bytes)
    }

    fn poll_instead(&mut self, context: &mut Context<'_>, own: &[u8]) -> Poll<io::Result<usize>> {
        let Some((instead, mut done)) = self.instead.take() else { return self.poll_plain(context, own) };
        while done < instead.len() {
            match self.poll_plain(context, &instead[done..]) {
                Poll::Ready(written) => done += written?,
                Poll::Pending => {
                    self.instead = Some((instead, done));
                    return Poll::Pending;
                }
            }
        }
        Poll::Ready(Ok(own.len()))
    }

    fn poll_plain(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(poll)
    }

    fn written(&mut self, poll: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match &poll {
            Poll::Ready(Ok(bytes)) => {
                self.answered = true;
                self.activity.written(*bytes);
            }
            Poll::Pending => self.activity.write_blocked(),
            Poll::Ready(Err(_)) => {}
        }
        poll
    }

    /// Reads and forgets until the peer closes too: closing a socket with unread bytes in it sends a reset, and that
    /// can overtake the answer. The watch over the connection bounds the time.
    fn poll_linger(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let mut forgotten = [0; 4096];
            let mut buffer = ReadBuf::new(&mut forgotten);
            let read = ready!(Pin::new(&mut self.stream).poll_read(context, &mut buffer));
            if read.is_err() || buffer.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Ready(Ok(())) => {
                let fresh = &buffer.filled()[before..];
                if !fresh.is_empty() {
                    self.activity.received(fresh);
                    self.remember(fresh);
                }
                Poll::Ready(Ok(()))
            }
            // Only when the socket holds nothing: a request that is already here is still answered.
            Poll::Pending if self.activity.ends_between_requests() => Poll::Ready(Ok(())),
            other => other,
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_say(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let (last, others) =
            slices.split_last().map_or((&[][..], &[][..]), |(last, others)| (&**last, others));
        let slices = match others {
            [] => return self.poll_say(context, last),
            // By itself, after these.
            others if unread::find(last).is_some() => others,
            _ => slices,
        };
        let poll = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.written(poll)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_shutdown(context))?;
        self.activity.lingering();
        self.poll_linger(context)
    }
}
