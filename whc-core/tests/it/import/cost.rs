//! What a file costs in memory and time while it is read is bounded, whatever it is. Each of these costs little here because it
//! is refused, or left out, before it is built.

use whc_core::import;

use super::*;

fn refused(bytes: &[u8], why: &str) {
    let error = import::read(bytes, None).unwrap_err();
    let start: String = error.to_string().chars().take(300).collect();
    assert!(error.is_refused() && start.contains(why), "{start}");
}

#[test]
fn keys_and_values_are_counted_before_they_are_built() {
    let why = "more than 1000000 keys and values";
    for value in ["0", "[]", "{}", "{\"a\":0}"] {
        refused(format!("[{}{value}]", format!("{value},").repeat(1_000_000)).as_bytes(), why);
    }
    refused("{\"id\":1,\"status\":\"\"}\n".repeat(250_001).as_bytes(), why);
    let zeros = format!("[{}0]", "0,".repeat(1_000_000));
    let wide: Vec<_> =
        "\u{FEFF}".encode_utf16().chain(zeros.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    refused(&wide, why);
    let text = ",".repeat(1_000_000);
    let record = |text: &str| format!("[{{\"id_no\":7,\"name_en\":\"A\",\"other\":\"\\\"{text}\\\\\"}}]");
    assert_eq!(read(record(&text).as_bytes()).len(), 1);
}
