//! The sites of a region over the years, as one of several small plots at one scale.

use std::fmt::{self, Display};

use crate::site::{Region, YearCounts};

/// The sites of a region at the end of each year.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RegionPlot<'a> {
    /// The years.
    pub(crate) years: &'a [YearCounts],
    /// The region.
    pub(crate) region: Region,
    /// The number of sites at the top line: that of [`scale`](Self::scale).
    pub(crate) scale: u64,
    /// Whether the lines have their numbers, as in the first plot of a row.
    pub(crate) labelled: bool,
}

impl RegionPlot<'_> {
    /// The number of sites at the top line of all these plots.
    pub(crate) fn scale(years: &[YearCounts]) -> u64 {
        let most = years.iter().flat_map(|year| year.by_region.values().copied()).max();
        most.unwrap_or_default().max(1).next_multiple_of(200)
    }
}

impl Display for RegionPlot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = self.scale;
        let of = |year: &YearCounts| scale - year.by_region.get(&self.region).copied().unwrap_or_default();
        f.write_str("<svg class=\"plot\" width=\"100%\" height=\"150\" aria-hidden=\"true\">\n")?;
        for (class, y) in [("", 32), ("", 82), (" class=\"axis\"", 132)] {
            writeln!(f, "<line{class} x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>")?;
        }
        if self.labelled {
            writeln!(f, "<text x=\"0\" y=\"28\">{scale}</text><text x=\"0\" y=\"78\">{}</text>", scale / 2)?;
        }
        if let [first, .., last] = self.years {
            let (from, to) = (first.year, last.year);
            writeln!(
                f,
                "<text x=\"0\" y=\"148\">{from}</text><text class=\"end\" x=\"100%\" y=\"148\">{to}</text>"
            )?;
        }
        let across = self.years.len().saturating_sub(1).max(1);
        write!(f, "<svg viewBox=\"0 0 {across} {scale}\" x=\"0\" y=\"32\" width=\"100%\" height=\"100\"")?;
        write!(f, " preserveAspectRatio=\"none\"><path d=\"M0 {scale}")?;
        self.years.iter().enumerate().try_for_each(|(at, year)| write!(f, "L{at} {}", of(year)))?;
        writeln!(f, "V{scale}z\"/></svg>")?;
        f.write_str("</svg>")
    }
}
