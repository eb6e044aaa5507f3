//! The whole list as files.

use http::StatusCode;
use serde_json::json;

use super::sites::several;
use crate::web::downloads;
use crate::web::format::Format;
use crate::web::openapi::operation::{Operation, answer, body};
use crate::web::openapi::{headers, parameters, schemas};

pub(super) fn download(format: Format) -> Operation {
    let description =
        "The whole list as a file under an address that stays. What broke off goes on with `Range`.";
    let file = match format {
        Format::Json => body("SiteFile", &schemas::examples::file()),
        _ => several(format),
    };
    let content = [(format.essence(), file)];
    let whole = [&headers::KEPT[..], &headers::FILE].concat();
    let part = [&whole[..], &["content-range"]].concat();
    let id = format!("download{}", format.name());
    Operation::new(&id, "sites", &format!("The list as a file: {}", format.name()), description)
        .taking(&["Range", "If-Range"])
        .asking(&downloads::NAMES)
        .taking_own(parameters::formats(&[format.name()], "The format of the path; there is no other here."))
        .kept()
        .failing(&[StatusCode::BAD_REQUEST, StatusCode::RANGE_NOT_SATISFIABLE])
        .answering(StatusCode::OK, answer("The file.", &whole, &content))
        .answering(
            StatusCode::PARTIAL_CONTENT,
            answer("The part asked for.", &part, &[(format.essence(), json!({}))]),
        )
}
