//! The vocabularies of fields that have one.

use crate::site::{Category, Criteria, Criterion, Language, Region, Regions};

pub(super) fn languages() -> Vec<&'static str> {
    Language::ALL.map(Language::code).into()
}

pub(super) fn categories() -> Vec<&'static str> {
    Category::ALL.map(Category::name).into()
}

pub(super) fn criteria() -> Vec<&'static str> {
    Criteria::ALL.iter().map(Criterion::numeral).collect()
}

pub(super) fn regions() -> Vec<&'static str> {
    Regions::ALL.iter().map(Region::name).collect()
}

pub(super) fn statuses() -> Vec<&'static str> {
    vec!["inscribed", "delisted", "superseded"]
}
