//! The structure of the sources, checked by reading them: module order, module docs, where SQL may be.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The floors of a module: each of its parts uses parts on earlier floors only, so that there is no circle.
type Floors = &'static [&'static [&'static str]];

/// Every module with more than a few parts, and its floors. docs/ARCHITECTURE.md has a picture of them.
const MODULES: [(&str, Floors); 16] = [
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
const FREE: [&str; 2] = ["lib", "testing"];

#[test]
fn modules_use_earlier_floors_only() {
    for (module, floors) in MODULES {
        let named = |part: &str| floors.iter().position(|floor| floor.contains(&part));
        let floor = |part: &str| named(part).or_else(|| named("*").filter(|_| is_part(module, part)));
        for (path, text) in sources(&format!("src/{module}")) {
            let part = part_of(&path, module);
            if module.is_empty() && FREE.contains(&part.as_str()) {
                continue;
            }
            let own = floor(&part).unwrap_or_else(|| panic!("{module}: {part} is on no floor; give it one"));
            for used in parts_used(&path, &text, module) {
                let below = floor(&used).is_none_or(|other| other < own || used == part);
                assert!(below, "{} uses {used}, which is on no earlier floor of {module}", path.display());
            }
        }
    }
}

fn is_part(module: &str, part: &str) -> bool {
    root().join(module).join(part).with_extension("rs").exists()
}

/// The parts of `module` that a file below it names: by the path from the top, or as its neighbours.
fn parts_used(path: &Path, text: &str, module: &str) -> Vec<String> {
    let from_the_top =
        ["crate".to_owned()].into_iter().chain(names_of(module)).collect::<Vec<_>>().join("::");
    let depth = path.strip_prefix(root()).unwrap().components().count() - names_of(module).count();
    let neighbour = (depth == 1).then_some("super");
    let reexported = reexports(module);
    let code = code(text);
    let mut used = Vec::new();
    for prefix in [Some(&*from_the_top), neighbour].into_iter().flatten() {
        for rest in code.split(&format!("{prefix}::")).skip(1) {
            used.extend(first_names(rest));
        }
    }
    used.into_iter().map(|name| reexported.get(&name).cloned().unwrap_or(name)).collect()
}

/// The names a module re-exports, with the part of each.
fn reexports(module: &str) -> BTreeMap<String, String> {
    let file = if module.is_empty() { "lib".to_owned() } else { module.to_owned() };
    let text = std::fs::read_to_string(root().join(format!("{file}.rs"))).unwrap();
    let mut parts = BTreeMap::new();
    for statement in
        code(&text).split(';').filter_map(|text| text.split_once("use self::").map(|(_, rest)| rest))
    {
        let part = first_names(statement).remove(0);
        let names = statement.split_once("::").map_or("", |(_, names)| names);
        parts.extend(first_names(names).into_iter().map(|name| (name, part.clone())));
    }
    parts
}

/// The name a path goes on with, or all of those in braces.
fn first_names(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else { return vec![first_name(rest)] };
    let (mut depth, mut names) = (0, vec![String::new()]);
    for letter in group.chars() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(String::new()),
            letter => names.last_mut().unwrap().push(letter),
        }
    }
    names.iter().map(|name| first_name(name.trim())).filter(|name| !name.is_empty()).collect()
}

fn names_of(module: &str) -> impl Iterator<Item = String> {
    module.split('/').filter(|name| !name.is_empty()).map(str::to_owned)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn every_file_begins_with_a_line_about_itself() {
    for (path, text) in [
        "src",
        "tests",
        "benches",
        "../whc-aws",
        "../whc-hyper",
        "../whc-lambda",
        "../benches",
        "../examples",
    ]
    .into_iter()
    .flat_map(sources)
    {
        assert!(text.starts_with("//! "), "{} does not begin with //!", path.display());
        assert!(!path.ends_with("mod.rs"), "{}: foo.rs beside foo/, not mod.rs", path.display());
    }
}

#[test]
fn modules_are_named_from_the_top() {
    for (path, text) in sources("src") {
        assert!(!text.contains("super::super"), "{} climbs twice; say crate::…", path.display());
    }
}

#[test]
fn sql_stands_below_the_postgres_repository_only() {
    for (path, text) in sources("src") {
        let shown = path.to_string_lossy().replace('\\', "/");
        let sql = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "]
            .iter()
            .any(|word| code(&text).contains(word));
        assert!(
            !sql || shown.contains("repository/postgres") || shown.contains("testing"),
            "{shown} has SQL"
        );
    }
}

/// The sources below a folder of the crate, with their texts.
fn sources(folder: &str) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.insert(path.clone(), std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

/// The text without its comments.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The part of `module` that a file belongs to.
fn part_of(path: &Path, module: &str) -> String {
    let first = path.strip_prefix(root().join(module)).unwrap().components().next().unwrap();
    Path::new(first.as_os_str()).file_stem().unwrap().to_string_lossy().into_owned()
}

fn first_name(rest: &str) -> String {
    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}
