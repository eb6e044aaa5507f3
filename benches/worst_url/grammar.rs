//! What URLs of this service are made of, right and wrong, and how one is changed a little.

use std::fmt;

use whc_core::site::{embedded, fold};

use crate::random::Random;

/// The most bytes of a path and a query, which the service has as a limit.
const MOST: usize = whc_core::web::MAX_URI_BYTES;

const PATHS: [&str; 12] = [
    "/api/whcsites",
    "/api/whcsites",
    "/api/whcsites/facets",
    "/api/whcsites/random",
    "/api/whcsites/1",
    "/api/whcsites/1/nearby",
    "/api/countries",
    "/api/criteria",
    "/api/changes",
    "/api/downloads/whcsites.csv",
    "/api/openapi.json",
    "/healthz",
];

const NAMES: [&str; 26] = [
    "q",
    "category",
    "criterion",
    "criterion_match",
    "region",
    "country",
    "inscribed",
    "danger",
    "transboundary",
    "status",
    "bbox",
    "near",
    "radius",
    "nearest",
    "area",
    "id",
    "sort",
    "fields",
    "limit",
    "offset",
    "lang",
    "f",
    "since",
    "detailed",
    "utm_source",
    "_",
];

const VALUES: [&str; 30] = [
    "cultural",
    "natural,mixed",
    "i,ii,iii,iv,v,vi,vii,viii,ix,x",
    "all",
    "any",
    "AFR",
    "EUR,LAC",
    "it",
    "IT,CH,FR",
    "1978..1990",
    "..2000",
    "1000..",
    "true",
    "false",
    "delisted",
    "170,-25,-170,0",
    "-180,-90,180,90",
    "12.5,41.9",
    "-180,90",
    "20016",
    "5",
    "100..",
    "-inscribed",
    "distance",
    "relevance",
    "name",
    "components",
    "2026-11-21",
    "zh",
    "geojson",
];

const CHARACTERS: [&str; 16] = [
    "a",
    "e",
    "x",
    "1",
    ".",
    ",",
    "-",
    "+",
    "%20",
    "%2C",
    "%C3%A9",
    "%E4%B8%AD",
    "%D8%A3",
    "%F0%9F%98%80",
    "%00",
    "%FF",
];

/// A path and the parameters after it, encoded.
#[derive(Clone)]
pub(crate) struct Target {
    path: String,
    parameters: Vec<(String, String)>,
}

/// The words of the sites, beside what is constant.
pub(crate) struct Grammar {
    words: Vec<String>,
}

