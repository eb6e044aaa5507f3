//! A site in the words of schema.org (JSON-LD), for search engines.

use serde_json::{Value, json};

use crate::site::{Category, Language, Site};

/// The data block about the site at this address, as it stands in HTML: no text can end the block.
pub(super) fn data(site: &Site, address: &str) -> String {
    document(site, address)
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

fn document(site: &Site, address: &str) -> Value {
    let kind = match site.category {
        Category::Cultural => "LandmarksOrHistoricalBuildings",
        Category::Natural | Category::Mixed => "Place",
    };
    let names = site.names.translations().iter().filter(|(language, _)| *language != Language::English);
    let wikidata = site.wikidata.map(|item| format!("https://www.wikidata.org/wiki/{item}"));
    let elsewhere: Vec<_> = std::iter::once(site.url()).chain(wikidata).collect();
    let country = |name: &str| json!({"@type": "Country", "name": name});
    let mut document = json!({
        "@context": "https://schema.org",
        "@type": kind,
        "name": site.names.english(),
        "alternateName": names.map(|(language, name)| json!({"@language": language.code(), "@value": name})).collect::<Vec<_>>(),
        "url": address,
        "identifier": {"@type": "PropertyValue", "propertyID": "UNESCO World Heritage List", "value": site.id.get()},
        "sameAs": elsewhere,
        "containedInPlace": site.states.iter().map(|state| country(&state.name)).collect::<Vec<_>>(),
    });
    if let Some(point) = site.point {
        document["geo"] = json!({
            "@type": "GeoCoordinates",
            "latitude": point.latitude(),
            "longitude": point.longitude()
        });
    }
    document
}

#[cfg(test)]
mod tests {
    use super::data;
    use crate::site::{Category, Names, Site, SiteId, Year};

    #[test]
    fn no_name_ends_the_block() {
        let names = Names::new("</script><script>alert(1)</script> & <!-- ").unwrap();
        let site =
            Site::new(SiteId::new(1).unwrap(), names.clone(), Category::Natural, Year::new(1978).unwrap());
        let block = data(&site, "/sites/1");
        assert!(!block.contains(['<', '>', '&']), "{block}");
        let read: serde_json::Value = serde_json::from_str(&block).unwrap();
        assert_eq!(read["name"], names.english());
    }
}
