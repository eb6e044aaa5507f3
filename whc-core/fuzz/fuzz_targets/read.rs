//! Every reader, on any bytes: the first byte chooses the format. Nothing panics, and nothing takes long.

#![no_main]

use libfuzzer_sys::fuzz_target;
use whc_core::import::{self, Format};

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let format = Format::ALL.get(usize::from(*choice)).copied();
    let _ = import::read(bytes, format);
});
