//! A form that people fill in: its fields, what is wrong with them, and what they say meanwhile.

use super::address::Address;

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
}

/// A field.
pub(crate) struct Field {
    /// Its name, and its id in the page.
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) hint: String,
    pub(crate) control: Control,
    pub(crate) value: String,
    /// What it says now, where somebody else has changed that meanwhile.
    pub(crate) now: Option<String>,
    /// What browsers know of it (`autocomplete`).
    pub(crate) completed_by: &'static str,
}

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Control {
    /// A line of this width, with these attributes.
    Line(&'static str, &'static str),
    /// Several lines.
    Lines,
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

    /// Whether somebody else has changed meanwhile what this form changes.
    pub(crate) fn is_behind(&self) -> bool {
        self.fields.iter().any(|field| field.now.is_some())
    }

    /// The title of the page, which tells whoever hears it first that something is wrong.
    pub(crate) fn title(&self, heading: &str) -> String {
        if self.wrong.is_empty() { heading.to_owned() } else { format!("Error: {heading}") }
    }

    /// How many things are to be put right.
    pub(crate) fn to_put_right(&self) -> String {
        match self.wrong.len() {
            1 => "1 thing to put right".to_owned(),
            count => format!("{count} things to put right"),
        }
    }
}

impl Field {
    /// The ids of what describes it.
    pub(crate) fn described_by(&self, is_wrong: bool) -> String {
        let parts = [("h", !self.hint.is_empty()), ("e", is_wrong), ("n", self.now.is_some())];
        let ids =
            parts.iter().filter(|(_, is_there)| *is_there).map(|(part, _)| format!("{part}-{}", self.name));
        ids.collect::<Vec<_>>().join(" ")
    }
}
