//! What maps say of each site of a snapshot, ready-made.

use std::sync::Arc;

use crate::site::Site;

/// A text for each site, in one.
#[derive(Debug)]
pub(crate) struct SiteLabels {
    text: String,
    /// Where that of each site ends; the next one starts there.
    ends: Box<[usize]>,
}

impl SiteLabels {
    /// `write` appends the text of a site.
    pub(super) fn new(sites: &[Arc<Site>], write: impl Fn(&Site, &mut String)) -> Self {
        let mut text = String::new();
        let label = |site: &Arc<Site>| {
            write(site, &mut text);
            text.len()
        };
        let ends = sites.iter().map(label).collect();
        text.shrink_to_fit();
        Self { text, ends }
    }

    /// That of the site at a position.
    pub(crate) fn get(&self, position: usize) -> Option<&str> {
        let start = position.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start..*self.ends.get(position)?)
    }
}
