//! The domain types hold valid values only, and parse what they print.

use proptest::prelude::*;
use whc_core::{
    CountryCode, Criteria, Criterion, Danger, Hectares, InDanger, Language, Names, Period, Point, Region,
    SiteId, Translations, WikidataId, Window, Year,
};

pub(crate) fn criteria() -> impl Strategy<Value = Criteria> {
    let numerals = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    proptest::sample::subsequence(numerals.to_vec(), 0..=10)
        .prop_map(|some| some.iter().map(|numeral| numeral.parse::<Criterion>().unwrap()).collect())
}

pub(crate) fn year() -> impl Strategy<Value = Year> {
    (Year::FIRST..=Year::LAST).prop_map(|year| Year::new(year).unwrap())
}

pub(crate) fn danger() -> impl Strategy<Value = Danger> {
    let now = prop_oneof![
        Just(InDanger::No),
        proptest::option::of(year()).prop_map(|since| InDanger::Yes { since })
    ];
    let period = (year(), year()).prop_map(|(a, b)| Period::new(a.min(b), a.max(b)).unwrap());
    (now, proptest::collection::vec(period, 0..4)).prop_map(|(now, past)| Danger::new(now, past))
}

proptest! {
    #[test]
    fn criteria_read_what_they_write(criteria in criteria()) {
        prop_assert_eq!(criteria.to_string().parse::<Criteria>().unwrap(), criteria);
    }

    #[test]
    fn danger_reads_what_it_writes(danger in danger()) {
        prop_assert_eq!(danger.to_string().parse::<Danger>().unwrap(), danger);
    }

    #[test]
    fn reading_never_panics(text in "\\PC*") {
        let _ = (text.parse::<Danger>(), text.parse::<Criteria>(), text.parse::<SiteId>(), text.parse::<Year>());
        let _ = (text.parse::<CountryCode>(), text.parse::<Region>(), text.parse::<WikidataId>(), text.parse::<Language>());
    }

    #[test]
    fn windows_tile_the_list(limit in 1_u32..50, total in 0_u64..500) {
        let mut window = Window::new(limit, 0).unwrap();
        let mut seen = 0;
        while window.offset() < total {
            seen += (total - window.offset()).min(u64::from(window.limit()));
            window = window.next();
        }
        prop_assert_eq!(seen, total);
        prop_assert!(total == 0 || window.previous().unwrap() == window.last(total));
    }
}

#[test]
fn nonsense_is_refused_with_a_reason() {
    let reasons = [
        SiteId::new(0).map(drop),
        SiteId::new(1_000_000).map(drop),
        "+1".parse::<SiteId>().map(drop),
        Year::new(1971).map(drop),
        Point::new(180.1, 0.0).map(drop),
        Point::new(0.0, f64::NAN).map(drop),
        Hectares::new(0.0).map(drop),
        Hectares::new(f64::INFINITY).map(drop),
        Period::new(Year::new(2000).unwrap(), Year::new(1999).unwrap()).map(drop),
        "EUR".parse::<CountryCode>().map(drop),
        "é1".parse::<CountryCode>().map(drop),
        "Y 2003 X".parse::<Danger>().map(drop),
        Names::new("").map(drop),
        Window::new(0, 0).map(drop),
    ];
    for reason in reasons {
        let error = reason.unwrap_err();
        assert!(error.is_invalid() && error.to_string().len() > 15, "{error}");
    }
}

#[test]
fn a_missing_translation_falls_back_to_english() {
    let texts: Translations = [(Language::English, "Quito"), (Language::French, "")].into_iter().collect();
    assert_eq!(texts.best(Language::French), Some((Language::English, "Quito")));
    assert_eq!(Translations::default().best(Language::French), None);
}
