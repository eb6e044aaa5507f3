//! Bars for the years of the List.

use std::fmt::{self, Display};

use super::axis::{Heights, Years};
use crate::site::{Category, YearCounts};
use crate::web::format::class_of;

/// Where the axis lies, and the height of the whole, in pixels.
const AXIS: u64 = 220;
const HEIGHT: u64 = 250;
/// The width of a bar, in per cent.
const WIDTH: f64 = 1.4;

/// The inscriptions in each year by category, one upon the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InscriptionsPlot<'a> {
    /// The years.
    pub(crate) years: &'a [YearCounts],
    /// The id of the element with its name.
    pub(crate) labelled_by: &'a str,
}

/// The sites in danger at the end of each year.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DangerPlot<'a> {
    /// The years.
    pub(crate) years: &'a [YearCounts],
    /// The id of the element with its name.
    pub(crate) labelled_by: &'a str,
    /// What stands above the last bar: `56 in 2026`.
    pub(crate) last: &'a str,
}

impl Display for InscriptionsPlot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |year: &YearCounts, categories: &[Category]| -> u64 {
            categories.iter().filter_map(|category| year.inscribed.get(category)).sum()
        };
        let most = self.years.iter().map(|year| of(year, &Category::ALL)).max();
        let bars = Bars::new(self.years, most);
        bars.begin(f, self.labelled_by)?;
        for (at, category) in Category::ALL.into_iter().enumerate() {
            let below = &Category::ALL[..at];
            bars.group(f, class_of(category), |year| (of(year, below), of(year, &[category])))?;
        }
        Bars::axis(f)?;
        f.write_str("</svg>")
    }
}

impl Display for DangerPlot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bars = Bars::new(self.years, self.years.iter().map(|year| year.in_danger).max());
        bars.begin(f, self.labelled_by)?;
        bars.group(f, "danger", |year| (0, year.in_danger))?;
        Bars::axis(f)?;
        let top = self.years.last().map_or(AXIS, |year| bars.heights.top(AXIS, year.in_danger));
        let (last, y) = (html_escape::encode_text(self.last), top.saturating_sub(18));
        writeln!(f, "<text class=\"end\" x=\"100%\" y=\"{y}\">{last}</text>")?;
        f.write_str("</svg>")
    }
}

/// A plot with a bar for each year.
struct Bars<'a> {
    years: &'a [YearCounts],
    across: Years,
    heights: Heights,
}

impl<'a> Bars<'a> {
    fn new(years: &'a [YearCounts], most: Option<u64>) -> Self {
        let across = Years::of(years, 5.0);
        Self { years, across, heights: Heights::up_to(most.unwrap_or_default()) }
    }

    /// The element, the lines behind the bars with their numbers, and the years below.
    fn begin(&self, f: &mut fmt::Formatter<'_>, labelled_by: &str) -> fmt::Result {
        let id = html_escape::encode_double_quoted_attribute(labelled_by);
        writeln!(
            f,
            "<svg class=\"plot\" width=\"100%\" height=\"{HEIGHT}\" role=\"img\" aria-labelledby=\"{id}\">"
        )?;
        for number in self.heights.lines() {
            let y = self.heights.top(AXIS, number);
            writeln!(
                f,
                "<line x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/><text x=\"0\" y=\"{}\">{number}</text>",
                y - 4
            )?;
        }
        for (year, x) in self.across.decades() {
            writeln!(f, "<text class=\"mid\" x=\"{:.2}%\" y=\"238\">{year}</text>", x + WIDTH / 2.0)?;
        }
        Ok(())
    }

    /// The bars of one colour: how many sites each stands on, and how many it is high.
    fn group(
        &self,
        f: &mut fmt::Formatter<'_>,
        class: &str,
        counts: impl Fn(&YearCounts) -> (u64, u64),
    ) -> fmt::Result {
        writeln!(f, "<g class=\"{class}\">")?;
        for year in self.years {
            let (below, count) = counts(year);
            if count > 0 {
                let (top, foot) = (self.heights.top(AXIS, below + count), self.heights.top(AXIS, below));
                let (x, height) = (self.across.start(year.year), foot - top);
                writeln!(f, "<rect x=\"{x:.2}%\" y=\"{top}\" width=\"{WIDTH}%\" height=\"{height}\"/>")?;
            }
        }
        f.write_str("</g>\n")
    }

    /// The axis, over the feet of the bars.
    fn axis(f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"{AXIS}\" y2=\"{AXIS}\"/>")
    }
}
