//! Filled when the import lands.
fn main() {}
