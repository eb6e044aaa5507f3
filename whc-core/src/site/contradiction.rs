//! Facts of a site that cannot be true together.

#[cfg(feature = "import")]
use crate::site::{Category, Criterion};
use crate::site::{Site, StateParty, Year, states};

/// Two facts that cannot be true together, or one that cannot be true.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contradiction {
    /// The keys of the facts.
    pub(super) keys: [&'static str; 2],
    /// What is wrong, whichever of them is.
    pub(super) reason: String,
}

/// What happened to a site in a year.
struct Event {
    key: &'static str,
    /// `extended in`.
    what: &'static str,
    year: Year,
}

/// The contradictions of the site that were none `before`: who changes one fact need not mend the others.
pub(super) fn added(before: &Site, site: &Site, now: Option<Year>) -> Vec<Contradiction> {
    let mut found = of(site, now);
    if !found.is_empty() {
        let known = of(before, now);
        found.retain(|contradiction| !known.contains(contradiction));
    }
    found
}

/// Why a site cannot be as a file makes it of the one `before`, if it cannot.
#[cfg(feature = "import")]
pub(crate) fn first_added(before: Option<&Site>, site: &Site) -> Option<String> {
    let found = match before {
        Some(before) => added(before, site, None),
        None => of(site, None),
    };
    if let Some(Contradiction { keys: [key, _], reason }) = found.into_iter().next() {
        return Some(format!("{key} {reason}"));
    }
    // Only of a file: a curator may change the one and then the other.
    let is_new = |wrong: fn(&Site) -> bool| wrong(site) && !before.is_some_and(wrong);
    if is_new(|site| !fits(site)) {
        return Some(format!(
            "category does not fit: it cannot be {} and have {}",
            site.category, site.criteria
        ));
    }
    if is_new(|site| site.inscribed.get() < Year::FIRST_INSCRIPTIONS) {
        return Some(format!(
            "date_inscribed does not fit: the first sites are of {}",
            Year::FIRST_INSCRIPTIONS
        ));
    }
    is_new(|site| site.status.superseded_by() == Some(site.id))
        .then(|| "superseded_by does not fit: a site is not part of itself".to_owned())
}

/// Criteria (i) to (vi) are cultural, the others natural. More of a mixed site may not be known.
#[cfg(feature = "import")]
fn fits(site: &Site) -> bool {
    let cultural = |criterion: Criterion| criterion <= Criterion::Vi;
    match site.category {
        Category::Cultural => site.criteria.iter().all(cultural),
        Category::Natural => !site.criteria.iter().any(cultural),
        Category::Mixed => true,
    }
}

fn of(site: &Site, now: Option<Year>) -> Vec<Contradiction> {
    let mut found = Vec::new();
    years(site, now, &mut found);
    dangers(site, &mut found);
    found.extend(states_of(&site.states).map(|reason| Contradiction { keys: ["states"; 2], reason }));
    found
}

/// A site is inscribed before anything else, and whatever happens to it happens until it leaves, and not in years to come.
fn years(site: &Site, now: Option<Year>, found: &mut Vec<Contradiction>) {
    let inscribed = Event { key: "date_inscribed", what: "inscribed in", year: site.inscribed };
    let left = site.status.left().map(|year| Event { key: "year_left", what: "off the list since", year });
    let between = events(site);
    let first = std::iter::once(&inscribed);
    for later in between.iter().chain(&left).filter(|event| event.year < inscribed.year) {
        found.push(wrong_order(later, &inscribed));
    }
    if let Some(left) = &left {
        found.extend(
            between.iter().filter(|event| event.year > left.year).map(|event| wrong_order(left, event)),
        );
    }
    for Event { key, what, year } in first.chain(&between).chain(&left) {
        if let Some(now) = now.filter(|now| year > now) {
            let reason = format!("does not fit: it cannot be {what} {year}, this is {now}");
            found.push(Contradiction { keys: [key; 2], reason });
        }
    }
}

fn wrong_order(one: &Event, other: &Event) -> Contradiction {
    let reason =
        format!("does not fit: it cannot be {} {} and {} {}", one.what, one.year, other.what, other.year);
    Contradiction { keys: [one.key, other.key], reason }
}

/// What happens to a site on the list.
fn events(site: &Site) -> Vec<Event> {
    let extended = site.extended.iter().map(|&year| Event { key: "extended", what: "extended in", year });
    let since = site.danger.since().map(|year| Event { key: "danger_since", what: "in danger since", year });
    let past = site.danger.past().iter().flat_map(|period| {
        [("in danger from", period.from()), ("in danger until", period.to())].map(|(what, year)| Event {
            key: "danger_past",
            what,
            year,
        })
    });
    extended.chain(since).chain(past).collect()
}

/// One period in danger ends before the next begins.
fn dangers(site: &Site, found: &mut Vec<Contradiction>) {
    let past = site.danger.past();
    let starts = past.iter().skip(1).map(|period| period.from()).chain(site.danger.since());
    for (period, next) in past.iter().zip(starts).filter(|(period, next)| period.to() > *next) {
        let (from, to) = (period.from(), period.to());
        let reason =
            format!("does not fit: it cannot be in danger from {from} to {to} and again from {next}");
        found.push(Contradiction { keys: ["danger_past", "danger_since"], reason });
    }
}

