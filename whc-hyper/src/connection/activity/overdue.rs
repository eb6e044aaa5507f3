//! What a connection has taken too long for, or is told by the server.
//!
//! hyper's own `header_read_timeout` also closes connections that idle between requests, so the clock is kept here. A
//! request that arrives in one piece sets no timer; a timer that fires early is set again.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::time::{Instant, Sleep};

use super::{Activity, Course, Demand, Phase, State};

/// How long a client may take to accept the next bytes of an answer.
const WRITE_STALL: Duration = Duration::from_secs(30);
/// When the server closes: how long an idle connection may still bring the request that was on its way.
const LAST_CALL: Duration = Duration::from_millis(250);
/// How long the peer may take to close after we did.
const LINGER: Duration = Duration::from_secs(1);
/// How long an idle connection that was asked to end may take to do so (HTTP/2: GOAWAY, its ping, open windows).
const FAREWELL: Duration = Duration::from_secs(5);

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Overdue {
    /// The server closes: ask the connection to take no more requests.
    Closing,
    /// The server cuts what is left.
    Cut,
    /// Nothing happened between requests: ask the connection to end.
    Idle,
    /// It was asked to end and did not.
    Farewell,
    /// The header of a request is not complete.
    Header,
    /// The client does not read its answer.
    Write,
    /// The peer does not close although we did.
    Linger,
}

/// Until when something may take.
enum Deadline {
    /// As long as it likes: a request is being answered, and the end of that polls again.
    None,
    /// No longer. A timer would round up to a millisecond.
    Over(Overdue),
    At(Overdue, Instant),
    /// Until the timer that runs.
    Timed,
}

impl Activity {
    /// Waits until something is due. Whoever polls this polls the connection first.
    pub(crate) async fn overdue(&self, mut sleep: Pin<&mut Sleep>) -> Overdue {
        std::future::poll_fn(|context| self.poll_overdue(sleep.as_mut(), context)).await
    }

    fn poll_overdue(&self, mut sleep: Pin<&mut Sleep>, context: &mut Context<'_>) -> Poll<Overdue> {
        loop {
            let (overdue, at) = match self.deadline(context.waker(), &sleep) {
                Deadline::None | Deadline::Timed => return Poll::Pending,
                Deadline::Over(overdue) => return Poll::Ready(overdue),
                Deadline::At(overdue, at) => (overdue, at),
            };
            if sleep.deadline() > at {
                sleep.as_mut().reset(at);
            }
            if sleep.as_mut().poll(context).is_pending() {
                self.state().timed = true;
                return Poll::Pending;
            }
            if Instant::now() >= at {
                return Poll::Ready(overdue);
            }
            sleep.as_mut().reset(at);
        }
    }

    fn deadline(&self, watch: &Waker, sleep: &Sleep) -> Deadline {
        let mut state = self.state();
        state.timed &= !sleep.is_elapsed();
        if !state.watch.as_ref().is_some_and(|known| known.will_wake(watch)) {
            state.watch = Some(watch.clone());
            state.timed = false;
        }
        if state.demand == Demand::End {
            return Deadline::Over(Overdue::Cut);
        }
        if state.course == Course::Closed && state.http2 {
            state.course = Course::Closing;
            return Deadline::Over(Overdue::Closing);
        }
        let Some((overdue, at)) = self.limit(&mut state) else { return Deadline::None };
        if state.demand == Demand::Place && state.blocked.is_none() {
            return Deadline::Over(overdue);
        }
        if state.timed && sleep.deadline() <= at {
            return Deadline::Timed;
        }
        Deadline::At(overdue, at)
    }

    /// What is waited for, and until when.
    fn limit(&self, state: &mut State) -> Option<(Overdue, Instant)> {
        if let Some(blocked) = state.blocked {
            return Some((Overdue::Write, blocked + WRITE_STALL));
        }
        let (overdue, allowed) = match state.phase {
            Phase::Busy { .. } => return None,
            Phase::Header => (Overdue::Header, self.header_timeout),
            Phase::Lingering => (Overdue::Linger, LINGER),
            Phase::Fresh | Phase::Idle if state.course == Course::Ended => (Overdue::Farewell, FAREWELL),
            Phase::Fresh | Phase::Idle if state.course != Course::Open => {
                (Overdue::Idle, LAST_CALL.min(self.keep_alive))
            }
            Phase::Fresh => (Overdue::Idle, self.header_timeout),
            Phase::Idle => (Overdue::Idle, self.keep_alive),
        };
        Some((overdue, state.since() + allowed))
    }
}
