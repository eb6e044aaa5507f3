//! Pairs the codes and the names of states, by meaning and not by position.

use super::finding::{Findings, quoted};
use super::read::field::Field;
use crate::site::{CountryCode, StateParty, state_name, states};

/// The states of a site: `codes` with UNESCO's current names. Codes and names are sorted each on their own in the
/// newest files, and names change, so a name from the file serves only for what has no code or an unknown one.
/// `known` are the states known before.
pub(super) fn pair(
    names: &[String],
    codes: &[CountryCode],
    known: &[StateParty],
    findings: &mut Findings,
) -> Vec<StateParty> {
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.dedup();
    let surplus = names.len() > codes.len();
    let mut codes: Vec<_> = codes.to_vec();
    let mut free = match_names(names, &mut codes, known, findings);
    codes.sort_unstable();
    codes.dedup();
    let strange: Vec<_> = codes.iter().filter(|code| name_of(**code, known).is_none()).copied().collect();
    let paired = if strange.len() == 1 && free.len() == 1 { free.pop() } else { None };
    for code in strange {
        let found = format!("code {code} is not known to have sites");
        let name = paired.map_or_else(|| "no name".to_owned(), quoted);
        findings.warn(Field::Codes.name(), found, &format!("kept with {name}"));
    }
    let with_names = codes.iter().map(|code| StateParty {
        iso: Some(*code),
        name: name_of(*code, known).or(paired).unwrap_or(code.as_str()).into(),
    });
    let mut parties = with_names.collect();
    if surplus {
        add_nameless(&free, &mut parties, known, findings);
    }
    parties
}

/// Finds the codes of the names and returns the names that have none. Where there are more names than codes (one
/// export has all names and only the first code), codes found by name are added.
fn match_names<'a>(
    names: Vec<&'a str>,
    codes: &mut Vec<CountryCode>,
    known: &[StateParty],
    findings: &mut Findings,
) -> Vec<&'a str> {
    let surplus = names.len() > codes.len();
    let mut free = Vec::new();
    for name in names {
        match code_named(name).or_else(|| code_known(name, known)) {
            Some(code) if codes.contains(&code) => {}
            Some(code) if surplus => codes.push(code),
            Some(code) => {
                let found = format!("{} has no code {code} beside it", quoted(name));
                findings.warn(Field::States.name(), found, "the codes count");
            }
            None => free.push(name),
        }
    }
    free
}

/// Names with neither a code nor a known meaning: a state without a code, or an old name of one.
fn add_nameless(free: &[&str], parties: &mut Vec<StateParty>, known: &[StateParty], findings: &mut Findings) {
    for name in free {
        if known.iter().any(|state| state.iso.is_none() && *state.name == **name) || known.is_empty() {
            parties.push(StateParty { iso: None, name: (*name).into() });
        } else if !known.iter().all(|state| parties.contains(state)) {
            findings.note(
                Field::States.name(),
                format!("{} has no code", quoted(name)),
                "the states known are kept",
            );
            parties.clear();
            parties.extend_from_slice(known);
            return;
        }
    }
}

fn name_of(code: CountryCode, known: &[StateParty]) -> Option<&str> {
    state_name(code).or_else(|| known.iter().find(|state| state.iso == Some(code)).map(|state| &*state.name))
}

fn code_named(name: &str) -> Option<CountryCode> {
    states().iter().find(|(_, known)| **known == name).map(|(code, _)| *code)
}

fn code_known(name: &str, known: &[StateParty]) -> Option<CountryCode> {
    known.iter().find(|state| *state.name == *name).and_then(|state| state.iso)
}
