//! Sites on a map, as an image for READMEs and slides.

use std::sync::Arc;

use super::map::{Image, ImageStyle, Map, SiteAddresses};
use crate::site::{Category, Site, SiteQuery};

/// The image of these sites, out of `total` in all. Each symbol leads to its site, below the address `sites_at`.
pub(crate) fn write(
    sites: &[Arc<Site>],
    total: u64,
    query: &SiteQuery,
    sites_at: &str,
    style: ImageStyle,
) -> String {
    let addresses = SiteAddresses::new(&format!("{sites_at}/"), "");
    let map = Map::of_sites(sites, query, query.language).linked(addresses);
    let (title, description) = ("World Heritage sites", &description(sites, total, map.places()));
    Image { map, style, title, description }.to_string()
}

/// What the image shows, in sentences.
fn description(sites: &[Arc<Site>], total: u64, places: usize) -> String {
    let of = |category| sites.iter().filter(|site| site.category == category).count();
    let [cultural, natural, mixed] = [Category::Cultural, Category::Natural, Category::Mixed].map(of);
    let in_danger = sites.iter().filter(|site| site.danger.is_current()).count();
    let nowhere = sites.iter().filter(|site| site.point.is_none()).count();
    let shown = sites.len();
    let some = if shown as u64 == total { String::new() } else { format!(" of {total}") };
    let unplaced = match nowhere {
        0 => String::new(),
        count => format!(" {count} not on the map, as the place is not known."),
    };
    let outside = match shown - nowhere - places {
        0 => String::new(),
        count => format!(" {count} far from the others, outside the map."),
    };
    format!(
        "Map of {shown}{some} sites: {cultural} cultural (circles), {natural} natural (triangles), {mixed} mixed \
         (diamonds); {in_danger} in danger (rings).{unplaced}{outside} Land: Natural Earth."
    )
}
