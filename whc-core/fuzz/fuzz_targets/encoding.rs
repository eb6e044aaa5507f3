//! Telling formats and encodings apart, and decoding: the first byte chooses the encoding that is asked for.

#![no_main]

use libfuzzer_sys::fuzz_target;
use whc_core::import::{self, Encoding, Format, Reading};

const LABELS: [&str; 8] =
    ["utf-8", "utf-16le", "utf-16be", "windows-1252", "macintosh", "shift_jis", "gb18030", "iso-2022-jp"];

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let label = LABELS.get(usize::from(*choice % 16));
    let encoding = label.map(|label| label.parse::<Encoding>().expect("a label of browsers"));
    let _ = Format::sniff(bytes);
    let _ = import::read_with(bytes, &Reading::new(None, encoding), &mut |_, _| {});
});
