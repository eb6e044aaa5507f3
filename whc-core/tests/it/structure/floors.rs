//! The floors of every module: who may use whom.

/// The floors of a module: each of its parts uses parts on earlier floors only, so that there is no circle.
pub(super) type Floors = &'static [&'static [&'static str]];

/// Every module with more than a few parts, and its floors. docs/ARCHITECTURE.md has a picture of them.
pub(super) const MODULES: [(&str, Floors); 16] = [
    (
        "",
        &[
            &["error"],
            &[
                "body",
                "clock",
                "future",
                "if_match",
                "page",
                "parallel",
                "random",
                "scope",
                "text",
                "tls",
                "violation",
            ],
            &["config", "site"],
            &["contact", "finding"],
            &["fetch"],
            &["auth", "cache", "import", "keyring", "limit", "metrics", "session"],
            &["seal"],
            &["valkey"],
            &["audit", "login"],
            &["repository"],
            &["app"],
            &["web"],
            &["service"],
        ],
    ),
    (
        "auth",
        &[
            &["actor", "case_set", "denied"],
            &["proof"],
            &["caller"],
            &["authenticator"],
            &["disabled", "token", "without_keys"],
        ],
    ),
    (
        "auth/token",
        &[
            &["bearer", "envelope", "fetch", "header", "json", "signature"],
            &["claims", "decode", "key", "rules"],
            &["jwk", "pem", "verified"],
            &["jwks"],
            &["keys"],
            &["verifier"],
        ],
    ),
    ("session", &[&["fingerprint"], &["account", "id"], &["json", "store"], &["memory", "sessions"]]),
    (
        "login",
        &[
            &["client_secret", "failure", "form_token", "metadata"],
            &["attempt", "logout_token", "person"],
            &["exchange"],
            &["provider"],
        ],
    ),
    ("valkey", &[&["breaker", "connect"], &["link"], &["*"]]),
    ("contact", &[&["case_id", "field", "version"], &["rule"], &["details"], &["patch"], &["reading"]]),
    ("audit", &[&["subject", "trace", "value_change"], &["event"], &["query"]]),
    (
        "web",
        &[
            &["format", "problem", "sharing"],
            &["answer", "request"],
            &["access_log", "context"],
            &["quota", "visitor"],
            &["response"],
            &["endpoint"],
            &["page"],
            &["route"],
            &["rate_limit"],
            &["private"],
        ],
    ),
    (
        "web/format",
        &[
            &["body_builder", "encoding", "fields", "json", "link", "map", "plot", "timestamp"],
            &["csv", "image"],
            &["listing", "rows"],
        ],
    ),
    (
        "web/format/map",
        &[
            &["ink", "ring"],
            &["equal_earth", "frame", "land", "path"],
            &["majority", "marker", "world", "world_atlas"],
            &["labels", "local", "locator"],
            &["image"],
        ],
    ),
    (
        "web/request",
        &[
            &[
                "coding",
                "cookie_jar",
                "entity_tags",
                "headers",
                "idempotency",
                "path",
                "request_body",
                "secrets",
                "trackers",
                "values",
            ],
            &["host", "limits", "precondition", "query"],
            &["form", "parameters"],
            &["fields", "negotiation", "paging", "spatial"],
            &["base", "cross_site", "features", "filters", "image", "parts"],
            &["body", "cookies", "flash", "list_request"],
        ],
    ),
    (
        "web/response",
        &[
            &["conditional", "links", "policy", "representation"],
            &["cached", "problem", "range", "size_limit"],
            &["catch_panic"],
        ],
    ),
    (
        "web/endpoint",
        &[
            &["openapi"],
            &["change_headers"],
            &["audit_rows", "contact_answers", "contact_operations", "login", "overview", "site_answers"],
            &["curation_answers", "curation_operations"],
            // The nouns, none of which knows another.
            &["*"],
        ],
    ),
    (
        "web/page",
        &[
            &["address", "asset", "language", "moment", "number"],
            &["text"],
            &["frame"],
            &["desk", "event", "form", "index", "over_time", "pages", "row"],
            &["map", "years"],
            &["browser"],
            // The pages, none of which knows another.
            &["*"],
        ],
    ),
    (
        "web/endpoint/openapi",
        &[
            &["downgrade", "schema", "security"],
            &["headers", "parameters", "schemas", "version"],
            &["responses"],
            &["document", "operation"],
        ],
    ),
];

/// Parts of the crate above its floors: `lib.rs`, and what serves tests.
pub(super) const FREE: [&str; 2] = ["lib", "testing"];
