//! The members of a JSON object that a site is read from.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::SiteField;
use crate::error::Error;

/// The members whose keys are those of fields.
#[derive(Debug, Default)]
pub(crate) struct Members(BTreeMap<&'static str, Value>);

/// One of them, whether it is there or not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'a> {
    key: &'static str,
    members: &'a Members,
}

/// Why a site cannot be read from them.
#[derive(Debug)]
pub(crate) struct Wrong {
    /// The key of the member that is wrong, whether it is there or not.
    pub(crate) key: &'static str,
    /// What is wrong with it.
    pub(crate) reason: String,
}

impl From<Wrong> for Error {
    fn from(Wrong { key, reason }: Wrong) -> Self {
        Self::invalid(format!("{key}: {reason}"))
    }
}

impl Members {
    /// Adds a member; `false` if there was one with its key.
    pub(crate) fn add(&mut self, field: &'static SiteField, value: Value) -> bool {
        self.0.insert(field.name, value).is_none()
    }

    /// The value of the member with this key.
    pub(crate) fn value(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// These with another value of this member.
    pub(crate) fn with(&self, key: &'static str, value: Value) -> Self {
        let others = self.0.iter().filter(|(other, _)| **other != key);
        Self(others.map(|(key, value)| (*key, value.clone())).chain([(key, value)]).collect())
    }

    /// The member with this key, whether it is there or not.
    pub(super) fn member(&self, key: &'static str) -> Member<'_> {
        Member { key, members: self }
    }
}

impl Member<'_> {
    /// Another member of the same object.
    pub(super) fn beside(self, key: &'static str) -> Self {
        Self { key, ..self }
    }

    /// The value, converted by `make`; it must be there.
    pub(super) fn required<T: DeserializeOwned, U>(
        self,
        make: impl FnOnce(T) -> Result<U, Error>,
    ) -> Result<U, Wrong> {
        let value = self.members.0.get(self.key).ok_or_else(|| self.wrong("it is missing"))?;
        self.made(value, make)
    }

    /// Sets `target` to the value, converted by `make`; it stays as it is where the value is missing or `null`.
    pub(super) fn set<T: DeserializeOwned, U>(
        self,
        target: &mut U,
        make: impl FnOnce(T) -> Result<U, Error>,
    ) -> Result<(), Wrong> {
        if let Some(value) = self.members.0.get(self.key).filter(|value| !value.is_null()) {
            *target = self.made(value, make)?;
        }
        Ok(())
    }

    /// As [`set`](Self::set), for a list of which `make` converts each item.
    pub(super) fn collect<T: DeserializeOwned, U, C: FromIterator<U>>(
        self,
        target: &mut C,
        make: impl Fn(T) -> Result<U, Error>,
    ) -> Result<(), Wrong> {
        self.set(target, |items: Vec<T>| items.into_iter().map(make).collect())
    }

    /// What is wrong with it.
    pub(super) fn wrong(self, reason: impl std::fmt::Display) -> Wrong {
        Wrong { key: self.key, reason: reason.to_string() }
    }

    fn made<T: DeserializeOwned, U>(
        self,
        value: &Value,
        make: impl FnOnce(T) -> Result<U, Error>,
    ) -> Result<U, Wrong> {
        let value = T::deserialize(value).map_err(|error| self.wrong(error))?;
        make(value).map_err(|error| self.wrong(error))
    }
}
