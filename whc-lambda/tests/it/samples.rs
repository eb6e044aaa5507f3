//! The sample events beside the tests, for `cargo lambda invoke`: each is answered.

use std::path::Path;

use crate::support::{Got, function, invoke};

#[tokio::test]
async fn every_sample_is_answered() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/events");
    let mut samples = 0;
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let event = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let got = Got::from_reply(&invoke(&function(&[]), &event).await);
        assert_eq!(got.status, 200, "{}: {:?}", path.display(), got.body);
        samples += 1;
    }
    assert!(samples >= 5);
}
