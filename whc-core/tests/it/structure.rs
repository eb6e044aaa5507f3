//! The structure of the sources, held by reading them: module order, module docs, where SQL may stand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A module may use those on earlier steps and its own.
const ORDER: [&[&str]; 7] = [
    &["error"],
    &["body", "clock", "page"],
    &["config", "site"],
    &["cache", "import", "metrics"],
    &["repository"],
    &["app"],
    &["web"],
];

/// Modules above the order: the map of the crate and what serves its tests.
const FREE: [&str; 2] = ["lib", "testing"];

#[test]
fn modules_use_earlier_steps_only() {
    let step = |module: &str| ORDER.iter().position(|step| step.contains(&module));
    for (path, text) in sources("src") {
        let module = top_module(&path);
        if FREE.contains(&module.as_str()) {
            continue;
        }
        let own = step(&module).unwrap_or_else(|| panic!("{module} has no place in the order; give it one"));
        for used in code(&text).split("crate::").skip(1).map(first_name) {
            if let Some(other) = step(&used) {
                assert!(other < own || used == module, "{} uses {used}, which comes later", path.display());
            }
        }
    }
}

#[test]
fn every_file_begins_with_a_line_about_itself() {
    for (path, text) in
        ["src", "tests", "benches", "../whc-aws", "../whc-hyper", "../whc-lambda", "../examples"]
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

fn top_module(path: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let first = path.strip_prefix(&root).unwrap().components().next().unwrap();
    Path::new(first.as_os_str()).file_stem().unwrap().to_string_lossy().into_owned()
}

fn first_name(rest: &str) -> String {
    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}
