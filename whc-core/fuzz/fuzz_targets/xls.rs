//! The reader of old workbooks.

#![no_main]

use libfuzzer_sys::fuzz_target;
use whc_core::import::{self, Format};
use whc_core_fuzz::let_readers_catch_panics;

fuzz_target!(init: let_readers_catch_panics(), |bytes: &[u8]| {
    let _ = import::read(bytes, Some(Format::Xls));
});
