//! Query parameters: every one must be known, given once and well formed; all that is wrong is told at once.

use std::borrow::Cow;
use std::str::FromStr;

use super::problem::{Problem, Violation, nearest};

/// The parameters of one request.
pub(super) struct Parameters<'a> {
    given: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    violations: Vec<Violation>,
}

impl<'a> Parameters<'a> {
    /// Splits a query and checks the names against those `known`.
    pub(super) fn parse(query: Option<&'a str>, known: &[&str]) -> Self {
        let mut parameters = Self { given: Vec::new(), violations: Vec::new() };
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            if !known.contains(&&*name) {
                parameters.unknown(&name, known);
            } else if parameters.given.iter().any(|(other, _)| *other == name) {
                parameters.violation(&name, format!("{name} is given more than once"));
            } else {
                parameters.given.push((name, value));
            }
        }
        parameters
    }

    /// The value of a parameter, `None` where it is not given.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.given.iter().find(|(other, _)| other == name).map(|(_, value)| &**value)
    }

    /// A value that must be of a type; `expected` tells people what that is.
    pub(super) fn value<T: FromStr>(&mut self, name: &str, expected: &str) -> Option<T> {
        let text = self.text(name)?;
        let value = text.parse().ok();
        if value.is_none() {
            let shown: String = text.chars().take(100).collect();
            self.violation(name, format!("{name} must be {expected}, not \"{shown}\""));
        }
        value
    }

    /// A value that must be one of `words`, in any case.
    pub(super) fn word<T: FromStr>(&mut self, name: &str, words: &[&str]) -> Option<T> {
        let text = self.text(name)?;
        if words.iter().any(|word| word.eq_ignore_ascii_case(text)) {
            return text.parse().ok();
        }
        let near = nearest(text, words).map(str::to_owned);
        let shown: String = text.chars().take(100).collect();
        let detail = format!("{name} must be one of {}, not \"{shown}\"", words.join(", "));
        self.violations.push(Violation { parameter: name.to_owned(), detail, nearest: near });
        None
    }

    /// Remembers that something is wrong with a parameter.
    pub(super) fn violation(&mut self, parameter: &str, detail: String) {
        self.violations.push(Violation { parameter: parameter.to_owned(), detail, nearest: None });
    }

    /// Everything that was wrong, as one problem.
    pub(super) fn finish(self) -> Result<(), Problem> {
        if self.violations.is_empty() { Ok(()) } else { Err(Problem::invalid_parameters(self.violations)) }
    }

    fn unknown(&mut self, name: &str, known: &[&str]) {
        let shown: String = name.chars().take(100).collect();
        let near = nearest(name, known).map(str::to_owned);
        let hint = match &near {
            Some(near) => format!("did you mean {near}?"),
            None => format!("there are {}", known.join(", ")),
        };
        let detail = format!("there is no parameter {shown}; {hint}");
        self.violations.push(Violation { parameter: shown, detail, nearest: near });
    }
}
