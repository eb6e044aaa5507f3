//! Every route for people who may do more than look at what is public, a row for each.

use http::Method;

use super::{Demand, Endpoint, PersonalHandler, Route};
use crate::scope::Scope::{AuditRead, ContactsRead, ContactsWrite, SitesWrite};
use crate::web::page::audit;
use crate::web::page::contact::{change, create, list, remove, show};
use crate::web::page::curation::{edit, findings, hand_back, history, listing};

/// What the pages demand that change contacts: they show what they change.
const CHANGE_CONTACTS: Demand = Demand::scopes_of(&[ContactsRead, ContactsWrite]);
const CHANGE_CONTACT: Demand = Demand::case_with(&[ContactsRead, ContactsWrite]);

/// What the pages of curators demand.
pub(super) const CURATE: Demand = Demand::scopes_of(&[SitesWrite]);

/// Every route for them.
pub(super) static DESK: &[Route] = &[
    page("/contacts", Demand::scopes_of(&[ContactsRead]), |context, visitor| {
        Box::pin(list::list(context, visitor))
    }),
    send(Method::POST, "/contacts", CHANGE_CONTACTS, |context, visitor| {
        Box::pin(create::create(context, visitor))
    }),
    page("/contacts/new", CHANGE_CONTACTS, |context, visitor| Box::pin(create::blank(context, visitor))),
    page("/contacts/{case_id}", Demand::case_with(&[ContactsRead]), |context, visitor| {
        Box::pin(show::show(context, visitor))
    }),
    send(Method::POST, "/contacts/{case_id}", CHANGE_CONTACT, |context, visitor| {
        Box::pin(change::send(context, visitor))
    }),
    send(Method::PUT, "/contacts/{case_id}", CHANGE_CONTACT, |context, visitor| {
        Box::pin(change::change(context, visitor))
    }),
    send(Method::PATCH, "/contacts/{case_id}", CHANGE_CONTACT, |context, visitor| {
        Box::pin(change::change(context, visitor))
    }),
    send(Method::DELETE, "/contacts/{case_id}", CHANGE_CONTACT, |context, visitor| {
        Box::pin(remove::remove(context, visitor))
    }),
    page("/contacts/{case_id}/edit", CHANGE_CONTACT, |context, visitor| {
        Box::pin(change::edit(context, visitor))
    }),
    page("/contacts/{case_id}/delete", CHANGE_CONTACT, |context, visitor| {
        Box::pin(remove::confirm(context, visitor))
    }),
    page("/audit", Demand::scopes_of(&[AuditRead]), |context, visitor| {
        Box::pin(audit::list(context, visitor))
    }),
    page("/sites/findings", CURATE, |context, visitor| Box::pin(findings::list(context, visitor))),
    page("/sites/{id}/edit", CURATE, |context, visitor| Box::pin(edit::show(context, visitor))),
    send(Method::POST, "/sites/{id}/edit", CURATE, |context, visitor| Box::pin(edit::save(context, visitor))),
    page("/sites/{id}/listing", CURATE, |context, visitor| Box::pin(listing::show(context, visitor))),
    send(Method::POST, "/sites/{id}/listing", CURATE, |context, visitor| {
        Box::pin(listing::save(context, visitor))
    }),
    send(Method::POST, "/sites/{id}/hand-back", CURATE, |context, visitor| {
        Box::pin(hand_back::hand_back(context, visitor))
    }),
    page("/sites/{id}/history", CURATE, |context, visitor| Box::pin(history::show(context, visitor))),
];

/// A page.
const fn page(pattern: &'static str, demand: Demand, handler: PersonalHandler) -> Route {
    send(Method::GET, pattern, demand, handler)
}

/// What a form sends.
const fn send(method: Method, pattern: &'static str, demand: Demand, handler: PersonalHandler) -> Route {
    Route::new(method, pattern, Endpoint::Personal(demand, handler), None)
}
