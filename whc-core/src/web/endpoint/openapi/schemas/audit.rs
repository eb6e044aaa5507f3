//! The schemas of the audit.

use serde_json::{Value, json};

use crate::audit::AuditAction;
use crate::web::endpoint::openapi::schema::{
    list, named, object, open_object, or_null, text, whole, with, word,
};

pub(super) fn all() -> [(&'static str, Value); 2] {
    let page = [
        ("data", list(&named("AuditEvent"), "The events of this page, the latest first.")),
        ("meta", named("RecordPageMeta")),
        ("links", named("PageLinks")),
    ];
    [("AuditPage", object(page, "A page of the audit.")), ("AuditEvent", event())]
}

fn event() -> Value {
    let members = [
        ("id", whole(0, "Tells events apart.")),
        ("at", with(text("When."), json!({"format": "date-time"}))),
        ("issuer", or_null(text("Who vouches for the actor (`iss`)."))),
        ("actor", text("Who did it (`sub`).")),
        ("action", word(&AuditAction::ALL.map(AuditAction::name), "What was done.")),
        ("subject", word(&["case", "site"], "To what.")),
        ("subject_id", whole(1, "Its number.")),
        ("fields", list(&text("The name of a field."), "What was set or changed.")),
        ("request_id", text("The name of the request, in the log too.")),
        ("values", list(&named("SiteValueChange"), "What they said before and after; of sites only.")),
    ];
    let always = members[..9].iter().map(|(name, _)| *name).collect::<Vec<_>>();
    open_object(members, &always, "Something that somebody changed.")
}
