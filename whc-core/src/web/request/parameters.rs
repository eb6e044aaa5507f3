//! Query parameters: each must be known, given once and valid. All violations are collected and reported together.

use std::borrow::Cow;
use std::str::FromStr;

use super::{query, trackers};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::site::Year;
use crate::violation::nearest;
use crate::web::format::Format;
use crate::web::problem::{Problem, Violation};

/// Those that may be given several times, which means the same as values separated by commas.
const REPEATABLE: [&str; 6] = ["category", "criterion", "region", "country", "id", "fields"];

/// The most values of a parameter, unless it has a limit of its own.
pub(crate) const MOST_VALUES: usize = 50;

/// The most parameters of one request.
const MOST_PARAMETERS: usize = 100;

/// The most violations in one problem.
const MOST_VIOLATIONS: usize = 20;

/// How much is read of a value in a list, and shown of an unknown name, in characters: more than any that is right.
const LONGEST_WORD: usize = 64;
const LONGEST_NAME: usize = 40;

/// The parameters of one request.
pub(crate) struct Parameters<'a> {
    given: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    violations: Vec<Violation>,
    /// Whether there are more than are read at all.
    too_many: bool,
    /// The most items a page may have, whatever its `limit`, because of the size limit.
    pub(crate) max_items: Option<u32>,
    /// Whether there is a page at the same path, so that `f` may be `html`.
    pub(crate) has_page: bool,
    clock: &'a dyn Clock,
}

impl<'a> Parameters<'a> {
    /// Splits a query and checks the names against those `known`. A parameter without a value, as forms send it, counts as
    /// not given.
    pub(crate) fn parse(query: Option<&'a str>, known: &[&str], clock: &'a dyn Clock) -> Self {
        let (given, violations) = (Vec::new(), Vec::new());
        let mut parameters =
            Self { given, violations, too_many: false, max_items: None, has_page: false, clock };
        let pairs = query::pairs(query.unwrap_or_default());
        if pairs.clone().nth(MOST_PARAMETERS).is_some() {
            parameters.too_many = true;
            return parameters;
        }
        for (name, value) in pairs {
            parameters.take(name, value, known);
        }
        parameters
    }

    fn take(&mut self, name: Cow<'a, str>, value: Option<Cow<'a, str>>, known: &[&str]) {
        if !known.contains(&&*name) {
            return self.unknown(&name, known);
        }
        let Some(value) = value else {
            return self
                .violation(&name, format!("{name} is percent-encoded, but not in UTF-8, where é is %C3%A9"));
        };
        if !REPEATABLE.contains(&&*name) && self.text(&name).is_some() {
            self.violation(&name, format!("{name} is given more than once"));
        } else if !value.trim().is_empty() {
            self.given.push((name, value));
        }
    }

    /// Adds a parameter that the path implies.
    pub(crate) fn imply(&mut self, name: &'static str, value: String) {
        self.given.push((name.into(), value.into()));
    }

