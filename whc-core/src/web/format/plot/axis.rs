//! The axes of plots: years across in per cent, numbers of sites up in pixels.

use crate::site::{Year, YearCounts};

/// The years across a plot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Years {
    first: u16,
    last: u16,
    /// Where the first one begins, in per cent.
    start: f64,
}

impl Years {
    /// The years of the List until the last of these, from `start` per cent to the end.
    pub(super) fn of(years: &[YearCounts], start: f64) -> Self {
        let last = years.last().map_or(Year::FIRST_INSCRIPTIONS, |year| year.year.get());
        Self { first: Year::FIRST_INSCRIPTIONS, last, start }
    }

    /// The years of the List until `last`, over the whole width.
    pub(super) fn until(last: Year) -> Self {
        let first = Year::FIRST_INSCRIPTIONS;
        Self { first, last: last.get().max(first), start: 0.0 }
    }

    /// Where a year begins, in per cent.
    pub(super) fn start(self, year: Year) -> f64 {
        self.place(f64::from(year.get()))
    }

    /// Where the middle of a year is, in per cent.
    pub(super) fn middle(self, year: Year) -> f64 {
        self.place(f64::from(year.get()) + 0.5)
    }

    /// The first years of decades, and where they begin.
    pub(super) fn decades(self) -> impl Iterator<Item = (u16, f64)> {
        let decades = (self.first..=self.last).filter(|year| year % 10 == 0);
        decades.map(move |year| (year, self.place(f64::from(year))))
    }

    fn place(self, year: f64) -> f64 {
        let (first, count) = (f64::from(self.first), f64::from(self.last - self.first + 1));
        let part = ((year - first) / count).clamp(0.0, 1.0);
        self.start + part * (100.0 - self.start)
    }
}

/// Numbers of sites upwards.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heights {
    /// The sites from one line to the next.
    step: u64,
}

impl Heights {
    /// The pixels from one line to the next.
    const LINE: u64 = 60;

    /// For numbers up to this one: the highest bar ends half a step above the third line at most.
    pub(super) fn up_to(most: u64) -> Self {
        let steps = (0..18).flat_map(|power| [2, 5, 10].map(|digit| digit * 10_u64.pow(power)));
        let fits = |step: &u64| *step >= 20 && 2 * most <= 7 * step;
        Self { step: steps.into_iter().find(fits).unwrap_or(u64::MAX) }
    }

    /// The numbers with a line.
    pub(super) fn lines(self) -> [u64; 3] {
        [1, 2, 3].map(|line| line * self.step)
    }

    /// Where a bar of so many sites ends above an axis.
    pub(super) fn top(self, axis: u64, count: u64) -> u64 {
        axis.saturating_sub((count * Self::LINE + self.step / 2) / self.step)
    }
}

#[cfg(test)]
mod tests {
    use super::Heights;

    #[test]
    fn every_number_fits_below_the_top() {
        for (most, lines, top) in [
            (0, [20, 40, 60], 220),
            (61, [20, 40, 60], 37),
            (70, [20, 40, 60], 10),
            (71, [50, 100, 150], 135),
            (1273, [500, 1000, 1500], 67),
        ] {
            let heights = Heights::up_to(most);
            assert_eq!((heights.lines(), heights.top(220, most)), (lines, top), "{most}");
        }
    }
}
