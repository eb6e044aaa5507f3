//! What single filters, orders and searches mean, by example.

use std::num::NonZeroU32;
use std::sync::Arc;

use proptest::prelude::*;
use whc_core::site::fold;
use whc_core::{
    Between, BoundingBox, Category, Hectares, Kilometres, Language, MemorySites, Names, Near, Order, Point,
    Search, Site, SiteId, SiteQuery, SiteRepository, SortKey, Year,
};

fn point(longitude: f64, latitude: f64) -> Point {
    Point::new(longitude, latitude).unwrap()
}

fn named(name: &str) -> Site {
    let names = Names::new(name).unwrap();
    Site::new(SiteId::new(1).unwrap(), names, Category::Cultural, Year::new(1978).unwrap())
}

fn score(text: &str, site: &Site) -> Option<u32> {
    Search::new(text).unwrap().score(site)
}

async fn embedded(query: SiteQuery) -> (u64, Vec<Arc<Site>>) {
    let page = MemorySites::embedded().unwrap().list(&query).await.unwrap();
    (page.total, page.items)
}

#[test]
fn a_box_may_cross_the_date_line() {
    let fiji = BoundingBox::new(175.0, -25.0, -175.0, -10.0).unwrap();
    for longitude in [175.0, 179.5, 180.0, -180.0, -175.0] {
        assert!(fiji.contains(point(longitude, -17.0)), "{longitude}");
    }
    for (longitude, latitude) in [(174.9, -17.0), (-174.9, -17.0), (0.0, -17.0), (180.0, 0.0)] {
        assert!(!fiji.contains(point(longitude, latitude)), "{longitude} {latitude}");
    }
    let west = BoundingBox::new(-180.0, -90.0, -170.0, 90.0).unwrap();
    assert!(west.contains(point(180.0, 0.0)), "180 and -180 are one meridian");
    assert!(BoundingBox::new(0.0, 1.0, 1.0, 0.0).is_err());
}

#[test]
fn distances_are_those_of_the_globe() {
    let rome = point(12.496_366, 41.902_782);
    let paris = point(2.352_222, 48.856_613);
    assert!((rome.kilometres_to(paris) - 1105.0).abs() < 2.0, "{}", rome.kilometres_to(paris));
    assert!(point(180.0, 10.0).kilometres_to(point(-180.0, 10.0)) < 1e-6);
    let half = point(0.0, 0.0).kilometres_to(point(180.0, 0.0));
    assert!((20_015.0..=Kilometres::MAX).contains(&half), "{half}");
}

#[test]
fn ranges_read_open_and_closed_ends() {
    let years = |text: &str| text.parse::<Between<Year>>().unwrap();
    let year = |year| Year::new(year).unwrap();
    assert!(years("1978").contains(year(1978)) && !years("1978").contains(year(1979)));
    assert!(years("1978..1990").contains(year(1990)) && !years("2000..").contains(year(1999)));
    for wrong in ["", "..", "1990..1978", "78", "1978-1990", "1..2..3", "1978..x", "1970", "..1970", "1969.."]
    {
        assert!(wrong.parse::<Between<Year>>().is_err(), "{wrong}");
    }
    assert_eq!(years("1970..1979"), years("1972..1979"), "a decade");
    let areas = "0..100".parse::<Between<Hectares>>().unwrap();
    assert!(areas.contains_known(Hectares::new(f64::MIN_POSITIVE).ok()));
    assert!(!areas.contains_known(None) && Between::<Hectares>::ANYTHING.contains_known(None));
    assert!("-1..".parse::<Between<Hectares>>().is_err() && "..inf".parse::<Between<Hectares>>().is_err());
}

#[test]
fn search_forgives_accents_case_and_one_slip() {
    let site = named("Škocjan Caves and Þingvellir, the Straße of Hawaiʻi");
    for (text, points) in [("SKOCJAN", 33), ("skoc", 23), ("skocjam", 13), ("sokcjan", 13), ("skocjann", 13)]
    {
        assert_eq!(score(text, &site), Some(points), "{text}");
    }
    for text in ["thingvellir", "strasse", "STRASSE", "straße", "hawaii", "caves skocjan", "Škocjan"] {
        assert!(score(text, &site).is_some(), "{text}");
    }
    for text in ["skojcna", "cavs", "ocjan", "skocjan lakes"] {
        assert_eq!(score(text, &site), None, "{text}");
    }
}

#[test]
fn search_reads_arabic_and_chinese() {
    let mut names = named("Memphis").names.translations().clone();
    names.set(Language::Arabic, "القَاهِرَة الإسلاميّة وآثارها");
    names.set(Language::Chinese, "孟菲斯及其墓地金字塔");
    let site = Site { names: names.try_into().unwrap(), ..named("Memphis") };
    for (text, points) in [
        ("القاهره", 32),
        ("الاسلامية", 32),
        ("القـــاهرة", 32),
        ("اثار", 0),
        ("金字塔", 22),
        ("孟菲斯及其墓地金字塔", 32),
    ] {
        assert_eq!(score(text, &site), (points > 0).then_some(points), "{text}");
    }
    assert_eq!(score("memphis 墓地", &site), Some(33 + 22));
}

#[test]
fn a_search_has_limits() {
    for wrong in ["", " ", "!?—", &"x".repeat(201), &"a ".repeat(13)] {
        assert!(Search::new(wrong).unwrap_err().is_invalid(), "{wrong}");
    }
    assert!(Search::new(&"ß".repeat(200)).is_ok());
}

#[tokio::test]
async fn the_nearest_sites_come_with_their_order() {
    let near = Near { nearest: NonZeroU32::new(3), ..Near::point(point(12.5, 41.9)) };
    let query = SiteQuery::default().with(|query| query.near = Some(near));
    let (total, sites) = embedded(query.clone()).await;
    assert_eq!((total, sites[0].names.english().contains("Rome")), (3, true));
    let distances: Vec<_> = sites.iter().map(|site| query.distance_km(site).unwrap()).collect();
    assert!(distances.is_sorted() && distances[2] < 40.0, "{distances:?}");
    let by_name = query.clone().with(|query| query.sort = Some(Order::by(SortKey::Name)));
    let (_, mut renamed) = embedded(by_name).await;
    renamed.sort_by_key(|site| sites.iter().position(|other| other.id == site.id));
    assert_eq!(renamed, sites, "sorting comes after choosing");
}

#[tokio::test]
async fn what_is_unknown_comes_last_either_way() {
    for descending in [false, true] {
        let sort = Some(Order { key: SortKey::Area, descending });
        let (_, sites) = embedded(SiteQuery::ALL.with(|query| query.sort = sort)).await;
        let known = sites.iter().take_while(|site| site.area.is_some()).count();
        assert!(known > 0 && sites[known..].iter().all(|site| site.area.is_none()));
        assert!(sites[known..].is_sorted_by_key(|site| site.id));
        let areas: Vec<_> = sites[..known].iter().filter_map(|site| site.area).collect();
        assert!(areas.is_sorted_by(|a, b| if descending { a >= b } else { a <= b }));
    }
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(text in "\\PC*") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn a_slip_is_a_distance_of_one(asked in "[abc]{5,7}", found in "[abc]{4,8}") {
        let slip = strsim::damerau_levenshtein(&asked, &found) <= 1;
        prop_assert_eq!(score(&asked, &named(&found)).is_some(), slip || found.starts_with(&asked));
    }

    #[test]
    fn searching_never_panics(text in "\\PC*", name in "\\PC+") {
        if let Ok(search) = Search::new(&text) {
            let _ = search.score(&named(&name));
        }
    }
}
