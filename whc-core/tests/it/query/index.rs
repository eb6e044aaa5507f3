//! Results of indexes equal those of the definition, in the cases that are easy to get wrong.

use std::num::NonZeroU32;
use std::sync::Arc;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;
use whc_core::site::fold;
use whc_core::{
    BoundingBox, Category, Kilometres, Language, MemorySites, Names, Near, Order, Point, Search, Site,
    SiteId, SiteQuery, SiteRepository, SortKey, Window, Year,
};

use super::{Answer, asked, by_definition, cases, strategy};

fn site(id: u32, name: &str) -> Site {
    let names = Names::new(name).unwrap();
    Site::new(SiteId::new(id).unwrap(), names, Category::Cultural, Year::new(1978).unwrap())
}

fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Site> {
    (1..).zip(names).map(|(id, name)| site(id, name)).collect()
}

async fn by_index(query: &SiteQuery, sites: &MemorySites) -> Answer {
    asked(query, sites).await.unwrap()
}

/// A site at every fifteenth degree: 25 at each pole, two at each place on the date line.
fn grid() -> Vec<Site> {
    let degrees = |most: i32| (-most..=most).step_by(15).map(f64::from);
    let points = degrees(90).flat_map(|latitude| degrees(180).map(move |longitude| (longitude, latitude)));
    let at =
        |(id, (longitude, latitude))| Site { point: Point::new(longitude, latitude).ok(), ..site(id, "A") };
    (1..).zip(points).map(at).collect()
}

#[tokio::test]
async fn a_long_list_is_answered_like_a_short_one() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    let sites = strategy::many_sites().new_tree(&mut runner).unwrap().current();
    let memory = MemorySites::new(sites.clone());
    let definition: Vec<_> = sites.iter().cloned().map(Arc::new).collect();
    for _ in 0..cases() {
        let mut query = strategy::query().new_tree(&mut runner).unwrap().current();
        // Searches have tests of their own; by definition they take long.
        query.search = None;
        let expected = query.select(&definition);
        let answer = memory.list(&query).await.unwrap();
        assert_eq!(answer.total, expected.total, "{query:?}");
        assert!(answer == expected, "{query:?}");
        assert_eq!(memory.facets(&query).await.unwrap(), query.facets(&definition), "{query:?}");
    }
}

#[tokio::test]
async fn boxes_end_at_the_poles_and_cross_the_date_line() {
    let sites = grid();
    let memory = MemorySites::new(sites.clone());
    for (west, south, east, north) in [
        (-180.0, -90.0, 180.0, 90.0),
        (170.0, -90.0, -170.0, 90.0),
        (180.0, -15.0, -180.0, 15.0),
        (180.0, -15.0, 180.0, 15.0),
        (-180.0, 0.0, -165.0, 90.0),
        (165.0, 0.0, 180.0, 0.0),
        (-180.0, 90.0, 180.0, 90.0),
        (-14.9, -14.9, 14.9, 14.9),
        (15.0, -90.0, -15.0, -75.0),
    ] {
        let bounding_box = BoundingBox::new(west, south, east, north).ok();
        let query = SiteQuery::default().with(|query| {
            query.bounding_box = bounding_box;
            query.window = Window::ALL;
        });
        assert_eq!(by_index(&query, &memory).await, by_definition(&query, &sites), "{bounding_box:?}");
    }
}

#[tokio::test]
async fn the_globe_has_no_edge() {
    let sites = grid();
    let memory = MemorySites::new(sites.clone());
    let sorts = [false, true].map(|descending| Order { key: SortKey::Distance, descending });
    for (longitude, latitude) in [(0.0, 90.0), (77.0, -90.0), (180.0, 0.0), (-179.9, 50.0), (12.5, 41.9)] {
        for kilometres in [1e-300, 0.001, 1_667.923, 5_000.0, 20_015.0, Kilometres::MAX] {
            for (nearest, sort) in
                [(None, sorts[0]), (NonZeroU32::new(7), sorts[1]), (NonZeroU32::new(99), sorts[0])]
            {
                let point = Point::new(longitude, latitude).unwrap();
                let near = Some(Near { point, radius: Kilometres::new(kilometres).ok(), nearest });
                let query = SiteQuery::default().with(|query| {
                    query.near = near;
                    query.sort = Some(sort);
                });
                assert_eq!(by_index(&query, &memory).await, by_definition(&query, &sites), "{query:?}");
            }
        }
    }
}

/// All texts of so many of the letters.
fn texts(letters: &str, length: usize) -> Vec<String> {
    let longer = |shorter: Vec<String>| -> Vec<String> {
        shorter.iter().flat_map(|text| letters.chars().map(move |letter| format!("{text}{letter}"))).collect()
    };
    (0..length).fold(vec![String::new()], |shorter, _| longer(shorter))
}

#[tokio::test]
async fn every_slip_is_found() {
    let words: Vec<_> = (4..=7).flat_map(|length| texts("ab", length)).chain(texts("ёb", 6)).collect();
    let sites = named(words.iter().map(String::as_str));
    let memory = MemorySites::new(sites.clone());
    for asked in texts("ab", 5).iter().chain(&texts("ab", 6)).chain(&texts("ёb", 5)) {
        let search = Search::new(asked).ok();
        let query = SiteQuery::default().with(|query| {
            query.search = search;
            query.window = Window::ALL;
        });
        assert_eq!(by_index(&query, &memory).await, by_definition(&query, &sites), "{asked}");
    }
}

#[tokio::test]
async fn chinese_is_found_wherever_it_stands() {
    let names: Vec<_> = (1..=4).flat_map(|length| texts("长城市", length)).collect();
    let mut sites = named(names.iter().map(String::as_str));
    sites.extend((1000..1010).map(|id| site(id, "Kyoto京都1994")));
    let memory = MemorySites::new(sites.clone());
    for asked in
        ["长", "长城", "长长", "城市长", "长城市长", "长城市长城", "北长", "都", "kyoto 都", "1994京"]
    {
        let search = Search::new(asked).ok();
        let query = SiteQuery::default().with(|query| {
            query.search = search;
            query.window = Window::ALL;
        });
        assert_eq!(by_index(&query, &memory).await, by_definition(&query, &sites), "{asked}");
    }
}

#[tokio::test]
async fn names_in_each_language_have_their_order() {
    let sites: Vec<_> = whc_core::site::embedded().unwrap();
    let memory = MemorySites::new(sites.clone());
    for language in Language::ALL {
        for descending in [false, true] {
            let sort = Some(Order { key: SortKey::Name, descending });
            for (countries, offset) in [("", 0), ("", 1200), ("IT", 0), ("IT", 55)] {
                let countries = countries.parse().into_iter().collect();
                let window = Window::new(10, offset).unwrap();
                let query = SiteQuery::default().with(|query| {
                    query.sort = sort;
                    query.language = language;
                    query.countries = countries;
                    query.window = window;
                });
                assert_eq!(by_index(&query, &memory).await, by_definition(&query, &sites), "{query:?}");
            }
        }
    }
}

#[test]
fn letters_fold_on_their_own() {
    for mark in ('\0'..=char::MAX).filter(|letter| canonical_combining_class(*letter) != 0) {
        // Their order is all that normalisation of a whole text could change.
        assert_eq!(fold(&mark.to_string()), "", "{}", mark.escape_unicode());
    }
    let whole: String = "Ǻ\u{323}\u{301}가각".nfkd().collect();
    assert_eq!(fold("Ǻ\u{323}\u{301}가각"), fold(&whole));
}
