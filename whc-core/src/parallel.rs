//! Work on all cores of the machine, for what a reader waits for or a new snapshot needs.

use std::num::NonZero;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many threads to work on at once: one a core. Where there is one core none is started.
pub(crate) fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// What `work` makes of each item, in the order of the items. The first ones are begun first, so the longest work belongs
/// there.
pub(crate) fn map<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let threads = threads().min(items.len());
    if threads <= 1 {
        return items.into_iter().map(work).collect();
    }
    let queue = Mutex::new(items.into_iter().enumerate());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let drain = || {
        let mut done = Vec::new();
        while let Some((at, item)) = next() {
            done.push((at, work(item)));
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let thread = || thread::Builder::new().name("whc-parallel".into()).spawn_scoped(scope, drain);
        // Where no thread can be had, those there are do its work.
        let helpers: Vec<_> = (1..threads).map_while(|_| thread().ok()).collect();
        let mut done = drain();
        for helper in helpers {
            done.extend(helper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::panic::catch_unwind;
    use std::sync::Barrier;
    use std::thread;

    use super::{map, threads};

    #[test]
    fn results_are_in_the_order_of_the_items() {
        let items: Vec<u32> = (0..1000).collect();
        let doubled: Vec<u32> = items.iter().map(|item| item * 2).collect();
        assert_eq!(map(items, |item| item * 2), doubled);
        assert!(map(Vec::<u32>::new(), |item| item).is_empty());
    }

    /// Each item waits until as many are begun as there are cores, so one thread alone would never end.
    #[test]
    fn every_core_works() {
        let barrier = Barrier::new(threads());
        let ids = map(vec![(); threads()], |()| {
            barrier.wait();
            thread::current().id()
        });
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), threads());
    }

    #[test]
    fn a_panic_is_that_of_the_caller() {
        let panic = catch_unwind(|| map(vec![1, 2, 3], |item| assert!(item != 2, "item 2"))).unwrap_err();
        let message = panic.downcast_ref::<&str>().map(ToString::to_string);
        assert_eq!(message.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap(), "item 2");
    }
}
