//! What happened to the sites.

use http::StatusCode;

use crate::web::changes;
use crate::web::openapi::operation::{Operation, answer, body, plain};
use crate::web::openapi::{headers, schemas};

const TABLE: &str = "at,site_id,name,kind,fields,source\r\n\
                     2026-11-21T10:00:00Z,1,Galápagos Islands,changed,danger,whc-sites-2026.xml\r\n";
const LINE: &str = "{\"at\":\"2026-11-21T10:00:00Z\",\"site_id\":1,\"name\":null,\"kind\":\"removed\",\
                    \"fields\":[],\"source\":null}\n";

pub(super) fn list() -> Operation {
    let description = "What imports and other writers changed, the latest first. The greatest `at` seen is what to give \
                       as `since` the next time: its moment is included.";
    let content = [
        ("application/json", body("ChangePage", &schemas::examples::changes())),
        ("text/csv", plain("A table (RFC 4180) with a header.", TABLE)),
        ("application/x-ndjson", plain("A change a line.", LINE)),
    ];
    let headers = [&headers::KEPT[..], &["link"]].concat();
    Operation::new("listChanges", "sites", "What has changed", description)
        .asking(&changes::NAMES)
        .in_formats(changes::FORMATS)
        .kept()
        .answering(StatusCode::OK, answer("A page of changes.", &headers, &content))
}
