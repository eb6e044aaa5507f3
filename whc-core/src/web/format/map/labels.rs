//! What links on the map of the world have inside, ready-made: the map is on the most wanted pages, and has all sites.

use super::equal_earth::EqualEarth;
use super::marker::{self, Marker};
use crate::repository::{SiteLabels, Snapshot};
use crate::site::{Language, Site, SiteId};

/// The insides of links to the sites of a snapshot in one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Labels<'a> {
    snapshot: &'a Snapshot,
    labels: &'a SiteLabels,
}

impl<'a> Labels<'a> {
    /// Those of the sites of this snapshot.
    pub(crate) fn new(snapshot: &'a Snapshot, language: Language) -> Self {
        Self { snapshot, labels: snapshot.labels(language, |site, text| write(site, language, text)) }
    }

    /// That of a site; `None` if it is not in the snapshot, or nobody knows where it is.
    pub(super) fn of_site(&self, id: SiteId) -> Option<&'a str> {
        self.labels.get(self.snapshot.position(id)?).filter(|label| !label.is_empty())
    }
}

fn write(site: &Site, language: Language, text: &mut String) {
    let marker = Marker::of_site(site, language);
    if let Some((marker, site)) = marker.as_ref().and_then(|marker| Some((marker, marker.site.as_ref()?))) {
        // A string takes everything.
        let _ = marker::label(marker, site, EqualEarth::WORLD.place(marker.position()), text);
    }
}

#[cfg(test)]
mod tests {
    use super::Labels;
    use crate::repository::{Snapshot, Version};
    use crate::site::{Language, embedded_shared};
    use crate::web::format::map::{Map, Marker, SiteAddresses};

    #[test]
    fn a_map_with_labels_is_the_one_without() {
        let snapshot = Snapshot::new(Version::new("1"), embedded_shared().unwrap()).unwrap();
        for language in [Language::English, Language::Arabic] {
            let map = Map::world(Marker::of_sites(snapshot.sites(), language))
                .linked(SiteAddresses::new("/sites/", "?a=1&b=2"));
            let labels = Labels::new(&snapshot, language);
            assert!(snapshot.sites().iter().any(|site| labels.of_site(site.id).is_some()));
            assert!(map.clone().labelled(|| Some(labels)).to_string() == map.to_string(), "{language}");
        }
    }
}
