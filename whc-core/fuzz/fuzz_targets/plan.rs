//! Plans for files in any format.

#![no_main]

use libfuzzer_sys::fuzz_target;
use whc_core::import;
use whc_core_fuzz::{import_twice, let_readers_catch_panics};

fuzz_target!(init: let_readers_catch_panics(), |bytes: &[u8]| {
    if let Ok(export) = import::read(bytes, None) {
        import_twice(&export);
    }
});
