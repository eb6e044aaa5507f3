//! What this crate may know of the others.

/// The core, and no adapter: both adapters use it.
#[test]
fn it_stands_below_the_adapters() {
    let manifest = include_str!("../../Cargo.toml");
    for adapter in ["whc-hyper", "whc-lambda"] {
        assert!(!manifest.contains(adapter), "{adapter}");
    }
}
