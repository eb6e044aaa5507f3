//! Random sites and queries from small pools of values, so that they often meet: ties, edges, gaps, many scripts.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use whc_core::{
    Between, BoundingBox, Category, Criteria, CriteriaMatch, Criterion, Danger, Hectares, InDanger,
    Kilometres, Language, Near, Order, Period, Point, Regions, Search, Site, SiteId, SiteQuery, SortKey,
    StateParty, Status, StatusFilter, Translations, Window, Year,
};

const SITES: u32 = 40;
const LONGITUDES: [f64; 10] = [-180.0, -179.9, -90.0, -0.1, 0.0, 12.5, 90.0, 170.0, 179.999_999, 180.0];
const LATITUDES: [f64; 7] = [-90.0, -17.5, -0.0, 0.0, 41.9, 89.999, 90.0];
const AREAS: [f64; 6] = [f64::MIN_POSITIVE, 0.1, 0.1 + 0.2, 100.0, 1e6, 1e300];
const TEXTS: [&str; 14] = [
    "Galápagos Islands",
    "Îles Galápagos",
    "islands of the GALAPAGOS",
    "Æolian Isles / Straße",
    "Московский Кремль",
    "Ёлка и ёж",
    "قلعة القاهرة",
    "قَلْعَة آثار",
    "万里长城",
    "长城",
    "Kyoto 京都 1994",
    "Škocjan Caves",
    "a",
    "— & —",
];
const WORDS: [&str; 14] = [
    "galapagos",
    "galapgaos",
    "ISL",
    "strasse",
    "aeol",
    "кремл",
    "елка",
    "القاهره",
    "قلعة",
    "长城",
    "城",
    "1994",
    "skocjam",
    "a",
];

fn optional<T: Clone + std::fmt::Debug>(
    values: impl Strategy<Value = T>,
) -> impl Strategy<Value = Option<T>> {
    prop_oneof![8 => Just(None), 1 => values.prop_map(Some)]
}

fn year() -> impl Strategy<Value = Year> {
    (1978_u16..1984).prop_map(|year| Year::new(year).unwrap())
}

fn period() -> impl Strategy<Value = Period> {
    (year(), year()).prop_map(|(one, other)| Period::new(one.min(other), one.max(other)).unwrap())
}

fn hectares() -> impl Strategy<Value = Hectares> {
    select(&AREAS).prop_map(|area| Hectares::new(area).unwrap())
}

fn point() -> impl Strategy<Value = Point> {
    (select(&LONGITUDES), select(&LATITUDES)).prop_map(|(x, y)| Point::new(x, y).unwrap())
}

fn categories() -> impl Strategy<Value = Category> {
    select(&Category::ALL)
}

fn criteria() -> impl Strategy<Value = Criteria> {
    subsequence(vec!["i", "iv", "vi", "x"], 0..4)
        .prop_map(|some| some.iter().map(|numeral| numeral.parse::<Criterion>().unwrap()).collect())
}

fn regions() -> impl Strategy<Value = Regions> {
    subsequence(vec!["AFR", "ARB", "EUR"], 0..3)
        .prop_map(|codes| codes.iter().map(|code| code.parse().unwrap()).collect())
}

fn countries() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(vec!["IT", "CH", "FJ", "KI"], 0..3)
}

fn texts() -> impl Strategy<Value = Translations> {
    proptest::array::uniform6(proptest::option::weighted(0.3, select(&TEXTS))).prop_map(|texts| {
        Language::ALL.into_iter().zip(texts).filter_map(|(language, text)| Some((language, text?))).collect()
    })
}

/// A list with the ids from 1 on.
pub(crate) fn sites() -> impl Strategy<Value = Vec<Site>> {
    (1..=SITES).map(site).collect::<Vec<_>>()
}

/// A list that is long enough for indexes to count.
pub(super) fn many_sites() -> impl Strategy<Value = Vec<Site>> {
    (1..=15 * SITES).map(site).collect::<Vec<_>>()
}

pub(crate) fn site(number: u32) -> impl Strategy<Value = Site> {
    let words = (texts(), select(&TEXTS), texts());
    let kind = (categories(), criteria(), regions(), countries());
    let history = (year(), 0_u8..4, any::<bool>(), any::<bool>());
    let later = (
        proptest::option::of(year()),
        proptest::collection::vec(period(), 0..3),
        year(),
        proptest::collection::vec(year(), 0..2),
    );
    let place = (proptest::option::weighted(0.8, point()), proptest::option::weighted(0.7, hectares()));
    (words, kind, history, later, place).prop_map(move |(words, kind, history, later, (point, area))| {
        let (since, past, left, mut extended) = later;
        extended.sort_unstable();
        let (mut names, english, short_descriptions) = words;
        names.set(Language::English, english);
        let (category, criteria, regions, countries) = kind;
        let (inscribed, status, in_danger, transboundary) = history;
        let now = if in_danger { InDanger::Yes { since } } else { InDanger::No };
        let mut isos: Vec<_> = countries.into_iter().map(|code| Some(code.parse().unwrap())).collect();
        isos.push(None);
        Site {
            short_descriptions,
            criteria,
            regions,
            states: isos.into_iter().map(|iso| StateParty { iso, name: "A state".into() }).collect(),
            danger: Danger::new(now, past),
            extended,
            status: match status {
                0 => Status::Delisted { year: left.max(inscribed) },
                1 => Status::Superseded { year: left.max(inscribed), by: SiteId::new(7).unwrap() },
                _ => Status::Inscribed,
            },
            transboundary,
            point,
            area,
            ..Site::new(SiteId::new(number).unwrap(), names.try_into().unwrap(), category, inscribed)
        }
    })
}

