//! `Site` for serde: the object that the API has for one site, with all texts.

use std::fmt;

use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Site;
use super::field::{Key, Members, Presentation, SiteField};

impl Serialize for Site {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let stored = |field: &&SiteField| matches!(field.key, Key::Always | Key::Single | Key::Stored);
        let fields = SiteField::all().iter().filter(stored);
        serializer.collect_map(fields.map(|field| (field.name, field.value(self, Presentation::default()))))
    }
}

/// Members are collected until all are there, since some are valid together only. So the format must be self-describing,
/// as JSON is.
impl<'de> Deserialize<'de> for Site {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SiteVisitor)
    }
}

struct SiteVisitor;

impl<'de> Visitor<'de> for SiteVisitor {
    type Value = Site;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the object of a site")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Site, A::Error> {
        let mut members = Members::default();
        while let Some(key) = map.next_key::<String>()? {
            let Some(field) = SiteField::named(&key) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            if !members.add(field, map.next_value()?) {
                return Err(A::Error::duplicate_field(field.name));
            }
        }
        members.into_site().map_err(A::Error::custom)
    }
}
