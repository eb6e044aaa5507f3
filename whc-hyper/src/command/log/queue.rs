//! A writer that neither blocks nor fails: lines wait in a bounded buffer for a thread that writes them.

use std::io::{self, ErrorKind, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use whc_core::Counter;

/// How many bytes may wait to be written.
const CAPACITY: usize = 1 << 20;
/// How long lines gather before they are written together: to wake the thread costs more than to write a line.
const GATHERING: Duration = Duration::from_millis(5);
/// From this many bytes on they do not gather any longer.
const ENOUGH: usize = CAPACITY / 4;
/// How long an output that takes nothing just now is left alone, where it says so instead of blocking.
const PAUSE: Duration = Duration::from_millis(10);

/// Takes lines at once, or drops and counts them.
#[derive(Clone)]
pub(super) struct Queue(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    filled: Condvar,
    emptied: Condvar,
    lost: Counter,
}

#[derive(Default)]
struct State {
    /// Whole lines only.
    waiting: Vec<u8>,
    /// What the thread is doing.
    thread: Stage,
    /// How many wait for everything to be written.
    hurried: usize,
}

/// What the thread is doing.
#[derive(Default, PartialEq)]
enum Stage {
    /// Nothing waits.
    #[default]
    Idle,
    /// More lines may come.
    Gathering,
    /// It is busy with what waited before.
    Writing,
}

impl Queue {
    /// Starts the thread that writes to `output`. It ends with the process.
    pub(super) fn start(output: impl Write + Send + 'static) -> io::Result<Self> {
        let lost = Counter::new(
            "whc_log_lines_lost_total",
            "Log lines that could not be written: whoever reads them was too slow or away, or the disk full.",
        );
        let (state, filled, emptied) = Default::default();
        let shared = Arc::new(Shared { state, filled, emptied, lost });
        let writing = Arc::clone(&shared);
        thread::Builder::new().name("log".to_owned()).spawn(move || writing.write_to(output))?;
        Ok(Self(shared))
    }

    /// How many lines were lost.
    pub(super) fn lost(&self) -> Counter {
        self.0.lost.clone()
    }

    /// Waits until everything is written, at most as long as `limit`.
    pub(super) fn drain(&self, limit: Duration) {
        let mut state = self.0.state();
        state.hurried += 1;
        self.0.filled.notify_one();
        let unwritten = |state: &mut State| state.thread != Stage::Idle || !state.waiting.is_empty();
        let waited = self.0.emptied.wait_timeout_while(state, limit, unwritten);
        waited.unwrap_or_else(PoisonError::into_inner).0.hurried -= 1;
    }
}

/// Each call brings one line, as the subscriber makes them.
impl Write for Queue {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.push(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Shared {
    fn push(&self, line: &[u8]) {
        let mut state = self.state();
        if state.waiting.len() + line.len() > CAPACITY {
            return self.lost.add(1);
        }
        let before = state.waiting.len();
        state.waiting.extend_from_slice(line);
        let enough = before < ENOUGH && state.waiting.len() >= ENOUGH;
        if (state.thread == Stage::Idle && before == 0) || (state.thread == Stage::Gathering && enough) {
            self.filled.notify_one();
        }
    }

    /// Writes for ever, everything that waits at once.
    fn write_to(&self, mut output: impl Write) {
        let (mut lines, mut whole, mut told) = (Vec::new(), true, 0);
        loop {
            self.exchange(&mut lines);
            // Where a line was cut off the next one begins anew.
            let begun = whole || write(&mut output, b"\n") == 1;
            let written = if begun { write(&mut output, &lines) } else { 0 };
            let (done, rest) = lines.split_at(written);
            whole = if begun { done.last().is_none_or(|byte| *byte == b'\n') } else { whole };
            self.lost.add(count(rest));
            let lost = self.lost.get();
            if rest.is_empty() && lost > told {
                // By way of the subscriber, which knows how a line looks.
                tracing::warn!(lines = lost - told, "log lines were lost");
                told = lost;
            }
        }
    }

    /// Waits for lines and takes them all; those it had were dealt with.
    fn exchange(&self, lines: &mut Vec<u8>) {
        lines.clear();
        let mut state = self.state();
        state.thread = Stage::Idle;
        while state.waiting.is_empty() {
            self.emptied.notify_all();
            state = self.filled.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.thread = Stage::Gathering;
        let few = |state: &mut State| state.hurried == 0 && state.waiting.len() < ENOUGH;
        let gathered = self.filled.wait_timeout_while(state, GATHERING, few);
        state = gathered.unwrap_or_else(PoisonError::into_inner).0;
        std::mem::swap(&mut state.waiting, lines);
        state.thread = Stage::Writing;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing here panics while it holds the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes as much as can be written; says how many bytes that were.
fn write(output: &mut impl Write, bytes: &[u8]) -> usize {
    let mut done = 0;
    while done < bytes.len() {
        match output.write(&bytes[done..]) {
            Ok(0) => break,
            Ok(written) => done += written,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => thread::sleep(PAUSE),
            Err(_) => break,
        }
    }
    done
}

fn count(lines: &[u8]) -> u64 {
    lines.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex, PoisonError};
    use std::time::Duration;

    use super::{CAPACITY, Queue};

    const PATIENCE: Duration = Duration::from_secs(20);

    /// A disk that takes `room` bytes.
    #[derive(Clone, Default)]
    struct Disk(Arc<Mutex<(Vec<u8>, usize)>>);

    impl Disk {
        fn make_room(&self, bytes: usize) {
            self.0.lock().unwrap().1 = bytes;
        }

        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().0.clone()).unwrap()
        }
    }

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut disk = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let taken = bytes.len().min(disk.1);
            if taken == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            disk.0.extend_from_slice(&bytes[..taken]);
            disk.1 -= taken;
            Ok(taken)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn push(queue: &mut Queue, line: &str) {
        queue.write_all(line.as_bytes()).unwrap();
        queue.drain(PATIENCE);
    }

    #[test]
    fn a_full_disk_costs_the_lines_that_do_not_fit_and_no_other() {
        let disk = Disk::default();
        let mut queue = Queue::start(disk.clone()).unwrap();
        disk.make_room(9);
        for line in ["first\n", "second\n", "third\n"] {
            push(&mut queue, line);
        }
        assert_eq!((disk.text().as_str(), queue.lost().get()), ("first\nsec", 2));
        disk.make_room(100);
        push(&mut queue, "fourth\n");
        assert_eq!((disk.text().as_str(), queue.lost().get()), ("first\nsec\nfourth\n", 2));
    }

    #[test]
    fn a_reader_that_stalls_costs_memory_up_to_a_limit() {
        let (reader, pipe) = io::pipe().unwrap();
        let mut queue = Queue::start(pipe).unwrap();
        let line = format!("{}\n", "x".repeat(9_999));
        for _ in 0..400 {
            queue.write_all(line.as_bytes()).unwrap();
        }
        // Kept are what the thread holds, what waits, and what the pipe took.
        let most = 2 * CAPACITY as u64 / 10_000 + 7;
        assert!((400 - most..400).contains(&queue.lost().get()), "{}", queue.lost().get());
        drop(reader);
        queue.drain(PATIENCE);
        assert!((393..=400).contains(&queue.lost().get()), "{}", queue.lost().get());
    }
}
