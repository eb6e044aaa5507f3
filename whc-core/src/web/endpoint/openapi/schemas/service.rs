//! The schemas of health responses and of the description itself.

use serde_json::{Value, json};

use crate::web::endpoint::openapi::schema::{named, number, object, open_object, shape, text, with, word};

pub(super) fn all() -> [(&'static str, Value); 6] {
    let openapi = [("openapi", shape(r"^3\.[01]\.[0-9]+$", "The version of the specification."))];
    let openapi = open_object(openapi, &["openapi"], "An OpenAPI document.");
    let checks = [("sites", named("Check")), ("valkey", named("Check")), ("shutdown", named("Check"))];
    let readiness = [
        ("status", word(&["ok", "unavailable"], "Whether all checks passed.")),
        (
            "checks",
            open_object(
                checks,
                &["sites", "shutdown"],
                "The store of the sites, Valkey where processes share one, and whether the service is about to stop.",
            ),
        ),
    ];
    [
        ("Liveness", object([("status", word(&["ok"], "It is."))], "It lives.")),
        ("Pong", object([("info", word(&["pong"], "It is."))], "It answers.")),
        ("Readiness", object(readiness, "Whether to send requests here, and why not.")),
        ("Check", check()),
        ("Snapshot", snapshot()),
        ("OpenApi", with(openapi, json!({"additionalProperties": true}))),
    ]
}

fn check() -> Value {
    let members = [
        ("status", word(&["ok", "unavailable"], "Whether it passed.")),
        ("reason", text("Why it did not.")),
        ("snapshot", named("Snapshot")),
    ];
    open_object(members, &["status"], "One thing that must be well.")
}

fn snapshot() -> Value {
    let age = with(number("How many seconds ago the store confirmed it."), json!({"minimum": 0}));
    let members = [
        ("version", text("The version of the data.")),
        ("source", word(&["embedded", "store"], "The facts in the program, or a store.")),
        ("checked_seconds_ago", age),
        ("failure", text("What keeps a newer one away.")),
    ];
    open_object(
        members,
        &["source"],
        "What the sites are answered from, where that is a snapshot of a store.",
    )
}
