//! Keys that say in other words what other keys say.

/// The keys, each with the one that it follows.
const DERIVED: [(&str, &str); 7] = [
    ("name", "names"),
    ("language", "names"),
    ("states_name", "states"),
    ("region", "regions"),
    ("danger_list", "danger"),
    ("component_count", "components"),
    ("url", "id"),
];

/// The key that this one follows; `None` if it follows none.
pub(super) fn source(key: &str) -> Option<&'static str> {
    DERIVED.iter().find(|(derived, _)| *derived == key).map(|(_, source)| *source)
}

#[cfg(test)]
mod tests {
    use super::{DERIVED, source};
    use crate::site::edit::{keys, unit};

    #[test]
    fn every_key_of_a_site_is_written_or_derived_or_its_id() {
        for field in keys() {
            let ways = [unit::is_written(field.name), source(field.name).is_some(), field.name == "id"];
            assert_eq!(ways.into_iter().filter(|way| *way).count(), 1, "{}", field.name);
        }
        assert!(DERIVED.iter().all(|(_, source)| *source == "id" || unit::is_written(source)));
    }
}
