//! The schemas of the history.

use serde_json::{Value, json};

use crate::site::{ChangeKind, SiteId};
use crate::web::endpoint::openapi::schema::{between, list, named, object, or_null, text, with, word};

pub(super) fn all() -> [(&'static str, Value); 2] {
    let page = [
        ("data", list(&named("Change"), "The changes of this page, the latest first.")),
        ("meta", named("PageMeta")),
        ("links", named("PageLinks")),
    ];
    [("ChangePage", object(page, "A page of the history.")), ("Change", change())]
}

fn change() -> Value {
    let moment = text("When, in UTC; the sites of one import share a moment.");
    let kinds = ChangeKind::ALL.map(ChangeKind::name);
    let members = [
        ("at", with(moment, json!({"format": "date-time"}))),
        ("site_id", between(1, SiteId::MAX, "Which site.")),
        ("name", or_null(text("What it was called then, or is called now in another language."))),
        ("kind", word(&kinds, "A site that leaves the list is `changed`, in its status.")),
        (
            "fields",
            list(
                &text("A key of a site, or a text with its language."),
                "What changed; none unless `changed`.",
            ),
        ),
        ("source", or_null(text("The file it came from."))),
        ("reason", or_null(text("Why, where a curator said so."))),
    ];
    object(members, "What happened to a site.")
}
