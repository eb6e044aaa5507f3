//! What happened to a site, year by year.

use crate::site::{Danger, InDanger, Site, Status};
use crate::web::page::text::Text;

/// Something that happened.
pub(super) struct Event {
    /// The year or years: `2003`, `1996–2007`, `2003–`; a dash where it is not known.
    pub(super) years: String,
    pub(super) what: String,
    /// When it began, to sort by.
    from: u16,
}

/// All that happened, the first first.
pub(super) fn events(site: &Site, text: &Text) -> Vec<Event> {
    let at = |year: u16, what: String| Event { years: year.to_string(), what, from: year };
    let mut events = vec![at(site.inscribed.get(), text.inscribed_event.to_owned())];
    events.extend(site.extended.iter().map(|year| at(year.get(), text.extended.to_owned())));
    events.extend(in_danger(&site.danger, text));
    match site.status {
        Status::Inscribed => {}
        Status::Delisted { year } => events.push(at(year.get(), text.left_event.to_owned())),
        Status::Superseded { year, .. } => events.push(at(year.get(), text.superseded_event.to_owned())),
    }
    events.sort_by_key(|event| event.from);
    events
}

fn in_danger(danger: &Danger, text: &Text) -> impl Iterator<Item = Event> {
    let event = |years: String, from: u16| Event { years, what: text.list_in_danger.to_owned(), from };
    let past = danger.past().iter().map(move |period| {
        let years = format!("{}–{}", period.from(), period.to());
        event(years, period.from().get())
    });
    let now = match danger.now() {
        InDanger::No => None,
        InDanger::Yes { since: Some(year) } => Some(event(format!("{year}–"), year.get())),
        // Nobody knows since when: it comes last.
        InDanger::Yes { since: None } => Some(event("–".to_owned(), u16::MAX)),
    };
    past.chain(now)
}
