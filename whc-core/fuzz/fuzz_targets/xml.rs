//! The reader of the list as XML.

#![no_main]

use libfuzzer_sys::fuzz_target;
use whc_core::import::{self, Format};

fuzz_target!(|bytes: &[u8]| {
    let _ = import::read(bytes, Some(Format::Xml));
});
