//! Plots as SVG in pages: widths in per cent, heights and texts in pixels, so that bars stretch and words do not.
//!
//! The style sheet of the pages gives the classes their colours. Each plot stands beside a table with the same numbers.

mod axis;
mod history;
mod regions;
mod years;

use askama::filters::HtmlSafe;

pub(crate) use self::history::HistoryPlot;
pub(crate) use self::regions::RegionPlot;
pub(crate) use self::years::{DangerPlot, InscriptionsPlot};

impl HtmlSafe for DangerPlot<'_> {}
impl HtmlSafe for HistoryPlot<'_> {}
impl HtmlSafe for InscriptionsPlot<'_> {}
impl HtmlSafe for RegionPlot<'_> {}

#[cfg(test)]
mod tests {
    use super::{DangerPlot, HistoryPlot, InscriptionsPlot, RegionPlot};
    use crate::site::{self, Region, Site, Statistics, Year};

    fn statistics() -> Statistics {
        Statistics::new(&site::embedded().unwrap(), Year::new(2026).unwrap())
    }

    fn history(id: u32) -> String {
        let sites = site::embedded().unwrap();
        let site: &Site = sites.iter().find(|site| site.id.get() == id).unwrap();
        let last = Year::new(2026).unwrap();
        HistoryPlot { site, last, on_list: "On the List", in_danger: "In danger" }.to_string()
    }

    #[test]
    fn a_bar_stands_where_its_year_and_its_number_are() {
        let years = &statistics().years;
        let plot = InscriptionsPlot { years, labelled_by: "per-year" }.to_string();
        // 1978: 8 cultural sites, 4 natural ones upon them.
        assert!(plot.contains("<rect x=\"5.00%\" y=\"196\" width=\"1.4%\" height=\"24\"/>"), "{plot}");
        assert!(plot.contains("<rect x=\"5.00%\" y=\"184\" width=\"1.4%\" height=\"12\"/>"), "{plot}");
        assert!(plot.contains("<text class=\"mid\" x=\"9.58%\" y=\"238\">1980</text>"), "{plot}");
        assert!(
            plot.contains("<line x1=\"0\" x2=\"100%\" y1=\"40\" y2=\"40\"/><text x=\"0\" y=\"36\">60</text>"),
            "{plot}"
        );

        let plot = DangerPlot { years, labelled_by: "danger", last: "57 <in> 2026" }.to_string();
        assert!(plot.contains("<rect x=\"98.06%\" y=\"49\" width=\"1.4%\" height=\"171\"/>"), "{plot}");
        assert!(plot.contains("<text class=\"end\" x=\"100%\" y=\"31\">57 &lt;in&gt; 2026</text>"), "{plot}");
    }

    #[test]
    fn regions_have_one_scale() {
        let years = &statistics().years;
        assert_eq!(RegionPlot::scale(years), 600);
        let plot = RegionPlot { years, region: Region::Africa, scale: 600, labelled: true }.to_string();
        assert!(plot.contains("<svg viewBox=\"0 0 48 600\""), "{plot}");
        assert!(plot.contains("d=\"M0 600L0 597L1 593L2 586L3 581"), "{plot}");
        assert!(plot.contains("L47 488L48 485V600z\"/>"), "{plot}");
        let empty =
            RegionPlot { years: &[], region: Region::Africa, scale: RegionPlot::scale(&[]), labelled: false }
                .to_string();
        assert!(empty.contains("viewBox=\"0 0 1 200\""), "{empty}");
    }

    #[test]
    fn a_site_has_its_time_on_the_list_in_danger_and_its_extensions() {
        let bamiyan = history(208);
        assert!(
            bamiyan.contains("<rect x=\"51.02%\" y=\"16\" width=\"48.98%\" height=\"12\"/>"),
            "{bamiyan}"
        );
        assert!(
            bamiyan.contains("<text class=\"end\" x=\"51.02%\" dx=\"-8\" y=\"44\">In danger</text>"),
            "{bamiyan}"
        );
        let beeches = history(1133);
        assert!(
            beeches.contains("<rect x=\"59.18%\" y=\"24\" width=\"40.82%\" height=\"12\"/>"),
            "{beeches}"
        );
        assert!(beeches.contains("<rect x=\"67.35%\" y=\"16\" width=\"2\" height=\"28\"/>"), "{beeches}");
        assert!(!beeches.contains("danger"));
        // Inscribed in 2004, in danger from 2006, off the list in 2009: the bars end with that.
        let dresden = history(1156);
        assert!(dresden.contains("<rect x=\"53.06%\" y=\"16\" width=\"11.22%\""), "{dresden}");
        // Before 1990 the words stand above.
        assert!(history(1).contains("<text x=\"0.00%\" y=\"12\">On the List</text>"), "{}", history(1));
    }
}