/// A state is named once, and not by the code of another.
fn states_of(named: &[StateParty]) -> impl Iterator<Item = String> {
    let twice = named.iter().enumerate().filter(|(place, state)| named[..*place].contains(state));
    let twice = twice.map(|(_, state)| format!("names {} twice", state.name));
    let misnamed = named.iter().filter_map(|state| {
        let (code, name) = states().iter().find(|(_, name)| **name == &*state.name)?;
        (state.iso != Some(*code)).then(|| format!("has {name} with another code; its code is {code}"))
    });
    twice.chain(misnamed)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::of;
    use crate::site::{Language, Site, SiteDocument, Year, embedded};

    const CONTRADICTIONS: [(&str, &str); 16] = [
        (
            r#"{"date_inscribed": 2002}"#,
            "/date_inscribed does not fit: it cannot be extended in 2001 and inscribed in 2002",
        ),
        (
            r#"{"date_inscribed": 2027}"#,
            "/date_inscribed does not fit: it cannot be inscribed in 2027, this is 2026",
        ),
        (
            r#"{"extended": [1977]}"#,
            "/extended does not fit: it cannot be extended in 1977 and inscribed in 1978",
        ),
        (r#"{"extended": [2027]}"#, "/extended does not fit: it cannot be extended in 2027, this is 2026"),
        (
            r#"{"danger": true, "danger_since": 1977}"#,
            "/danger_since does not fit: it cannot be in danger since 1977 and inscribed in 1978",
        ),
        (
            r#"{"danger": true, "danger_since": 2009}"#,
            "/danger_since does not fit: it cannot be in danger from 2007 to 2010 and again from 2009",
        ),
        (
            r#"{"danger": true, "danger_since": 2027}"#,
            "/danger_since does not fit: it cannot be in danger since 2027, this is 2026",
        ),
        (
            r#"{"danger_past": [{"from": 2000, "to": 2005}, {"from": 2004, "to": 2006}]}"#,
            "/danger_past does not fit: it cannot be in danger from 2000 to 2005 and again from 2004",
        ),
        (
            r#"{"danger_past": [{"from": 1977, "to": 2005}]}"#,
            "/danger_past does not fit: it cannot be in danger from 1977 and inscribed in 1978",
        ),
        (
            r#"{"danger_past": [{"from": 2007, "to": 2027}]}"#,
            "/danger_past does not fit: it cannot be in danger until 2027, this is 2026",
        ),
        (
            r#"{"status": "delisted", "year_left": 1977}"#,
            "/year_left does not fit: it cannot be off the list since 1977 and inscribed in 1978",
        ),
        (
            r#"{"status": "delisted", "year_left": 2009}"#,
            "/year_left does not fit: it cannot be off the list since 2009 and in danger until 2010",
        ),
        (
            r#"{"status": "delisted", "year_left": 2027}"#,
            "/year_left does not fit: it cannot be off the list since 2027, this is 2026",
        ),
        (
            r#"{"states": [{"iso_code": "EC", "name": "Ecuador"}, {"iso_code": "EC", "name": "Ecuador"}]}"#,
            "/states names Ecuador twice",
        ),
        (
            r#"{"states": [{"iso_code": "FR", "name": "Ecuador"}]}"#,
            "/states has Ecuador with another code; its code is EC",
        ),
        (
            r#"{"states": [{"iso_code": null, "name": "Ecuador"}]}"#,
            "/states has Ecuador with another code; its code is EC",
        ),
    ];

    fn told(site: &Site, change: Value) -> Vec<String> {
        let document = SiteDocument::new(change, Language::English).unwrap().said_in(Year::new(2026).ok());
        let Err(violations) = document.merge(site) else { return Vec::new() };
        violations.iter().map(|violation| format!("{} {}", violation.pointer, violation.reason)).collect()
    }

    #[test]
    fn the_list_does_not_contradict_itself() {
        let now = Year::at(crate::site::embedded_modified());
        for site in embedded().unwrap() {
            assert_eq!(of(&site, now), [], "{}", site.id);
        }
    }

    #[test]
    fn what_cannot_be_true_together_is_told_at_what_is_new() {
        // Inscribed in 1978, extended in 2001, in danger from 2007 to 2010.
        let galapagos = &embedded().unwrap()[0];
        for (change, expected) in CONTRADICTIONS {
            let told = told(galapagos, serde_json::from_str(change).unwrap());
            assert!(told.iter().any(|told| told == expected), "{change}: {told:?}");
        }
        for change in [
            json!({"danger": true, "danger_since": 2010}),
            json!({"status": "delisted", "year_left": 2010}),
            json!({"extended": [1978, 2026], "states": [{"iso_code": "FR", "name": "Gaul"}]}),
        ] {
            assert_eq!(told(galapagos, change), [""; 0]);
        }
    }

    #[test]
    fn what_was_known_may_stay_wrong() {
        let mut wrong = Site::clone(&embedded().unwrap()[0]);
        wrong.extended.insert(0, Year::new(1975).unwrap());
        assert_eq!(told(&wrong, json!({"names": {"en": "Elsewhere"}})), [""; 0]);
        assert_eq!(told(&wrong, json!({"extended": [1976]})).len(), 1);
    }
}