fn between<T: Copy + PartialOrd + std::fmt::Display + std::fmt::Debug>(
    ends: impl Strategy<Value = T>,
    others: impl Strategy<Value = T>,
) -> impl Strategy<Value = Between<T>> {
    (optional(ends), optional(others)).prop_map(|(from, to)| match (from, to) {
        (Some(from), Some(to)) if from > to => Between::new(Some(to), Some(from)).unwrap(),
        _ => Between::new(from, to).unwrap(),
    })
}

fn bounding_box() -> impl Strategy<Value = BoundingBox> {
    (point(), point()).prop_map(|(a, b)| {
        let (south, north) = (a.latitude().min(b.latitude()), a.latitude().max(b.latitude()));
        BoundingBox::new(a.longitude(), south, b.longitude(), north).unwrap()
    })
}

fn near() -> impl Strategy<Value = Near> {
    let radius = prop_oneof![select(&[0.001, 120.0, 5000.0, Kilometres::MAX][..]), 0.1..20_000.0];
    let radius = radius.prop_map(|radius| Kilometres::new(radius).unwrap());
    (point(), optional(radius), optional(1_u32..8)).prop_map(|(point, radius, nearest)| Near {
        point,
        radius,
        nearest: nearest.and_then(NonZeroU32::new),
    })
}

fn search() -> impl Strategy<Value = Search> {
    proptest::collection::vec(select(&WORDS), 1..3).prop_map(|words| Search::new(&words.join(" ")).unwrap())
}

fn order() -> impl Strategy<Value = Order> {
    (select(&SortKey::ALL), any::<bool>()).prop_map(|(key, descending)| Order { key, descending })
}

fn window() -> impl Strategy<Value = Window> {
    prop_oneof![
        2 => Just(Window::ALL),
        1 => (1_u32..20, 0_u64..50).prop_map(|(limit, offset)| Window::new(limit, offset).unwrap()),
    ]
}

type Times = (Between<Year>, Option<bool>, Option<bool>, StatusFilter, Option<Year>);

/// The filters about years, and those that a year changes.
fn times() -> impl Strategy<Value = Times> {
    (
        between(year(), year()),
        optional(any::<bool>()),
        optional(any::<bool>()),
        select(&[StatusFilter::Inscribed, StatusFilter::All, StatusFilter::Delisted]),
        proptest::option::weighted(0.3, year()),
    )
}

/// A query with few filters as a rule, so that something is left to find.
pub(super) fn query() -> impl Strategy<Value = SiteQuery> {
    let id = || (1..=SITES).prop_map(|id| SiteId::new(id).unwrap());
    let ids = (optional(proptest::collection::btree_set(id(), 1..20)), optional(id()));
    let kind = (
        optional(proptest::collection::btree_set(categories(), 1..3)),
        optional(criteria()),
        select(&[CriteriaMatch::Any, CriteriaMatch::All]),
        optional(regions()),
        optional(countries()),
    );
    let place = (optional(bounding_box()), optional(near()), between(hectares(), hectares()));
    let answer = (proptest::option::of(order()), select(&Language::ALL), window());
    (optional(search()), ids, kind, times(), place, answer).prop_map(
        |(search, (ids, except), kind, history, place, answer)| {
            let (categories, criteria, criteria_match, regions, countries) = kind;
            let (inscribed, danger, transboundary, status, as_of) = history;
            let (bounding_box, near, area) = place;
            let (sort, language, window) = answer;
            SiteQuery::default().with(|query| {
                query.search = search;
                query.ids = ids.unwrap_or_default();
                query.except = except;
                query.categories = categories.unwrap_or_default();
                query.criteria = criteria.unwrap_or_default();
                query.criteria_match = criteria_match;
                query.regions = regions.unwrap_or_default();
                query.countries = countries
                    .unwrap_or_default()
                    .iter()
                    .map(|code| code.parse().unwrap())
                    .collect::<BTreeSet<_>>();
                query.inscribed = inscribed;
                query.danger = danger;
                query.transboundary = transboundary;
                query.status = status;
                query.as_of = as_of;
                query.bounding_box = bounding_box;
                query.near = near;
                query.area = area;
                query.sort = sort;
                query.language = language;
                query.window = window;
            })
        },
    )
}
