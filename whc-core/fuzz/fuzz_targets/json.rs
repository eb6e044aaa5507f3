//! The reader of records as JSON, JSON Lines and `GeoJSON`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use whc_core::import::{self, Format};

fuzz_target!(|bytes: &[u8]| {
    for format in [Format::Json, Format::GeoJson] {
        let _ = import::read(bytes, Some(format));
    }
});
