//! What a connection is doing just now and how long it may go on doing it.
//!
//! hyper's own `header_read_timeout` also closes connections that idle between requests, so the clock is kept here:
//! the socket and the service report what happens, and [`Activity::overdue`] tells when it has taken too long. A
//! request that arrives in one piece arms no timer; a timer that fires early is set again.

use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use tokio::time::{Instant, Sleep};

use crate::ServerConfig;

/// How long a client may take to accept the next bytes of an answer.
const WRITE_STALL: Duration = Duration::from_secs(30);
/// Writes up to this size are HTTP/2 pings, window updates and the like, and keep no connection open.
const FRAME_CHATTER: usize = 64;
/// When the server closes: how long an idle connection may still bring the request that was on its way.
const LAST_CALL: Duration = Duration::from_millis(250);
/// How long the peer may take to close after we did.
const LINGER: Duration = Duration::from_secs(1);
/// How long an idle connection that was asked to end may take to do so (HTTP/2: GOAWAY, its ping, open windows).
const FAREWELL: Duration = Duration::from_secs(5);

/// Longer is forever, and a configured eternity must not overflow the clock.
const FOREVER: Duration = Duration::from_hours(365 * 24);

/// Shared between the socket, the requests and the watch of one connection.
#[derive(Debug)]
pub(crate) struct Activity {
    state: Mutex<State>,
    header_timeout: Duration,
    keep_alive: Duration,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    since: Instant,
    blocked: Option<Instant>,
    http2: bool,
    course: Course,
    /// Its place is needed: what is waited for has had its time.
    leaving: bool,
    /// Wakes whoever watches.
    watch: Option<Waker>,
}

/// How far the connection is on its way to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
enum Course {
    /// Requests are welcome.
    Open,
    /// The server closes.
    Closing,
    /// It ends as soon as no request is on it.
    Ended,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// No byte has come yet.
    Fresh,
    /// Between requests.
    Idle,
    Header,
    Busy {
        requests: usize,
    },
    Lingering,
}

/// A connection nothing would be lost with but the wait for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Idle {
    pub(crate) since: Instant,
    /// Whether no request has come yet.
    pub(crate) fresh: bool,
}

/// What took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Overdue {
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

/// A request being answered; dropping it ends that.
#[derive(Debug)]
pub(crate) struct Busy<'a>(&'a Activity);

impl Activity {
    pub(crate) fn new(config: &ServerConfig) -> Self {
        let state = State {
            phase: Phase::Fresh,
            since: Instant::now(),
            blocked: None,
            http2: false,
            course: Course::Open,
            leaving: false,
            watch: None,
        };
        Self {
            state: Mutex::new(state),
            header_timeout: config.header_timeout.min(FOREVER),
            keep_alive: config.keep_alive.min(FOREVER),
        }
    }

    /// The peer sent these bytes.
    pub(crate) fn received(&self, bytes: &[u8]) {
        let mut state = self.state();
        // After the first request of an HTTP/2 connection nobody but h2 knows what a frame belongs to.
        if !state.is_between_requests() || state.http2 {
            return;
        }
        state.http2 = bytes.starts_with(b"PRI ");
        state.leaving = false;
        match state.phase {
            // The time for the first header runs from the accept on.
            Phase::Fresh => state.phase = Phase::Header,
            _ => state.enter(Phase::Header),
        }
    }

    /// The peer took this many bytes.
    pub(crate) fn written(&self, bytes: usize) {
        let mut state = self.state();
        state.blocked = None;
        if state.phase == Phase::Idle && bytes > FRAME_CHATTER {
            state.since = Instant::now();
        }
    }

    /// There are bytes to send and the peer takes none.
    pub(crate) fn write_blocked(&self) {
        self.state().blocked.get_or_insert_with(Instant::now);
    }

    /// Our side is closed; the rest is waiting for the peer.
    pub(crate) fn lingering(&self) {
        let mut state = self.state();
        if state.phase != Phase::Lingering {
            state.enter(Phase::Lingering);
        }
    }

