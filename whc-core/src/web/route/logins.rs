//! Every route of logins and of whoever has logged in, a row for each.

use http::Method;

use super::{Demand, Endpoint, LiveHandler, PersonalHandler, Route};
use crate::web::endpoint::{login, logout, me};
use crate::web::page;

/// Every route of logins.
pub(super) static LOGINS: &[Route] = &[
    personal(Method::GET, "/api/me", |context, visitor| Box::pin(async { me::show(context, visitor) }))
        .described(me::describe_show),
    personal(Method::GET, "/api/profile", |context, visitor| {
        Box::pin(async { me::profile(context, visitor) })
    })
    .described(me::describe_profile),
    open("/login", |context| Box::pin(async { page::login::show(context) })),
    personal(Method::GET, "/account", |context, visitor| Box::pin(page::account::show(context, visitor))),
    personal(Method::POST, "/account/sessions", |context, visitor| Box::pin(logout::end(context, visitor))),
    personal(Method::GET, "/auth/logout", |context, visitor| {
        Box::pin(async { page::logout::show(context, visitor) })
    }),
    personal(Method::POST, "/auth/logout", |context, visitor| Box::pin(logout::logout(context, visitor))),
    personal(Method::DELETE, "/auth/logout", |context, visitor| Box::pin(logout::logout(context, visitor))),
    open("/auth/{provider}", |context| Box::pin(login::begin(context))),
    open("/auth/{provider}/callback", |context| Box::pin(login::callback(context))),
    from_elsewhere("/auth/{provider}/callback", |context| Box::pin(page::callback::receive(context))),
    from_elsewhere("/auth/{provider}/backchannel", |context| Box::pin(login::back_channel(context))),
];

/// A row for everybody, never cached.
const fn open(pattern: &'static str, handler: LiveHandler) -> Route {
    Route::get(pattern, Endpoint::Live(handler), None)
}

/// A row for whoever asks, about themselves.
const fn personal(method: Method, pattern: &'static str, handler: PersonalHandler) -> Route {
    Route::new(method, pattern, Endpoint::Personal(Demand::NOTHING, handler), None)
}

/// A row for providers of logins.
const fn from_elsewhere(pattern: &'static str, handler: LiveHandler) -> Route {
    Route::new(Method::POST, pattern, Endpoint::FromElsewhere(handler), None)
}
