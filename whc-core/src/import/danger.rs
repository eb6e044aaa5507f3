//! The columns about the List of World Heritage in Danger, and their reliability.

use super::finding::{Findings, quoted};
use super::read::field::Field;
use super::read::row::Row;
use super::read::value::{flag, year};
use super::source::Source;
use crate::site::{Danger, InDanger, Period, Site, Year};

/// The danger columns of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// Nothing.
    Nothing,
    /// The text of the XML, about 2014, wrong for some sites and missing for half of those in danger.
    Stale(Danger),
    /// The columns of the statistics and of the portal.
    Told {
        /// Whether the site is in danger now.
        now: Option<bool>,
        /// The history, `Y 2011 P 1996-2007`.
        list: Option<Danger>,
        /// The year a danger ended.
        ended: Option<Year>,
    },
}

/// Reads the columns `danger`, `danger_list` and `date_end`.
pub(super) fn read(row: &Row, source: Source, findings: &mut Findings) -> Says {
    let danger = row.get(Field::Danger);
    if source == Source::List {
        let (now, list) =
            danger.and_then(|text| read_list(text, Field::Danger, findings)).unwrap_or_default();
        return Says::Stale(list.unwrap_or_else(|| Danger::new(present(now, None), [])));
    }
    let mut now = danger.and_then(flag);
    // A column `danger` with a history instead of a flag is read as the history it is.
    let history = danger.filter(|text| flag(text).is_none()).map(|text| (text, Field::Danger));
    let listed = row.get(Field::DangerList).map(|text| (text, Field::DangerList)).or(history);
    let mut list = None;
    if let Some((told, read)) = listed.and_then(|(text, field)| read_list(text, field, findings)) {
        now = now.or(told);
        list = read;
    }
    let ended = row.get(Field::DangerEnd).and_then(|text| {
        let ended = year(text);
        if ended.is_none() {
            findings.warn(
                Field::DangerEnd.name(),
                format!("{} is not a year", quoted(text)),
                "it is left out",
            );
        }
        ended
    });
    if now.is_none() { Says::Nothing } else { Says::Told { now, list, ended } }
}

impl Says {
    /// The danger of a site after this row. `known` is the site before, where it was known, and `compiled` that of the list
    /// compiled in, which is surer than a text of about 2014.
    pub(super) fn resolve(
        &self,
        known: Option<&Site>,
        compiled: Option<&Site>,
        findings: &mut Findings,
    ) -> Danger {
        let before = known.map(|site| site.danger.clone()).unwrap_or_default();
        match self {
            Self::Nothing | Self::Stale(_) if known.is_some() => before,
            Self::Nothing => before,
            Self::Stale(danger) => surer(danger, compiled, findings),
            Self::Told { now: Some(true), list, .. } => endangered(list.as_ref(), &before, findings),
            Self::Told { list, ended, .. } => safe(list.as_ref(), *ended, &before, findings),
        }
    }
}

/// What the list compiled in says instead of the text of the XML, or that text where it has not got the site.
fn surer(told: &Danger, compiled: Option<&Site>, findings: &mut Findings) -> Danger {
    let surer = compiled.map_or(told, |site| &site.danger);
    let found = format!("the XML says {}, which may be as old as 2014", quoted(&told.to_string()));
    if surer != told {
        findings.note(Field::Danger.name(), found, &format!("read as {}", quoted(&surer.to_string())));
    } else if compiled.is_none() && *told != Danger::default() {
        findings.note(Field::Danger.name(), found, "used, since the site was not known");
    }
    surer.clone()
}

/// In danger now: since the year of the list, or the known year.
fn endangered(list: Option<&Danger>, before: &Danger, findings: &mut Findings) -> Danger {
    let Some(list) = list else {
        return Danger::new(InDanger::Yes { since: before.since() }, before.past().iter().copied());
    };
    if !list.is_current() {
        let found = format!("in danger, yet the list has only {}", quoted(&list.to_string()));
        findings.warn(Field::DangerList.name(), found, "in danger, since a year that is not known here");
    }
    let since = list.since().or(before.since());
    Danger::new(InDanger::Yes { since }, list.past().iter().copied())
}

/// Not in danger now. A danger that the list still has as current ended in `date_end`, if that is given.
fn safe(list: Option<&Danger>, ended: Option<Year>, before: &Danger, findings: &mut Findings) -> Danger {
    let since = match list {
        Some(list) if list.is_current() => {
            let found = format!("not in danger, yet the list has {}", quoted(&list.to_string()));
            findings.warn(Field::DangerList.name(), found, "not in danger");
            list.since()
        }
        Some(_) => None,
        None => before.since(),
    };
    let closed = since.zip(ended).and_then(|(from, to)| Period::new(from, to).ok());
    let past = match list {
        Some(list) if !list.is_current() => list.past().to_vec(),
        Some(list) => list.past().iter().chain(before.past()).copied().collect(),
        None => before.past().to_vec(),
    };
    Danger::new(InDanger::No, past.into_iter().chain(closed))
}

/// Whether a cell of `danger` or `danger_list` has a meaning.
pub(super) fn is_understood(text: &str) -> bool {
    read_list(text, Field::Danger, &mut Findings::default()).is_some()
}

/// Reads a history. `0` and `1` are flags without a history; `Y 1992-2011` is a period with the wrong letter.
fn read_list(text: &str, field: Field, findings: &mut Findings) -> Option<(Option<bool>, Option<Danger>)> {
    if let Some(now) = flag(text) {
        return Some((Some(now), None));
    }
    let mut words: Vec<_> = text.split_whitespace().map(str::to_ascii_uppercase).collect();
    for at in 1..words.len() {
        if words[at - 1] == "Y" && words[at].contains('-') {
            findings.note(
                field.name(),
                format!("{} has a current danger that ended", quoted(text)),
                "read as past",
            );
            "P".clone_into(&mut words[at - 1]);
        }
    }
    match words.join(" ").parse::<Danger>() {
        Ok(danger) => Some((Some(danger.is_current()), Some(danger))),
        Err(error) => {
            findings.warn(field.name(), error.to_string(), "it is left out");
            None
        }
    }
}

fn present(now: Option<bool>, since: Option<Year>) -> InDanger {
    if now == Some(true) { InDanger::Yes { since } } else { InDanger::No }
}
