//! Examples of what curators write.

use serde_json::{Value, json};

use super::{answer, object};
use crate::site::writable;

/// A site that was changed.
pub(crate) fn changed_site() -> Value {
    let change = json!({"field": "date_inscribed", "before": 1979, "after": 1978});
    let answer = answer();
    json!({"data": answer["data"], "changes": [change], "meta": {"dry_run": false}, "links": answer["links"]})
}

/// What a curator writes, by the name of the schema.
pub(crate) fn written_site(schema: &str) -> Value {
    match schema {
        "NewSite" => json!({
            "id": 999_999, "names": {"en": "A name", "fr": "Un nom"}, "category": "Natural", "criteria": ["vii"],
            "date_inscribed": 2026, "states": [{"iso_code": "EC", "name": "Ecuador"}],
            "reason": "Inscribed by the Committee"
        }),
        "SitePatch" => json!({"date_inscribed": 1978, "reason": "The year was that of the nomination"}),
        _ => object(writable()),
    }
}
