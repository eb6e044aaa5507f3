//! A form that people fill in: its fields, what is wrong with them, and what they say meanwhile.

use std::borrow::Cow;

use super::address::Address;
use crate::web::problem::{Place, Problem, Violation};
use crate::web::request::Parameters;

/// A form, as templates show it.
pub(crate) struct FormView<'a> {
    pub(crate) action: Address<'a>,
    /// What a browser cannot say by itself, `put`; empty for a form that is sent as it is.
    pub(crate) method: &'static str,
    pub(crate) token: Option<String>,
    /// The state of what is changed, as it was when somebody began.
    pub(crate) version: Option<String>,
    pub(crate) fields: Vec<Field>,
    /// What the button says that it does.
    pub(crate) button: &'static str,
    pub(crate) cancel: Address<'a>,
    /// All that is wrong, in the order of the fields.
    pub(crate) wrong: Vec<Wrong>,
    /// What is to be known before it is sent again.
    pub(crate) notice: Option<Notice>,
}

/// Why a form comes once more although nothing in it is wrong.
#[derive(Clone, Copy)]
pub(crate) struct Notice {
    pub(crate) heading: &'static str,
    pub(crate) text: &'static str,
}

/// A field.
pub(crate) struct Field {
    /// Its name, and its id in the page.
    pub(crate) name: &'static str,
    pub(crate) label: Cow<'static, str>,
    pub(crate) hint: String,
    pub(crate) control: Control,
    pub(crate) value: String,
    /// What it says now, where somebody else has changed that meanwhile.
    pub(crate) now: Option<String>,
    /// What browsers know of it (`autocomplete`).
    pub(crate) completed_by: &'static str,
}

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Control {
    /// A line of this width, with these attributes.
    Line(&'static str, &'static str),
    /// Several lines.
    Lines,
    /// One of these values, each with its label.
    Choice(Vec<(&'static str, &'static str)>),
    /// Any of these values.
    Checks(Vec<&'static str>),
    /// Not at all.
    Fixed,
}

/// What is wrong with a field.
pub(crate) struct Wrong {
    /// The name of the field.
    pub(crate) field: &'static str,
    pub(crate) reason: String,
    /// Where that can be mended, and in which words.
    pub(crate) remedy: Option<(String, &'static str)>,
}

impl Wrong {
    pub(crate) fn new(field: &'static str, reason: impl Into<String>) -> Self {
        Self { field, reason: reason.into(), remedy: None }
    }
}

impl FormView<'_> {
    /// What is wrong with the field of this name.
    pub(crate) fn wrong_at(&self, name: &str) -> Option<&Wrong> {
        self.wrong.iter().find(|wrong| wrong.field == name)
    }

    /// Whether there are checkboxes, of which browsers send only those that are set.
    pub(crate) fn has_checks(&self) -> bool {
        self.fields.iter().any(Field::is_group)
    }

    /// The title of the page, which tells whoever hears it first that something is wrong.
    pub(crate) fn title(&self, heading: &str) -> String {
        if self.wrong.is_empty() && self.notice.is_none() {
            heading.to_owned()
        } else {
            format!("Error: {heading}")
        }
    }

    /// How many things are to be put right.
    pub(crate) fn to_put_right(&self) -> String {
        match self.wrong.len() {
            1 => "1 thing to put right".to_owned(),
            count => format!("{count} things to put right"),
        }
    }
}

/// The fields that narrow a list, and what is wrong with them.
pub(crate) struct Filters {
    pub(crate) fields: Vec<Field>,
    pub(crate) wrong: Vec<Wrong>,
}

impl Filters {
    /// The fields of the parameters, and what is wrong with them.
    pub(crate) fn new(fields: Vec<Field>, problem: Option<&Problem>) -> Self {
        let first = fields.first().map(|field| field.name).unwrap_or_default();
        let wrong = |violation: &Violation| {
            let (Place::Parameter(name) | Place::Pointer(name)) = &violation.place;
            let field = fields.iter().map(|field| field.name).find(|known| known == name);
            Wrong::new(field.unwrap_or(first), violation.detail.clone())
        };
        let wrong = problem.into_iter().flat_map(Problem::violations).map(wrong).collect();
        Self { fields, wrong }
    }

    /// What is wrong with the field of this name.
    pub(crate) fn wrong_at(&self, name: &str) -> Option<&Wrong> {
        self.wrong.iter().find(|wrong| wrong.field == name)
    }
}

impl Field {
    /// A field that says what a parameter does.
    pub(crate) fn filter(
        parameters: &Parameters<'_>,
        name: &'static str,
        (label, hint): (&'static str, &'static str),
        control: Control,
    ) -> Self {
        let value = parameters.text(name).unwrap_or_default().to_owned();
        Self {
            name,
            label: label.into(),
            hint: hint.to_owned(),
            control,
            value,
            now: None,
            completed_by: "off",
        }
    }

    /// Whether a value is among those it has.
    pub(crate) fn has(&self, value: &str) -> bool {
        self.value.split('\n').any(|known| known == value)
    }

    /// Whether it is several controls.
    pub(crate) fn is_group(&self) -> bool {
        matches!(self.control, Control::Checks(_))
    }

    /// The ids of what describes it.
    pub(crate) fn described_by(&self, is_wrong: bool) -> String {
        let parts = [("h", !self.hint.is_empty()), ("e", is_wrong), ("n", self.now.is_some())];
        let ids =
            parts.iter().filter(|(_, is_there)| *is_there).map(|(part, _)| format!("{part}-{}", self.name));
        ids.collect::<Vec<_>>().join(" ")
    }
}
