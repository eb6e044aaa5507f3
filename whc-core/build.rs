//! Names the facts compiled in, from their tables, and this program, from its sources.

use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    let mut tables = DefaultHasher::new();
    for name in ["sites", "delisted", "components", "states", "wikidata", "notes", "points"] {
        let path = format!("data/{name}.tsv");
        tables.write(&std::fs::read(&path)?);
        println!("cargo::rerun-if-changed={path}");
    }
    println!("cargo::rustc-env=WHC_EMBEDDED_VERSION=embedded-{:016x}", tables.finish());
    println!("cargo::rustc-env=WHC_PROGRAM={:016x}", program()?);
    Ok(())
}

/// Of everything that answers are made from: what is shared between processes is for those only that would answer the same.
fn program() -> io::Result<u64> {
    let mut hasher = DefaultHasher::new();
    for folder in ["src", "templates", "data"] {
        println!("cargo::rerun-if-changed={folder}");
        let mut files = Vec::new();
        collect(Path::new(folder), &mut files)?;
        files.sort();
        for file in files {
            hasher.write(file.to_string_lossy().as_bytes());
            hasher.write(&std::fs::read(file)?);
        }
    }
    Ok(hasher.finish())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