impl Grammar {
    pub(crate) fn new() -> whc_core::Result<Self> {
        let mut words = Vec::new();
        for site in embedded()? {
            let name = fold(site.names.english());
            let ascii =
                name.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| word.len() > 2);
            words.extend(ascii.map(str::to_owned));
        }
        Ok(Self { words })
    }

    /// Any URL.
    pub(crate) fn target(&self, random: &mut Random) -> Target {
        let path = if random.one_in(8) {
            {
                let path = random.pick(&PATHS);
                self.slip(path, random)
            }
        } else {
            random.pick(&PATHS).to_owned()
        };
        let mut target = Target { path, parameters: Vec::new() };
        if random.one_in(2) {
            target.parameters.push(("limit".to_owned(), "1".to_owned()));
        }
        let many = [1, 3, 10, 99, 100, 1000];
        let most = many[random.below(many.len())];
        for _ in 0..=random.below(most) {
            target.parameters.push(self.parameter(random));
        }
        target.truncated()
    }

    /// The same with one thing changed.
    pub(crate) fn changed(&self, target: &Target, random: &mut Random) -> Target {
        let mut target = target.clone();
        let place = random.below(target.parameters.len());
        match random.below(10) {
            0 => random.pick(&PATHS).clone_into(&mut target.path),
            1 => target.path = self.slip(&target.path, random),
            2 => target.parameters.push(self.parameter(random)),
            3 if !target.parameters.is_empty() => drop(target.parameters.remove(place)),
            kind => match (target.parameters.get(place).cloned(), kind) {
                (None, _) => target.parameters.push(self.parameter(random)),
                (Some(parameter), 4) => {
                    let times = random.below(100);
                    target.parameters.extend(std::iter::repeat_n(parameter, times));
                }
                (Some((name, _)), 5) => target.parameters[place] = (name.clone(), self.value(&name, random)),
                (Some((name, value)), 6) => {
                    let more = self.value(&name, random);
                    target.parameters[place].1 = [value, more].join(random.pick(&[",", "%20", "", "+"]));
                }
                (Some((_, value)), 7) => target.parameters[place].1 = value.repeat(1 + random.below(8)),
                (Some((name, _)), 8) => target.parameters[place].0 = self.slip(&name, random),
                (Some((_, value)), _) => target.parameters[place].1 = self.slip(&value, random),
            },
        }
        target.truncated()
    }

    fn parameter(&self, random: &mut Random) -> (String, String) {
        let name = random.pick(&NAMES);
        let value = self.value(name, random);
        if random.one_in(12) {
            let times = 1 + random.below(120);
            return (random.pick(&CHARACTERS).repeat(times), value);
        }
        let name = if random.one_in(6) { self.slip(name, random) } else { name.to_owned() };
        (name, value)
    }

    /// A value that is right, or nearly, or for another parameter, or endless.
    fn value(&self, name: &str, random: &mut Random) -> String {
        match random.below(8) {
            0 => {
                let times = 1 + random.below(3000);
                random.pick(&CHARACTERS).repeat(times)
            }
            1 => {
                let list: Vec<_> = (0..random.below(600)).map(|_| random.pick(&VALUES)).collect();
                list.join(",")
            }
            2 => {
                let value = random.pick(&VALUES);
                self.slip(value, random)
            }
            3 | 4 if name == "limit" => "1".to_owned(),
            _ if name == "q" => self.search(random),
            3 => (0..random.below(500)).map(|number| number.to_string()).collect::<Vec<_>>().join(","),
            _ => random.pick(&VALUES).to_owned(),
        }
    }

    /// Words that are there, or one slip away, whole or their beginning.
    fn search(&self, random: &mut Random) -> String {
        let words: Vec<_> = (0..=random.below(12))
            .map(|_| {
                let word = random.choice(&self.words).map_or("", String::as_str);
                match random.below(3) {
                    0 => word.chars().take(1 + random.below(4)).collect(),
                    1 => self.slip(word, random),
                    _ => word.to_owned(),
                }
            })
            .collect();
        words.join("%20")
    }

    /// The text with a character too many, too few or another one.
    #[expect(clippy::unused_self, reason = "a rule of the grammar as all others")]
    fn slip(&self, text: &str, random: &mut Random) -> String {
        let mut letters: Vec<_> = text.chars().map(String::from).collect();
        let place = random.below(letters.len());
        let character = random.pick(&CHARACTERS).to_owned();
        match random.below(3) {
            0 if place > 0 => drop(letters.remove(place)),
            1 if place > 0 => letters[place] = character,
            _ => letters.insert((place + 1).min(letters.len()), character),
        }
        letters.concat()
    }
}

impl Target {
    /// What of it fits into the limit.
    fn truncated(mut self) -> Self {
        let cut = |text: &mut String, most: usize| {
            if text.len() > most {
                let end = text[..most].rfind('%').filter(|start| start + 3 > most).unwrap_or(most);
                text.truncate(end);
            }
        };
        cut(&mut self.path, MOST);
        let mut left = MOST - self.path.len();
        for at in 0..self.parameters.len() {
            let (name, value) = &mut self.parameters[at];
            let Some(room) = left.checked_sub(name.len() + 2) else {
                self.parameters.truncate(at);
                break;
            };
            cut(value, room);
            left = room - value.len();
        }
        self
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        for (at, (name, value)) in self.parameters.iter().enumerate() {
            write!(f, "{}{name}={value}", if at == 0 { '?' } else { '&' })?;
        }
        Ok(())
    }
}
