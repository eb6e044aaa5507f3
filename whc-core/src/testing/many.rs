//! Long lists, made from a given one.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::site::{Hectares, Language, Point, Site, SiteId, Translations};

/// These sites and copies of them, `times` as many in all or as many as there are ids. The copies have names in which
/// some words differ, so that the vocabulary grows as it does when a list grows, and lie somewhere near.
#[must_use]
pub fn multiplied(sites: &[Site], times: u32) -> Vec<Site> {
    let last = sites.iter().map(|site| site.id.get()).max().unwrap_or_default();
    let ids = (last + 1..=SiteId::MAX).filter_map(|number| SiteId::new(number).ok());
    let originals = (1..times).flat_map(|copy| sites.iter().map(move |site| (copy, site)));
    let copies = ids.zip(originals).map(|(id, (copy, site))| copied(site, id, copy));
    sites.iter().cloned().chain(copies).collect()
}

/// These sites with descriptions of some two hundred words in each language they have a name in.
#[must_use]
pub fn described(sites: &[Site]) -> Vec<Site> {
    let describe = |place: usize, names: usize| -> Translations {
        let text = |language: Language| {
            let others = sites.iter().cycle().skip(place + 1).step_by(7).take(names);
            let names = others.filter_map(|site| site.names.translations().get(language));
            names.map(|name| varied(name, place)).collect::<Vec<_>>().join(". ")
        };
        Language::ALL.into_iter().map(|language| (language, text(language))).collect()
    };
    let described = |(place, site): (usize, &Site)| Site {
        short_descriptions: describe(place, 10),
        justifications: describe(place + 1, 20),
        ..site.clone()
    };
    sites.iter().enumerate().map(described).collect()
}

fn copied(site: &Site, id: SiteId, copy: u32) -> Site {
    let names = site.names.translations().iter().map(|(language, name)| (language, varied(name, copy)));
    let names = names.collect::<Translations>().try_into().expect("every site has an English name");
    let near = |degrees: f64, axis: &str, most: f64| (degrees + part((id, axis)) - 0.5).clamp(-most, most);
    let point = site.point.map(|point| {
        let (longitude, latitude) = (point.longitude(), point.latitude());
        Point::new(near(longitude, "east", 180.0), near(latitude, "north", 90.0)).expect("clamped")
    });
    let area = site.area.map(|area| Hectares::new(area.get() * (0.5 + part(id))).expect("over zero"));
    Site { id, names, point, area, ..site.clone() }
}

/// The text with another letter in many of its longer words. Of each word there are up to sixteen forms.
fn varied(text: &str, variant: impl Hash + Copy) -> String {
    let words = text.split(' ').map(|word| {
        let form = number((word, variant)) % 16;
        let letters = u32::try_from(word.chars().count()).unwrap_or(u32::MAX).max(1);
        let changed = number((word, form)) % letters;
        let letter =
            |(place, letter)| if place == changed && letters > 3 { turned(letter, form) } else { letter };
        (0..).zip(word.chars()).map(letter).collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The letter of the same alphabet that is so many places later.
fn turned(letter: char, places: u32) -> char {
    let alphabets = ['a'..='z', 'A'..='Z', 'а'..='я', 'ا'..='غ', '一'..='鿿'];
    let Some(alphabet) = alphabets.into_iter().find(|alphabet| alphabet.contains(&letter)) else {
        return letter;
    };
    let (first, last) = (u32::from(*alphabet.start()), u32::from(*alphabet.end()));
    let place = (u32::from(letter) - first + places) % (last - first + 1);
    char::from_u32(first + place).unwrap_or(letter)
}

/// From 0 to 1, the same for the same seed.
fn part(seed: impl Hash) -> f64 {
    f64::from(number(seed)) / f64::from(u32::MAX)
}

fn number(seed: impl Hash) -> u32 {
    let mut hasher = DefaultHasher::new();
    seed.hash(&mut hasher);
    (hasher.finish() >> 32) as u32
}
