//! What a connection is doing just now: the socket, the requests and the server report what happens, and [`overdue`] tells
//! what has taken too long.

mod overdue;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::Duration;

use tokio::time::Instant;

pub(super) use self::overdue::Overdue;
use super::Stage;
use crate::ServerConfig;

/// Writes up to this size are HTTP/2 pings, window updates and the like, and keep no connection open.
const FRAME_CHATTER: usize = 64;
/// Longer is forever, and a configured eternity must not overflow the clock.
const FOREVER: Duration = Duration::from_hours(365 * 24);

/// Shared between the socket, the requests and the watch of one connection.
#[derive(Debug)]
pub(crate) struct Activity {
    state: Mutex<State>,
    /// Whether the course is [`Course::Ended`], for those who ask at every request.
    ended: AtomicBool,
    header_timeout: Duration,
    keep_alive: Duration,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    /// Since when; `None` until somebody looks, which happens at the end of each poll.
    since: Option<Instant>,
    blocked: Option<Instant>,
    http2: bool,
    course: Course,
    demand: Demand,
    /// Wakes whoever watches.
    watch: Option<Waker>,
    /// Whether the timer of whoever watches runs, to a time that is early enough.
    timed: bool,
}

/// What the server demands of the connection beside its course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Demand {
    Nothing,
    /// Its place: what is waited for has had its time.
    Place,
    /// To end now, whatever it does.
    End,
}

/// How far the connection is on its way to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
enum Course {
    /// Requests are welcome.
    Open,
    /// The server closes, and the connection does not know yet.
    Closed,
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

/// A request being answered; dropping it ends that.
#[derive(Debug)]
pub(crate) struct Busy<'a>(&'a Activity);

impl Activity {
    pub(crate) fn new(config: &ServerConfig) -> Self {
        let state = State {
            phase: Phase::Fresh,
            since: Some(Instant::now()),
            blocked: None,
            http2: false,
            course: Course::Open,
            demand: Demand::Nothing,
            watch: None,
            timed: false,
        };
        Self {
            state: Mutex::new(state),
            ended: AtomicBool::new(false),
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
        state.stay();
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
            state.since = None;
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
        state.stay();
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

    /// The server is at another stage.
    pub(crate) fn turn(&self, to: Stage) {
        let mut state = self.state();
        match to {
            Stage::Serving | Stage::Draining => return,
            Stage::Closing => state.close(),
            Stage::Cutting => state.demand = Demand::End,
        }
        state.wake();
    }

    /// The connection is to end as soon as no request is on it.
    pub(crate) fn end(&self) {
        let mut state = self.state();
        state.course = Course::Ended;
        state.since = None;
        self.ended.store(true, Ordering::Relaxed);
    }

    /// Whether a read that finds nothing is the end.
    pub(crate) fn ends_between_requests(&self) -> bool {
        self.is_ended() && {
            let state = self.state();
            !state.http2 && state.is_between_requests()
        }
    }

    /// Whether no other request may follow the one that is being answered.
    pub(crate) fn is_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
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
        let mut state = self.state();
        let fresh = state.phase == Phase::Fresh;
        (state.can_leave() && state.demand == Demand::Nothing).then(|| Idle { since: state.since(), fresh })
    }

    /// The place is needed: ends the connection at once, if it waits for its client. Says whether it does.
    pub(crate) fn leave(&self) -> bool {
        let mut state = self.state();
        let leaves = state.can_leave();
        if leaves {
            state.demand = Demand::Place;
            state.wake();
        }
        leaves
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

    /// It does something: its place is not free.
    fn stay(&mut self) {
        if self.demand == Demand::Place {
            self.demand = Demand::Nothing;
        }
    }

    fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.since = None;
    }

    /// Since when it is in its phase.
    fn since(&mut self) -> Instant {
        *self.since.get_or_insert_with(Instant::now)
    }

    /// The server closes: an idle connection has one last call.
    fn close(&mut self) {
        if self.course == Course::Open {
            self.course = Course::Closed;
        }
        if self.is_between_requests() {
            self.since = None;
        }
    }

    /// Has whoever watches look again.
    fn wake(&mut self) {
        self.timed = false;
        if let Some(watch) = self.watch.take() {
            watch.wake();
        }
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.finish();
    }
}
