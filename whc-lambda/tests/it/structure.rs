//! The adapter stays thin, and its files look like those of the other crates.

use std::path::{Path, PathBuf};

#[test]
fn the_adapter_has_fewer_than_400_lines_of_code() {
    let code = |text: &String| {
        text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//")).count()
    };
    // Not counted: the rotation, which is a program of its own, and what both programs have: log, configuration, beginning and end.
    let others = ["/src/rotation", "/src/log.rs", "/src/config", "/src/program.rs"];
    let sources = sources("src").into_iter();
    let adapter =
        sources.filter(|(path, _)| !others.iter().any(|other| path.to_string_lossy().contains(other)));
    let lines: usize = adapter.map(|(_, text)| code(&text)).sum();
    assert!(lines < 400, "{lines} lines");
}

#[test]
fn every_file_begins_with_a_line_about_itself() {
    for (path, text) in ["src", "tests"].into_iter().flat_map(sources) {
        assert!(text.starts_with("//! "), "{} does not begin with //!", path.display());
        assert!(!path.ends_with("mod.rs"), "{}: foo.rs beside foo/, not mod.rs", path.display());
    }
}

/// The adapter depends on the core, and on no other adapter.
#[test]
fn nothing_goes_sideways() {
    for (path, text) in sources("src") {
        assert!(!text.contains("whc_hyper"), "{}", path.display());
    }
}

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((path.clone(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}
