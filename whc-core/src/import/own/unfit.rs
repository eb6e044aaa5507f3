//! Texts of our own records that are none, as something on their way has made them.

use serde_json::{Map, Value};

use crate::import::damaged::{is_lost, is_no_name, warn_of_lost};
use crate::import::finding::Findings;
use crate::import::long::{is_long, warn_of_long};

/// The keys of texts in a language, or in several.
const NAMES: [&str; 2] = ["name", "names"];
pub(super) const PROSE: [&str; 4] =
    ["short_description", "short_descriptions", "justification", "justifications"];

/// How many texts were left out.
#[derive(Default)]
pub(super) struct Unfit {
    long: usize,
    lost: usize,
    odd: usize,
}

impl Unfit {
    /// Leaves out of a record what is longer than any text, has lost its letters, or is no name.
    pub(super) fn leave_out_of(&mut self, record: &mut Map<String, Value>) {
        self.long += record.values_mut().map(|value| leave_out(value, is_long)).sum::<usize>();
        for key in NAMES.iter().chain(&PROSE) {
            self.lost += record.get_mut(*key).map_or(0, |texts| leave_out(texts, is_lost));
        }
        for key in NAMES {
            self.odd += record.get_mut(key).map_or(0, |names| leave_out(names, is_no_name));
        }
    }

    /// Adds the findings about them.
    pub(super) fn report(&self, findings: &mut Findings) {
        warn_of_lost(self.lost, findings);
        warn_of_long(self.long, findings);
        if self.odd > 0 {
            let found = format!("{} names are a formula, a date, a number or a flag", self.odd);
            findings.warn("name", found, "they are left out");
        }
    }
}

/// Leaves out of a text, or of texts by language, those that are `unfit`, and counts them.
fn leave_out(texts: &mut Value, unfit: fn(&str) -> bool) -> usize {
    match texts {
        Value::String(text) if unfit(text) => {
            *texts = Value::Null;
            1
        }
        Value::Object(texts) => {
            let before = texts.len();
            texts.retain(|_, text| !text.as_str().is_some_and(unfit));
            before - texts.len()
        }
        _ => 0,
    }
}
