//! Examples of whoever asks.

use serde_json::{Value, json};

/// Somebody with a session.
pub(crate) fn me() -> Value {
    let user = json!({
        "email": "ada@heritage.example", "name": "Ada Lovelace", "first_name": "Ada", "last_name": "Lovelace",
        "image": null, "provider": "keycloak", "provider_uid": "42"
    });
    let session = json!({
        "expires": "2026-11-21T22:00:00Z", "csrf_token": "TXkH4ZKc0v4pJxO9dYw3nq7gF2mS6bLrE8uAiC1zQko"
    });
    json!({"user": user, "authenticated": true, "scopes": ["sites:write"], "session": session})
}

/// The same as a profile.
pub(crate) fn profile() -> Value {
    json!({"data": {
        "id": "42", "email": "ada@heritage.example", "name": "Ada Lovelace", "first_name": "Ada",
        "last_name": "Lovelace", "avatar_url": null, "auth_provider": "keycloak"
    }})
}
