//! Names the version of the facts compiled in, from their tables.

use std::hash::{DefaultHasher, Hasher};

fn main() -> std::io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for name in ["sites", "delisted", "components", "states", "wikidata"] {
        let path = format!("data/{name}.tsv");
        hasher.write(&std::fs::read(&path)?);
        println!("cargo::rerun-if-changed={path}");
    }
    println!("cargo::rustc-env=WHC_EMBEDDED_VERSION=embedded-{:016x}", hasher.finish());
    Ok(())
}
