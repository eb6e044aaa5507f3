//! The schemas of whoever asks.

use serde_json::{Value, json};

use crate::auth::Scopes;
use crate::web::endpoint::openapi::schema::{list, named, object, open_object, or_null, text, with, word};

pub(super) fn all() -> [(&'static str, Value); 5] {
    let scopes: Vec<_> = Scopes::all().iter().map(crate::auth::Scope::as_str).collect();
    let me = [
        ("user", named("User")),
        ("authenticated", json!({"type": "boolean", "description": "True."})),
        ("scopes", list(&word(&scopes, "A scope."), "What they may do.")),
        ("session", named("OwnSession")),
    ];
    let session = [
        ("expires", with(text("When it ends if it is not used until then."), json!({"format": "date-time"}))),
        ("csrf_token", text("What scripts send in `X-CSRF-Token` with whatever changes something.")),
    ];
    [
        ("Me", open_object(me, &["user", "authenticated", "scopes"], "Who asks.")),
        ("User", object(user(["image", "provider", "provider_uid"]), "Somebody.")),
        ("OwnSession", object(session, "The session that says who it is.")),
        ("Profile", object([("data", named("ProfileData"))], "Who asks.")),
        ("ProfileData", object(profile(), "Somebody.")),
    ]
}

fn names() -> [(&'static str, Value); 4] {
    [
        ("email", or_null(text("An address that the provider has verified."))),
        ("name", or_null(text("The name to show."))),
        ("first_name", or_null(text("The given name."))),
        ("last_name", or_null(text("The family name."))),
    ]
}

fn user([image, provider, id]: [&'static str; 3]) -> [(&'static str, Value); 7] {
    let [email, name, first, last] = names();
    [
        email,
        name,
        first,
        last,
        (image, or_null(text("The address of a picture."))),
        (provider, or_null(text("The provider they logged in with; null with a token."))),
        (id, text("Who it is, in the words of the issuer (`sub`).")),
    ]
}

fn profile() -> [(&'static str, Value); 7] {
    let [email, name, first, last, image, provider, id] = user(["avatar_url", "auth_provider", "id"]);
    [id, email, name, first, last, image, provider]
}
