//! What a file costs in memory and time while it is read is bounded, whatever it is. Each of these costs little here because it
//! is refused, or left out, before it is built.

use whc_core::import;

use super::*;

const HEADER: &str = "id_no,name_en,date_inscribed,category";

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

#[test]
fn cells_are_counted_before_a_table_is_split() {
    let wide = ",".repeat(512);
    refused(format!("{HEADER}\n{wide}\n\"open").as_bytes(), "row 2 has more than 512 columns");
    refused(format!("A title\n\n{HEADER}\n7,A,2000,Natural\n{wide}\n").as_bytes(), "row 4 has more than 512");
    let ours = "id,name,language\n1,A,en\n";
    refused(format!("{ours}{wide}\n").as_bytes(), "row 3 has more than 512 columns");
    let many = format!("{}\n", ",".repeat(511)).repeat(8209);
    refused(format!("{HEADER}\n{many}").as_bytes(), "more than 4194304 cells");
    refused(format!("{ours}{many}").as_bytes(), "more than 4194304 cells");
    let quoted = format!("7,\"A \"\"{wide}\n{wide}\"\"\",2000,Natural");
    assert_eq!(read(&csv(HEADER, &[&quoted])).len(), 1);
}
