//! Compares what was applied with what is known.

use refinery::Migration;

use crate::error::{Error, Result};

/// The known migrations that were not applied yet.
///
/// # Errors
/// Incompatible, if the history is not a beginning of what is known: then no migration can be right.
pub(super) fn pending(known: &[Migration], applied: &[Migration]) -> Result<Vec<Migration>> {
    for (at, old) in applied.iter().enumerate() {
        match known.iter().find(|new| new.version() == old.version()) {
            Some(new) if new != old => return Err(diverged(old)),
            None if known.last().is_none_or(|last| old.version() > last.version()) => {
                return Err(newer(known, old));
            }
            None => return Err(diverged(old)),
            Some(new) if known.get(at) != Some(new) => return Err(skipped(&known[at])),
            Some(_) => {}
        }
    }
    Ok(known[applied.len()..].to_vec())
}

fn newer(known: &[Migration], old: &Migration) -> Error {
    let newest = known.last().map_or(0, Migration::version);
    Error::incompatible(format!(
        "the database has migration {old}, this program knows them up to version {newest}: use the newer program"
    ))
}

fn diverged(old: &Migration) -> Error {
    Error::incompatible(format!(
        "migration {old} was applied to the database with other contents than this program has: one of the two was \
         edited, and which is right must be decided by hand"
    ))
}

fn skipped(missing: &Migration) -> Error {
    Error::incompatible(format!(
        "the database skipped migration {missing} and has later ones: it must be mended by hand"
    ))
}

#[cfg(test)]
mod tests {
    use super::{Migration, pending};

    fn migrations(files: &[(&str, &str)]) -> Vec<Migration> {
        files.iter().map(|(name, sql)| Migration::unapplied(name, sql).unwrap()).collect()
    }

    #[test]
    fn only_a_beginning_of_what_is_known_can_go_on() {
        let known = migrations(&[("V1__a", "a"), ("V2__b", "b")]);
        assert_eq!(pending(&known, &[]).unwrap().len(), 2);
        assert_eq!(pending(&known, &known[..1]).unwrap()[0].to_string(), "V2__b");
        assert!(pending(&known, &known).unwrap().is_empty());
        for (applied, words) in [
            (vec![("V1__a", "a"), ("V2__b", "b"), ("V3__c", "c")], "newer program"),
            (vec![("V3__c", "c")], "newer program"),
            (vec![("V1__a", "other")], "other contents"),
            (vec![("V0__z", "z"), ("V1__a", "a")], "other contents"),
            (vec![("V2__b", "b")], "skipped migration V1__a"),
        ] {
            let error = pending(&known, &migrations(&applied)).unwrap_err();
            assert!(error.is_incompatible() && error.to_string().contains(words), "{error}");
        }
    }
}
