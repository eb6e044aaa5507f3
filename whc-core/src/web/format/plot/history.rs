//! A site over the years: on the List, in danger, extended.

use std::fmt::{self, Display};

use super::axis::Years;
use crate::site::{Site, Year};
use crate::web::format::class_of;

/// Where the axis lies, in pixels.
const AXIS: u32 = 62;
/// From here on there is room for words at the left of a bar, in per cent.
const ROOM: f64 = 24.0;

/// A site over the years.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HistoryPlot<'a> {
    /// The site.
    pub(crate) site: &'a Site,
    /// This year.
    pub(crate) last: Year,
    /// `On the List`.
    pub(crate) on_list: &'a str,
    /// `In danger`.
    pub(crate) in_danger: &'a str,
}

impl Display for HistoryPlot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (site, years) = (self.site, Years::until(self.last));
        f.write_str("<svg class=\"plot\" width=\"100%\" height=\"86\" aria-hidden=\"true\">\n")?;
        for (year, x) in years.decades() {
            write!(f, "<line x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"0\" y2=\"{AXIS}\"/>")?;
            writeln!(f, "<text class=\"mid\" x=\"{x:.2}%\" y=\"80\">{year}</text>")?;
        }
        writeln!(f, "<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"{AXIS}\" y2=\"{AXIS}\"/>")?;

        let dangers = self.dangers(years);
        let y = if dangers.is_empty() { 24 } else { 16 };
        let end = site.status.left().map_or(100.0, |left| years.middle(left));
        bars(f, class_of(site.category), y, &[(years.start(site.inscribed), end)], self.on_list)?;
        for extended in &site.extended {
            writeln!(
                f,
                "<rect x=\"{:.2}%\" y=\"{}\" width=\"2\" height=\"28\"/>",
                years.start(*extended),
                y - 8
            )?;
        }
        if let Some((first, _)) = dangers.first() {
            // Words above it need room below the bar before.
            let below = if *first < ROOM { 30 } else { 18 };
            bars(f, "danger", y + below, &dangers, self.in_danger)?;
        }
        f.write_str("</svg>")
    }
}

impl HistoryPlot<'_> {
    /// Where the dangers begin and end, in per cent. One of unknown beginning begins with the inscription.
    fn dangers(&self, years: Years) -> Vec<(f64, f64)> {
        let danger = &self.site.danger;
        let past = danger.past().iter().map(|period| (years.start(period.from()), years.middle(period.to())));
        let since = danger.since().unwrap_or(self.site.inscribed);
        let now = danger.is_current().then(|| (years.start(since), 100.0));
        past.chain(now).collect()
    }
}

/// A row of bars with its words: left of the first one, or above it where that begins too early.
fn bars(f: &mut fmt::Formatter<'_>, class: &str, y: u32, spans: &[(f64, f64)], words: &str) -> fmt::Result {
    write!(f, "<g class=\"{class}\">")?;
    for (from, to) in spans {
        write!(f, "<rect x=\"{from:.2}%\" y=\"{y}\" width=\"{:.2}%\" height=\"12\"/>", to - from)?;
    }
    f.write_str("</g>\n")?;
    let (words, from) = (html_escape::encode_text(words), spans.first().map_or(0.0, |(from, _)| *from));
    if from < ROOM {
        let above = y - 4;
        return writeln!(f, "<text x=\"{from:.2}%\" y=\"{above}\">{words}</text>");
    }
    writeln!(f, "<text class=\"end\" x=\"{from:.2}%\" dx=\"-8\" y=\"{}\">{words}</text>", y + 10)
}
