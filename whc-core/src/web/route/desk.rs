//! Every route for people who may do more than look at what is public, a row for each.

use http::Method;

use super::{Demand, Endpoint, PersonalHandler, Route};
use crate::scope::Scope::{ContactsRead, ContactsWrite};
use crate::web::page::contact::{change, create, list, remove, show};

/// What the pages demand that change contacts: they show what they change.
const CHANGE_CONTACTS: Demand = Demand::scopes_of(&[ContactsRead, ContactsWrite]);
const CHANGE_CONTACT: Demand = Demand::case_with(&[ContactsRead, ContactsWrite]);

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
];

/// A page.
const fn page(pattern: &'static str, demand: Demand, handler: PersonalHandler) -> Route {
    send(Method::GET, pattern, demand, handler)
}

/// What a form sends.
const fn send(method: Method, pattern: &'static str, demand: Demand, handler: PersonalHandler) -> Route {
    Route::new(method, pattern, Endpoint::Personal(demand, handler), None)
}
