//! Whether a value is what its field takes, within bounds: types, numbers, lengths and names. What words mean and what is
//! valid together is for the types of a site.

use serde_json::{Map, Value};

use crate::site::Language;
use crate::site::field::{Kind, SiteField};
use crate::site::text::is_invisible;
use crate::text::is_order;
use crate::violation::{Violation, nearest};

/// The most items of a list: twice as many parts as any site has, far more than there are states or years.
const MOST_ITEMS: usize = 100;
const MOST_PARTS: usize = 10_000;

/// The most characters of a text.
const LONGEST_NAME: usize = 500;
const LONGEST_TEXT: usize = 20_000;

/// The most that is reported of one value.
const MOST_VIOLATIONS: usize = 20;

const YEAR: Kind = Kind::YEAR;
const DEGREES_EAST: Kind = Kind::Degrees(180);
const DEGREES_NORTH: Kind = Kind::Degrees(90);
const NAME: Kind = Kind::Text;
const CODE: Kind = Kind::NULLABLE_TEXT;

/// The members of the objects that fields are made of.
fn members(object: &str) -> &'static [(&'static str, Kind)] {
    match object {
        "State" => &[("iso_code", CODE), ("name", NAME)],
        "Period" => &[("from", YEAR), ("to", YEAR)],
        "Component" => &[("longitude", DEGREES_EAST), ("latitude", DEGREES_NORTH), ("iso_code", CODE)],
        _ => &[],
    }
}

/// What is wrong with the value of `field`.
pub(super) fn violations(field: &SiteField, value: &Value) -> Vec<Violation> {
    let mut check = Check { most_items: MOST_ITEMS, longest: LONGEST_NAME, violations: Vec::new() };
    match field.name {
        "components" => check.most_items = MOST_PARTS,
        "short_description" | "justification" => check.longest = LONGEST_TEXT,
        _ => {}
    }
    check.value(&field.kind, value, &|violation| violation.within(field.name));
    check.violations
}

/// Whether a text can be shown on a line.
///
/// # Errors
/// What is wrong with it, without the text.
pub(super) fn text(text: &str, longest: usize) -> Result<(), String> {
    let length = text.chars().count();
    if length > longest {
        return Err(format!("has {length} characters, {longest} are the most"));
    }
    if text.contains('\u{FFFD}') {
        return Err("has a damaged character, U+FFFD".to_owned());
    }
    if text.contains(|letter: char| is_order(letter) || is_invisible(letter)) {
        return Err(
            "has line breaks, control characters or invisible ones; it is plain text on one line".to_owned()
        );
    }
    if text.trim().is_empty() {
        return Err("is blank; null says that nothing is known".to_owned());
    }
    if text.trim() != text {
        return Err("begins or ends with a space; leave it out".to_owned());
    }
    Ok(())
}

/// Puts a violation of a part where the whole is.
type Within<'a> = &'a dyn Fn(Violation) -> Violation;

struct Check {
    most_items: usize,
    longest: usize,
    violations: Vec<Violation>,
}

impl Check {
    fn value(&mut self, kind: &Kind, value: &Value, within: Within<'_>) {
        match (kind, value) {
            (Kind::Nullable(_), Value::Null) => {}
            (Kind::Nullable(kind), value) => self.value(kind, value, within),
            (Kind::Texts, Value::Object(texts)) => self.texts(texts, within),
            (Kind::List(kind, _), Value::Array(items)) => self.items(kind, items, within),
            (Kind::Object(name), Value::Object(given)) => self.object(members(name), given, within),
            (Kind::Text | Kind::Uri, Value::String(given)) => {
                if let Err(reason) = text(given, self.longest) {
                    self.push(Violation::of_all(reason), within);
                }
            }
            (kind, value) if fits(kind, value) => {}
            (kind, _) => self.push(Violation::of_all(expected(kind)), within),
        }
    }

