//! Rows side by side that are wrong in one way: where a column slid, was filled down, or was sorted alone.

/// How many rows are neighbours.
pub(super) const NEIGHBOURS: usize = 20;

/// Rows of a file that have something in common.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs(Vec<usize>);

/// The neighbours most of which are such rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) count: usize,
    /// The first of them.
    pub(super) row: usize,
}

impl Runs {
    pub(super) fn count(&mut self, row: usize) {
        self.0.push(row);
    }

    /// The run with the most rows, if there are more than `most` among its neighbours.
    pub(super) fn longer_than(&self, most: usize) -> Option<Run> {
        let mut rows = self.0.clone();
        rows.sort_unstable();
        rows.dedup();
        let run = |(at, row): (usize, &usize)| {
            let count = rows[at..].iter().take_while(|other| **other - row < NEIGHBOURS).count();
            Run { count, row: *row }
        };
        let longest = rows.iter().enumerate().map(run).max_by_key(|run| run.count);
        longest.filter(|run| run.count > most)
    }
}
