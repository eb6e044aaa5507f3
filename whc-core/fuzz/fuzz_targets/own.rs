//! Exports of this service, whose values are read when they are merged into what is known.

#![no_main]

use libfuzzer_sys::fuzz_target;
use whc_core::import::{self, Source};
use whc_core_fuzz::import_twice;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(export) = import::read(bytes, None)
        && export.source == Source::Whc
    {
        import_twice(&export);
    }
});