    /// The value of a parameter, `None` where it is not given.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.given.iter().find(|(other, _)| other == name).map(|(_, value)| &**value)
    }

    /// A value of a type; `expected` completes "NAME must be …" in the violation.
    pub(crate) fn value<T: FromStr>(&mut self, name: &str, expected: &str) -> Option<T> {
        let text = self.text(name)?;
        let value = text.parse().ok();
        if value.is_none() {
            let shown: String = text.chars().take(100).collect();
            self.violation(name, format!("{name} must be {expected}, not \"{shown}\""));
        }
        value
    }

    /// A value that `read` parses.
    pub(crate) fn read<T>(&mut self, name: &str, read: impl Fn(&str) -> Result<T>) -> Option<T> {
        self.read_or_hint(name, read, |_| None)
    }

    /// A value that `read` parses; if it fails, `hint` may suggest another.
    pub(crate) fn read_or_hint<T>(
        &mut self,
        name: &str,
        read: impl Fn(&str) -> Result<T>,
        hint: impl Fn(&str) -> Option<String>,
    ) -> Option<T> {
        let text = self.text(name)?.trim();
        let short: String = text.chars().take(100).collect();
        // Search has a limit of its own. Any other value this long is invalid, and the violation does not repeat all of it.
        let outcome = read(if name == "q" { text } else { &short });
        outcome.map_err(|error| self.wrong(name, &error, || hint(&short))).ok()
    }

    /// All values of a parameter that takes several, by `FromStr`; `hint` may suggest another for an invalid one.
    pub(crate) fn list<T: FromStr<Err = Error>>(
        &mut self,
        name: &str,
        most: usize,
        hint: impl Fn(&str) -> Option<String>,
    ) -> Vec<T> {
        let mut values = Vec::new();
        for text in self.texts(name, most) {
            match text.parse() {
                Ok(value) => values.push(value),
                Err(error) => self.wrong(name, &error, || hint(&text)),
            }
        }
        values
    }

    /// All values of a parameter that takes several of some words.
    pub(crate) fn words<T: FromStr<Err = Error>>(&mut self, name: &str, words: &[&str]) -> Vec<T> {
        self.list(name, MOST_VALUES, |text| nearest(text, words).map(str::to_owned))
    }

    /// Which of `words` the value is, in any case.
    pub(crate) fn index_of(&mut self, name: &str, words: &[&str]) -> Option<usize> {
        let near = |text: &str| nearest(text, words).map(str::to_owned);
        self.read_or_hint(name, |text| index(text, words), near)
    }

    /// Whether the value is `true` or `false`.
    pub(crate) fn flag(&mut self, name: &str) -> Option<bool> {
        self.index_of(name, &["true", "false"]).map(|at| at == 0)
    }

    /// Which of `words` the values of a list are, in any case.
    pub(crate) fn indices_of(&mut self, name: &str, words: &[&str]) -> Vec<usize> {
        let mut indices = Vec::new();
        for text in self.texts(name, MOST_VALUES) {
            match index(&text, words) {
                Ok(index) => indices.push(index),
                Err(error) => self.wrong(name, &error, || nearest(&text, words).map(str::to_owned)),
            }
        }
        indices
    }

    /// The value of a parameter as one text, with commas between several; `None` where it is not given.
    pub(crate) fn joined(&self, name: &str) -> Option<String> {
        let values = self.given.iter().filter(|(other, _)| other == name).map(|(_, value)| value.trim());
        let values: Vec<_> = values.collect();
        (!values.is_empty()).then(|| values.join(","))
    }

    /// The query of a link, with those of the parameters `names` that are given, in this order.
    pub(crate) fn rest(&self, names: &[&str]) -> String {
        let mut link = form_urlencoded::Serializer::new(String::new());
        for name in names {
            if let Some(value) = self.joined(name) {
                link.append_pair(name, &value);
            }
        }
        link.finish()
    }

    /// The values between the commas; more than `most` are a violation, and none is returned.
    fn texts(&mut self, name: &str, most: usize) -> Vec<String> {
        let given = self.given.iter().filter(|(other, _)| other == name);
        let values = given.flat_map(|(_, value)| value.split(',').map(str::trim));
        let values: Vec<String> =
            values.take(most + 1).map(|text| text.chars().take(LONGEST_WORD).collect()).collect();
        if values.len() <= most {
            return values;
        }
        self.violation(name, format!("{name} takes up to {most} values"));
        Vec::new()
    }

    /// `nearest` is computed only where the violation is reported.
    fn wrong(&mut self, parameter: &str, error: &Error, nearest: impl FnOnce() -> Option<String>) {
        if self.violations.len() >= MOST_VIOLATIONS {
            return;
        }
        let nearest = nearest();
        let detail = match &nearest {
            Some(nearest) => format!("{parameter}: {error}; did you mean {nearest}?"),
            None => format!("{parameter}: {error}"),
        };
        self.violations.push(Violation::of_parameter(parameter, detail, nearest));
    }

    /// Adds a violation of a parameter.
    pub(crate) fn violation(&mut self, parameter: &str, detail: String) {
        if self.violations.len() < MOST_VIOLATIONS {
            self.violations.push(Violation::of_parameter(parameter, detail, None));
        }
    }

    /// Adds the violation of a parameter whose value means something in these formats only.
    pub(crate) fn only_in(&mut self, name: &str, formats: &[Format]) {
        let value = self.text(name).unwrap_or_default().trim();
        let detail = format!("{name}={value} is for {} only", Format::list(formats));
        self.violation(name, detail);
    }

    /// A year of the Convention that is not to come.
    pub(crate) fn year_not_to_come(&mut self, name: &str) -> Option<Year> {
        let now = Year::at(self.clock.now());
        self.read(name, |text| {
            let year: Year = text.parse()?;
            match now.filter(|now| year > *now) {
                None => Ok(year),
                Some(now) => Err(Error::invalid(format!("{year} is still to come, this is {now}"))),
            }
        })
    }

    /// A year of the World Heritage List that is not to come.
    pub(crate) fn year_of_the_list(&mut self, name: &str) -> Option<Year> {
        let clock = self.clock;
        self.read(name, |text| {
            let last = Year::at(clock.now()).ok_or_else(|| Error::internal("the clock is centuries off"))?;
            let year =
                text.parse().ok().filter(|year| last.of_the_list().any(|of_the_list| of_the_list == *year));
            let first = Year::FIRST_INSCRIPTIONS;
            year.ok_or_else(|| {
                Error::invalid(format!("it must be a year from {first} to {last}, not \"{text}\""))
            })
        })
    }

    /// All violations as one problem.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        if self.too_many {
            return Err(Problem::too_many_parameters(MOST_PARAMETERS));
        }
        if self.violations.is_empty() { Ok(()) } else { Err(Problem::invalid_parameters(self.violations)) }
    }

    fn unknown(&mut self, name: &str, known: &[&str]) {
        // One whose name is percent-encoded.
        if trackers::is_name(name) || self.violations.len() >= MOST_VIOLATIONS {
            return;
        }
        let shown: String = name.chars().take(LONGEST_NAME).collect();
        let near = if name.is_empty() { None } else { nearest(name, known).map(str::to_owned) };
        let hint = match &near {
            Some(near) => format!("did you mean {near}?"),
            None if known.is_empty() => "there are none".to_owned(),
            None => format!("there are {}", known.join(", ")),
        };
        let detail = match &*shown {
            "" => format!("there is a parameter without a name; {hint}"),
            shown => format!("there is no parameter {shown}; {hint}"),
        };
        self.violations.push(Violation::of_parameter(shown, detail, near));
    }
}

fn index(text: &str, words: &[&str]) -> Result<usize> {
    let found = words.iter().position(|word| word.eq_ignore_ascii_case(text));
    found.ok_or_else(|| Error::invalid(format!("it must be one of {}, not \"{text}\"", words.join(", "))))
}