    fn items(&mut self, kind: &Kind, items: &[Value], within: Within<'_>) {
        if items.len() > self.most_items {
            let reason = format!("has {} items, {} are the most", items.len(), self.most_items);
            return self.push(Violation::of_all(reason), within);
        }
        for (position, item) in items.iter().enumerate() {
            self.value(kind, item, &|violation| within(violation.within(&position.to_string())));
        }
    }

    fn object(&mut self, known: &[(&'static str, Kind)], given: &Map<String, Value>, within: Within<'_>) {
        let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
        self.unknown(&names, given, within);
        for (name, kind) in known {
            let inside = |violation: Violation| within(violation.within(name));
            match given.get(*name) {
                Some(value) => self.value(kind, value, &inside),
                None if matches!(kind, Kind::Nullable(_)) => {}
                None => self.push(Violation::of_all(format!("is missing: it {}", expected(kind))), &inside),
            }
        }
    }

    fn texts(&mut self, texts: &Map<String, Value>, within: Within<'_>) {
        let codes = Language::ALL.map(Language::code);
        self.unknown(&codes, texts, within);
        for (code, value) in texts.iter().filter(|(code, _)| codes.contains(&code.as_str())) {
            self.value(&Kind::Text, value, &|violation| within(violation.within(code)));
        }
    }

    fn unknown(&mut self, known: &[&'static str], given: &Map<String, Value>, within: Within<'_>) {
        for name in given.keys().filter(|name| !known.contains(&name.as_str())) {
            self.push(unknown(name, known), within);
        }
    }

    fn push(&mut self, violation: Violation, within: Within<'_>) {
        if self.violations.len() < MOST_VIOLATIONS {
            self.violations.push(within(violation));
        }
    }
}

/// The violation by a member that is not among the `known`.
pub(super) fn unknown(name: &str, known: &[&'static str]) -> Violation {
    let meant = nearest(name, known);
    let reason = match meant {
        Some(meant) => format!("is not known; did you mean {meant}?"),
        None => format!("is not known; there are {}", known.join(", ")),
    };
    Violation::of(name, reason).meaning(meant)
}

fn fits(kind: &Kind, value: &Value) -> bool {
    let in_range = |fits: &dyn Fn(f64) -> bool| value.as_f64().is_some_and(fits);
    match *kind {
        Kind::Flag => value.is_boolean(),
        Kind::Whole(least, most) => {
            let range = u64::from(least)..=most.map_or(u64::MAX, u64::from);
            value.as_u64().is_some_and(|number| range.contains(&number))
        }
        Kind::Degrees(most) => in_range(&|number| number.abs() <= f64::from(most)),
        Kind::Positive => in_range(&|number| number.is_finite() && number > 0.0),
        Kind::NotNegative => in_range(&|number| number.is_finite() && number >= 0.0),
        Kind::Word(_) | Kind::Pattern(_) => value.as_str().is_some_and(|word| word.len() <= LONGEST_NAME),
        _ => false,
    }
}

/// What a value of this kind is.
fn expected(kind: &Kind) -> String {
    match kind {
        Kind::Text | Kind::Uri => "is a text".to_owned(),
        Kind::Pattern(pattern) => format!("is a text that matches {pattern}"),
        Kind::Word(words) => format!("is one of {}", words().join(", ")),
        Kind::Texts => "is an object with a text for each language, {\"en\": …}".to_owned(),
        Kind::Notes => "is an object with a text for each field, {\"danger\": …}".to_owned(),
        Kind::Flag => "is true or false".to_owned(),
        Kind::Whole(least, None) => format!("is a whole number from {least} on"),
        Kind::Whole(least, Some(most)) => format!("is a whole number from {least} to {most}"),
        Kind::Degrees(most) => format!("is a number of degrees from -{most} to {most}"),
        Kind::Positive => "is a number over 0".to_owned(),
        Kind::NotNegative => "is a number from 0 on".to_owned(),
        Kind::Object(name) => {
            let names: Vec<_> = members(name).iter().map(|(name, _)| *name).collect();
            format!("is an object with {}", names.join(", "))
        }
        Kind::List(..) => "is a list; an empty one is []".to_owned(),
        Kind::Nullable(kind) => format!("{}, or null", expected(kind)),
    }
}