    /// A request is complete up to its body.
    pub(crate) fn begin(&self, http2: bool) -> Busy<'_> {
        let mut state = self.state();
        state.http2 = http2;
        let running = if let Phase::Busy { requests } = state.phase { requests } else { 0 };
        state.phase = Phase::Busy { requests: running + 1 };
        state.leaving = false;
        Busy(self)
    }

    fn finish(&self) {
        let mut state = self.state();
        match state.phase {
            Phase::Busy { requests } if requests > 1 => state.phase = Phase::Busy { requests: requests - 1 },
            Phase::Busy { .. } => state.enter(Phase::Idle),
            _ => {}
        }
    }

    /// The server closes: an idle connection has one last call.
    pub(crate) fn close(&self) {
        let mut state = self.state();
        if state.course == Course::Open {
            state.course = Course::Closing;
        }
        if state.is_between_requests() {
            state.since = Instant::now();
        }
    }

    /// The connection is to end as soon as no request is on it.
    pub(crate) fn end(&self) {
        let mut state = self.state();
        state.course = Course::Ended;
        state.since = Instant::now();
    }

    /// Whether a read that finds nothing is the end.
    pub(crate) fn ends_between_requests(&self) -> bool {
        let state = self.state();
        state.course == Course::Ended && !state.http2 && state.is_between_requests()
    }

    /// Whether no other request may follow the one that is being answered.
    pub(crate) fn is_ended(&self) -> bool {
        self.state().course == Course::Ended
    }

    /// Whether the client speaks HTTP/2.
    pub(crate) fn is_http2(&self) -> bool {
        self.state().http2
    }

    /// Whether somebody would miss the connection: a request is arriving, being answered or being sent.
    pub(crate) fn is_working(&self) -> bool {
        let state = self.state();
        state.blocked.is_some() || matches!(state.phase, Phase::Header | Phase::Busy { .. })
    }

    /// Since when it waits for its client, where it does.
    pub(crate) fn idle(&self) -> Option<Idle> {
        let state = self.state();
        let fresh = state.phase == Phase::Fresh;
        (state.can_leave() && !state.leaving).then_some(Idle { since: state.since, fresh })
    }

    /// The place is needed: ends the connection at once, if it waits for its client. Says whether it does.
    pub(crate) fn leave(&self) -> bool {
        let mut state = self.state();
        state.leaving = state.can_leave();
        if state.leaving
            && let Some(watch) = state.watch.take()
        {
            watch.wake();
        }
        state.leaving
    }

    /// Waits until something has taken too long. Whoever polls this polls the connection first.
    pub(crate) async fn overdue(&self, mut sleep: Pin<&mut Sleep>) -> Overdue {
        std::future::poll_fn(|context| self.poll_overdue(sleep.as_mut(), context)).await
    }

    fn poll_overdue(&self, mut sleep: Pin<&mut Sleep>, context: &mut Context<'_>) -> Poll<Overdue> {
        loop {
            // Without a deadline a request is being answered, and the end of that polls us again.
            let Some((overdue, at)) = self.deadline(context.waker()) else { return Poll::Pending };
            // A timer would round up to a millisecond.
            let Some(at) = at else { return Poll::Ready(overdue) };
            if sleep.deadline() > at {
                sleep.as_mut().reset(at);
            }
            ready!(sleep.as_mut().poll(context));
            if Instant::now() >= at {
                return Poll::Ready(overdue);
            }
            sleep.as_mut().reset(at);
        }
    }

    /// What is waited for and until when: at most until now, where there is no time.
    fn deadline(&self, watch: &Waker) -> Option<(Overdue, Option<Instant>)> {
        let mut state = self.state();
        if !state.watch.as_ref().is_some_and(|known| known.will_wake(watch)) {
            state.watch = Some(watch.clone());
        }
        if let Some(blocked) = state.blocked {
            return Some((Overdue::Write, Some(blocked + WRITE_STALL)));
        }
        let (overdue, allowed) = match state.phase {
            Phase::Busy { .. } => return None,
            Phase::Header => (Overdue::Header, self.header_timeout),
            Phase::Lingering => (Overdue::Linger, LINGER),
            Phase::Fresh | Phase::Idle if state.course == Course::Ended => (Overdue::Farewell, FAREWELL),
            Phase::Fresh | Phase::Idle if state.course == Course::Closing => {
                (Overdue::Idle, LAST_CALL.min(self.keep_alive))
            }
            Phase::Fresh => (Overdue::Idle, self.header_timeout),
            Phase::Idle => (Overdue::Idle, self.keep_alive),
        };
        Some((overdue, (!state.leaving).then(|| state.since + allowed)))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing here panics while it holds the lock, and every single state is a valid one.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn is_between_requests(&self) -> bool {
        matches!(self.phase, Phase::Fresh | Phase::Idle)
    }

    /// Whether it waits for its client, and nothing but that.
    fn can_leave(&self) -> bool {
        self.blocked.is_none() && !matches!(self.phase, Phase::Busy { .. })
    }

    fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.since = Instant::now();
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.finish();
    }
}
